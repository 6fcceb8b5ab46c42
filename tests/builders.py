"""What several tests share: hostile texts, outputs, builders of documents, limbs and corpora."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

from conftest import TESTS, yaml_data
from jsonschema_rs import Draft7Validator

from npcompare import __version__
from npcompare.analysis.classification import classify
from npcompare.document import Document, Table, Tone, cell, columns
from npcompare.law import json_schema
from npcompare.model.results import Relation
from npcompare.reports.annex_layouts import export
from npcompare.reports.annex_recipe import Wish

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

#: Texts that a writer could take for markup, a formula, an escape sequence or a number.
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "a|b",
    "<script>alert(1)</script>",
    "\\input{/etc/passwd}",
    "[bold]x[/bold]",
    "[link=file:///etc/passwd]x[/link]",
    "\x1b[31mred\x07",
    "لا يُعاقَب الضحية",
    "1.10",
    "NO",
    "a\nb",
    "`code` *star* _under_ ~~gone~~ #head",
    "https://example.org/x",
    ":smile:",
    "\u202eltr",
    "被害者は罰せられない",
    "- item",
    "&amp; &lt;",
]

#: Texts that YAML could read as another type or structure, or with other white space.
HOSTILE_SCALARS = [
    *("NO", "1.10", "2010-09-13", "12:30", "null", "~", "true", "0o7", "1_000", "0x1F", "=", "<<"),
    *("- item", "a: b", "# no comment", "&anchor", "*alias", "!!tag", "%directive", "---", "..."),
    *(
        "'",
        '"',
        "“quoted”",
        "[a, b]",
        "{a: b}",
        "|",
        ">",
        "a\n\n  b\n",
        " space ",
        "\ttab",
        "é\ufeff",
    ),
    *("", "?", "@", "`", "\\", "لا يُعاقَب", "被害者は罰せられない", "x" * 300, "word " * 60),
]


def hostile_document(words: list[str]) -> Document:
    """Return a document in which each of the words is in every place that holds text."""
    table = Table(
        words[0],
        columns(one=words[0], two="Two"),
        tuple((cell(word, Tone.STRONG, ["a"]), cell(word)) for word in words),
        (words[0],),
        (("a", words[0]),),
    )
    return Document("Hostile", (table,), {"words": words}, table, words[0])


BILLS = ["tests/bills/utopia.yaml", "tests/bills/arcadia.yaml"]
CODERS = ["tests/coders/first", "tests/coders/second"]

#: Provisions with every threshold, and some without one.
NAMED = ["kenya", "gambia", "coe-26", "wg-2009", "ohchr-principle-7", "barbados", "oas-2006"]

#: Provisions of States, a part of one, an area and an organization, with and without dates.
MAPPED = (
    *("kenya", "luxembourg-71-2", "chile-none", "germany-154c", "coe-26", "california-236-23"),
    *("taiwan-27", "greece-187b", "greece-323a-8", "wg-2009"),
)

#: Commands of which the output is kept in every format, by the name of the golden file.
OUTPUTS = {
    "list": ["list"],
    "show": ["show", "gambia", "asean-14-7"],
    "classify": ["classify"],
    "by-threshold": ["classify", *NAMED, "--by", "threshold"],
    "explain": ["classify", "qatar", "--explain"],
    "diff": ["diff", "kenya", "coe-26", "gambia"],
    "redline": ["diff", "coe-26", "asean-14-7", "--text", "--only-differences"],
    "codebook": ["codebook"],
    "bills": ["classify", *BILLS],
    "bills-by-scope": ["classify", *BILLS, "kenya", "--by", "scope"],
    "bills-by-burden": ["classify", *BILLS, "kenya", "--by", "burden"],
    "bills-explained": ["classify", *BILLS, "--explain"],
    "bills-shown": ["show", *BILLS],
    "bills-compared": ["diff", *BILLS, "kenya", "coe-26", "--text"],
    "evidence": ["show", "gambia", "ohchr-principle-7", "barbados", "--evidence"],
    "gaps": ["gaps", "kenya", "tests/bills/utopia.yaml"],
    "gaps-against": ["gaps", "gambia", "united-kingdom", "--against", "coe"],
    "gaps-overview": ["gaps", *NAMED],
    "stats": ["stats", "scope", "threshold"],
    "proof": ["proof"],
    "where": ["list", "--where", "threshold=duress", "--where", "stage!=records"],
    "belgium": ["diff", "belgium@2020-01-01", "belgium@2026-12-01"],
    "annex": [
        "export",
        "kenya",
        "jamaica",
        "coe-26",
        "england-and-wales-s45",
        "--number",
        "Annex II",
    ],
    "annex-by-threshold": ["export", "kenya", "wg-2009", "barbados", "--group-by", "threshold"],
    "matrix": ["export", "kenya", "coe-26", "united-kingdom", "--layout", "matrix"],
    "side-by-side": ["export", "kenya", "jamaica", "coe-26", "--layout", "side-by-side"],
    "align": ["align", "coe-26", "asean-14-7", "eu-directive-8", "ohchr-principle-7", "botswana"],
    "align-bill": ["align", "kenya", "gambia", "belgium", *BILLS[:1], "--base", "gambia"],
    "clause": [
        *("clause", "--threshold", "causation", "--scope", "any_offence"),
        *("--stage", "prosecution,records"),
    ],
    "clause-whole": ["clause", "--threshold", "duress,causation", "--where", "force=mandatory"],
    "order": ["order"],
    "order-by": ["order", *BILLS, "kenya", "coe-26", "jamaica", "--by", "scope,threshold"],
    "order-beside": ["order", "--by", "threshold"],
    "figure-map": ["figure", "map", *MAPPED],
    "figure-overlap": ["figure", "overlap", *MAPPED],
    "figure-timeline": ["figure", "timeline", *MAPPED],
    "figure-counts": ["figure", "counts", *NAMED],
    "figure-heat-map": ["figure", "heat-map", *NAMED],
    "figure-profile": ["figure", "profile", "kenya", "coe-26", "gambia"],
    "figure-stages": ["figure", "stages", *NAMED],
    "nearest": ["nearest", "kenya"],
    "nearest-bill": ["nearest", BILLS[0], "--by", "scope,threshold,force", "--limit", "3"],
    "suggest": ["suggest", "tests/bills/clause-12.txt"],
    "agree": ["agree", *CODERS],
    "agree-settled": ["agree", *CODERS, "--adjudicated", "tests/coders/settled.yaml"],
    "findings": ["validate", "tests/invalid/np501-one-word.yaml"],
}


def without_digest(text: str) -> str:
    """Return an output without the digest of the corpus, which has a test of its own."""
    return re.sub(r"sha256:[0-9a-f]+", "sha256:...", text)


def json_output(ran: Ran, name: str) -> Any:
    """Return the JSON that a command printed, after checking it against its schema.

    tests/unit/reports/test_output_schemas.py checks outputs with the validator in Python, too.
    """
    output = json.loads(ran.out)
    Draft7Validator(json_schema.load_schema(name)).validate(output)
    assert output["schema"] == f"urn:npcompare:output:{name}:1"
    assert output["tool"] == {"name": "npcompare", "version": __version__}
    return output


def separate(path: Path, mark: str) -> None:
    """Write a CSV file again with another mark between the cells, as spreadsheets do."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows(rows)


#: Each relation of a to b, and the relation of b to a.
CONVERSE = {
    Relation.SAME: Relation.SAME,
    Relation.BROADER: Relation.NARROWER,
    Relation.NARROWER: Relation.BROADER,
    Relation.INCOMPARABLE: Relation.INCOMPARABLE,
    Relation.UNKNOWN: Relation.UNKNOWN,
}

#: The bundled codebook as its file has it.
CODEBOOK: dict[str, Any] = yaml_data(TESTS.parent / "schemas" / "codebook.yaml")


def annex(corpus: Corpus, names: list[str], **wish: object) -> Document:
    """Return the annex of provisions of the corpus, as the options of `export` describe it."""
    classifications = [classify(corpus.codebook, provision) for provision in corpus.select(names)]
    return export(corpus, classifications, Wish(**wish))  # type: ignore[arg-type]


def generated_corpora() -> Any:
    """Return the module that generates corpora, which is not part of the package."""
    path = TESTS.parent / "benchmarks" / "corpora.py"
    spec = spec_from_file_location("corpora", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- Start-up: which modules a command loads -----------------------------------------------------

#: Packages that are slow to load.
HEAVY = {
    *("yaml", "jsonschema", "jsonschema_rs", "referencing", "rich", "tabulate", "difflib"),
    *("pydantic", "click", "docx", "lxml", "xlsxwriter", "jinja2", "typst", "concurrent", "re2"),
    *("llm", "babel"),
}

RUN_AND_LIST_MODULES = """
import contextlib, io, sys
from npcompare.cli.main import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def heavy_modules(*arguments: str) -> set[str]:
    """Return which heavy packages a command loads."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN_AND_LIST_MODULES, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return HEAVY & set(ran.stdout.split())


# --- Random limbs --------------------------------------------------------------------------------

PEOPLE = ("adult", "child")
OFFENCES = ("immigration", "drugs", "another")
STAGES = {"no_charge": 1, "no_prosecution": 2, "no_penalty": 3, "vacatur": 4}
#: From the strictest link to the most lenient.
LINKS = ("compulsion", "direct_result", "none")
EXTENTS: list[dict[str, Any]] = [
    {"extent": "any"},
    {"extent": "any", "excluded": ["drugs"]},
    {"extent": "listed", "categories": ["immigration"]},
    {"extent": "listed", "categories": ["drugs"]},
    {"extent": "listed", "categories": ["immigration", "drugs"]},
]
#: From the weakest to the stronger; a mandatory bar would also cover later stages.
FORCES = ("consideration", "discretionary")
FIELDS = ("persons", "offences", "link", "relief", "force")
Limb = dict[str, Any]


def random_limb(chance: random.Random) -> Limb:
    """Return a limb in which every field is known."""
    return {
        "persons": chance.choice((*PEOPLE, "any_victim")),
        "offences": chance.choice(EXTENTS),
        "link": chance.choice(LINKS),
        "relief": chance.sample(list(STAGES), chance.choice((1, 1, 2))),
        "force": chance.choice(FORCES),
    }


def random_limb_with_gaps(chance: random.Random) -> Limb:
    """Return a limb in which one field in ten is unknown."""
    limb = random_limb(chance)
    return {
        field: value for field, value in limb.items() if field in FIELDS and chance.random() > 0.1
    } or {"link": limb["link"]}
