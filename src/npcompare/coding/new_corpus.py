"""A corpus of one's own: the files it begins with. Hides what they are and what stands in them.

Its example is a provision of the bundled corpus, word for word, so that no law is invented. The
codebook, the schemas and the documents are copies too; what is written for the corpus is below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.files import bundled
from npcompare.law.yaml_reader import dump, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_README = """\
# Provisions on the non-punishment of trafficking victims

A corpus for npcompare: a file for each provision, coded with proof.

- `statutes/`: the provisions, and `sources.yaml`, the documents they rest on.
  `statutes/{example}.yaml` is an example; keep it to compare with, or delete it.
- `schemas/`: {schemas}
- `.github/workflows/validate.yml` checks every push and pull request on GitHub. Set the variable
  NPCOMPARE of the repository to where npcompare is installed from, such as the address of its
  repository after `git+`. Not every package named npcompare is this one.
- `.pre-commit-config.yaml` checks before every commit, with the npcompare that is installed, where
  `pre-commit install` was run.

In this folder:

    npcompare new my-provision --text words.txt --corpus . -o statutes/my-provision.yaml
    npcompare validate .
    npcompare --corpus . classify
    npcompare --corpus . diff my-provision {example}
"""
_OWN_BOOK = """\
the codebook that the provisions are coded in, and what editors check them
  against. After a change of its words:
  `npcompare codebook --schema --corpus . -o schemas/provision.schema.json --force`"""
_BUNDLED_BOOK = "what editors check the files against; the codebook is npcompare's own"

_MARK = """\
# An example, copied word for word from the corpus that comes with npcompare. Keep it to compare
# with, or delete it once there is a provision of your own.
"""

_BIBLIOGRAPHY = """\
# yaml-language-server: $schema=../schemas/sources.schema.json
# The bibliography: every document that a provision of this corpus rests on.
"""

_WORKFLOW = """\
name: validate
on: [push, pull_request]
permissions:
  contents: read
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install npcompare
        env:
          NPCOMPARE: ${{ vars.NPCOMPARE }}
        run: |
          if [ -z "$NPCOMPARE" ]; then
            echo "Set the repository's variable NPCOMPARE to where npcompare is installed from."
            exit 1
          fi
          python -m pip install "$NPCOMPARE"
      - name: Check the corpus
        run: npcompare validate .
"""

_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: npcompare-validate
        name: npcompare validate
        entry: npcompare validate .
        language: system
        files: '\\.ya?ml$'
        pass_filenames: false
"""


def starter(example: str, *, codebook: bool) -> dict[str, str]:
    """Return the files of a new corpus by their places in its folder; with its own codebook or not.

    Without one, it is coded in the codebook that comes with npcompare, whatever its version. The
    example is the bundled provision of that id.
    """
    path = bundled("statutes") / f"{example}.yaml"
    schemas = bundled("schemas")
    names = ["provision.schema.json", "sources.schema.json"]
    names += ["codebook.yaml", "codebook.schema.json"] if codebook else []
    about = _README.format(example=example, schemas=_OWN_BOOK if codebook else _BUNDLED_BOOK)
    return {
        "README.md": about,
        ".github/workflows/validate.yml": _WORKFLOW,
        ".pre-commit-config.yaml": _HOOKS,
        "statutes/sources.yaml": _BIBLIOGRAPHY + _documents(set(_cited(read(path).data))),
        f"statutes/{example}.yaml": _marked(_text(path)),
        **{f"schemas/{name}": _text(schemas / name) for name in names},
    }


def _documents(cited: set[str]) -> str:
    every = read(bundled("statutes") / "sources.yaml").data
    return dump({name: one for name, one in every.items() if name in cited})


def _cited(data: Any) -> Iterator[str]:
    """Yield the documents that a provision's data cite, wherever in it."""
    if isinstance(data, dict):
        yield from [data["ref"]] if "ref" in data else []
        data = list(data.values())
    for part in data if isinstance(data, list) else ():
        yield from _cited(part)


def _marked(example: str) -> str:
    """Return the example with the mark that it is one, below its first line, for editors."""
    first, rest = example.split("\n", 1)
    return f"{first}\n{_MARK}{rest}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
