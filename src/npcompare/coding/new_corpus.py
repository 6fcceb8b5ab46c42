"""The files of a new corpus.

Its example is a bundled provision, copied letter for letter, so that no law is invented. The
codebook and the schemas are copies too; the other files are made from templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.file_templates import fill_template, read_template
from npcompare.files import bundled
from npcompare.law.bibliography import cited_ids
from npcompare.law.yaml_reader import dump_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


def starter(example: str, *, codebook: bool) -> dict[str, str]:
    """Return the files of a new corpus by their paths in its folder.

    Args:
        example: The id of the bundled provision to copy.
        codebook: Whether the corpus has a codebook of its own, a copy of the bundled one; otherwise
            the codebook of the installed npcompare applies.
    """
    path = bundled("statutes") / f"{example}.yaml"
    schemas = bundled("schemas")
    names = ["provision.schema.json", "sources.schema.json", "dataset.schema.json"]
    names += ["codebook.yaml", "codebook.schema.json"] if codebook else []
    first_line, other_lines = _text(path).removesuffix("\n").split("\n", 1)
    return {
        "README.md": fill_template("README.md.j2", example=example, codebook=codebook),
        ".github/workflows/validate.yml": read_template("validate.yml"),
        ".pre-commit-config.yaml": read_template("pre-commit-config.yaml"),
        "statutes/sources.yaml": fill_template(
            "sources.yaml.j2", documents=_documents(set(cited_ids(read_yaml(path).data)))
        ),
        # The first line is for editors, and has to stay the first.
        "statutes/dataset.yaml": read_template("dataset.yaml"),
        f"statutes/{example}.yaml": fill_template(
            "example.yaml.j2", first_line=first_line, other_lines=other_lines
        ),
        **{f"schemas/{name}": _text(schemas / name) for name in names},
    }


def _documents(ids: set[str]) -> str:
    """Return entries of the bundled bibliography as YAML."""
    documents = read_yaml(bundled("statutes") / "sources.yaml").data
    return dump_yaml({ref: entry for ref, entry in documents.items() if ref in ids}).removesuffix(
        "\n"
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
