"""A release read back is the same corpus, and its release has the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK as CODEBOOK_DATA
from builders import generated_corpora
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from npcompare.coding.coded_files import write_coded_files
from npcompare.dataset.coded_rows import provision_rows
from npcompare.dataset.csv_table import csv_bytes
from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_files, release_of
from npcompare.dataset.release_entries import ProvisionEntries
from npcompare.dataset.release_import import import_release
from npcompare.dataset.release_reader import read_tables
from npcompare.dataset.tables import layout
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import CODEBOOK
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION, parse_provision
from npcompare.law.yaml_reader import dump_yaml

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

FRESH = CheckOptions(use_cache=False)

#: What the bundled corpus has in its repository, and the files that list these.
BESIDE = frozenset({"WHATS-NEW.md", "agreement.csv", "CAUTIONS.md", "README.md", "SHA256SUMS"})


#: Files that take long to make and follow from the others; test_release has them.
HEAVY = (".pdf", ".qdpx", ".sqlite", ".parquet")


@pytest.fixture(autouse=True)
def light_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the heavy files of a release."""
    files = tuple(file for file in release_files() if not file.name.endswith(HEAVY))
    monkeypatch.setattr("npcompare.dataset.release.release_files", lambda: files)


def assert_same_after_import(
    corpus: Corpus, tmp_path: Path, unlike: frozenset[str] = frozenset()
) -> Corpus:
    """Release a corpus, read it back, and check that nothing is lost.

    Args:
        corpus: The corpus.
        tmp_path: A folder for the release and what is read from it.
        unlike: The files that are made from what is beside the corpus: its changelog and a second
            coding, which no release has.
    """
    contents = dict(release_contents(release_of(corpus)))
    write_folder(contents.items(), tmp_path / "release")
    imported = import_release(tmp_path / "release", None, tmp_path / "again")
    codes = [problem.code for problem in corpus.problems]
    assert sorted(problem.code for problem in imported.warnings) == sorted(codes)
    assert imported.provisions == len(corpus.files)
    write_coded_files(imported.files)
    imported_corpus = load_corpus(tmp_path / "again", FRESH)
    assert sorted(problem.code for problem in imported_corpus.problems) == sorted(codes)
    provisions = {provision.id: provision for provision in corpus.all_provisions()}
    assert {provision.id: provision for provision in imported_corpus.all_provisions()} == provisions
    assert imported_corpus.collections == corpus.collections
    assert imported_corpus.profiles == corpus.profiles
    assert imported_corpus.codebook == corpus.codebook
    assert imported_corpus.documents == corpus.documents
    contents_again = dict(release_contents(release_of(imported_corpus)))
    different = {name for name, raw in contents.items() if contents_again.get(name) != raw}
    assert different <= unlike
    return imported_corpus


def test_varied_provisions_are_the_same(varied: Corpus, tmp_path: Path) -> None:
    """No table of the release is empty, so that each is read back."""
    assert_same_after_import(varied, tmp_path)


@pytest.mark.slow
def test_bundled_corpus_is_the_same(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relations are left out: they take most of the time, and follow from the provisions."""
    monkeypatch.setattr("npcompare.dataset.relation_rows.MOST_PAIRED", 0)
    assert_same_after_import(corpus, tmp_path, BESIDE)


@pytest.mark.slow
def test_generated_corpus_is_the_same(tmp_path: Path) -> None:
    generated_corpora().write(tmp_path / "made", 40)
    assert_same_after_import(load_corpus(tmp_path / "made", FRESH), tmp_path)


@pytest.mark.slow
def test_own_codebook_comes_back(varied_folder: Path, tmp_path: Path) -> None:
    """A codebook that is not that of npcompare is part of the corpus again."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("gambia", "sources"):
        shutil.copy(varied_folder / f"{name}.yaml", folder)
    (folder / CODEBOOK).write_text(
        dump_yaml(CODEBOOK_DATA | {"title": "Our own codebook"}), encoding="utf-8"
    )
    imported_corpus = assert_same_after_import(load_corpus(folder, FRESH), tmp_path)
    assert imported_corpus.codebook.title == "Our own codebook"
    assert (tmp_path / "again" / CODEBOOK).is_file()


# --- Any provision ------------------------------------------------------------------------------

#: Words that appear in a body once each, so that any of them can be quoted.
BODY = "alpha bravo charlie delta echo foxtrot golf hotel, india; juliett | kilo\n\nlima “mike” = 9"
QUOTATIONS = st.sampled_from(BODY.split())
PROSE = st.sampled_from(["A note.", "a; b", "x\ny", '"quoted", =1+1', " # no comment", "né", "لا"])
PLACES: list[dict[str, Any]] = [
    {"paragraph": 57},
    {"paragraph": "54, 57", "footnote": "3"},
    {"pinpoint": "article 2(2); [b]"},
    {},
]
CITATIONS = st.sampled_from(PLACES).map(lambda place: {"ref": "background-paper", **place})
CONFIDENCE = st.sampled_from(["high", "medium"])
CODES = st.none() | st.just("UT")
TITLE = st.sampled_from(["Act", "Law; of, “2010”"])
WORDS: dict[str, list[str]] = {
    name: list(words) for name, words in CODEBOOK_DATA["vocabulary"].items()
}


def maybe(**strategies: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings that have some of the keys."""
    return st.fixed_dictionaries({}, optional=strategies)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, min_size=1, max_size=3, unique_by=repr)


def evidence(languages: list[str]) -> st.SearchStrategy[Any]:
    """Return quotations: one or several, and by language if the provision has several texts."""
    words = QUOTATIONS | several(QUOTATIONS)
    if not languages:
        return words
    return words | st.dictionaries(st.sampled_from(languages), words, min_size=1)


def proofs(languages: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a value is based on, and what is noted about it."""
    quoted = st.fixed_dictionaries({"evidence": evidence(languages)})
    reported = st.fixed_dictionaries({"source": CITATIONS})
    fully = st.tuples(quoted, reported).map(lambda pair: pair[0] | pair[1])
    optional = maybe(note=PROSE, confidence=CONFIDENCE)
    return st.tuples(quoted | reported | fully, optional).map(lambda pair: pair[0] | pair[1])


def values(field: str) -> st.SearchStrategy[dict[str, Any]]:
    words = st.sampled_from(WORDS[field])
    return words.map(lambda word: {"value": word}) | several(words).map(lambda x: {"values": x})


def offences() -> st.SearchStrategy[dict[str, Any]]:
    categories = several(st.sampled_from(WORDS["category"]))
    return st.fixed_dictionaries(
        {"extent": st.sampled_from(WORDS["extent"])},
        optional={"categories": categories, "excluded": categories, "open": st.booleans()},
    )


@st.composite
def coded(draw: st.DrawFn, field: str, languages: list[str]) -> dict[str, Any]:
    """Return one coded mapping, which may be doubtful."""
    words = offences() if field == "offences" else values(field)
    item: dict[str, Any] = draw(words) | draw(proofs(languages))
    if draw(st.booleans()):
        item["doubtful"] = draw(words | st.just({})) | {"note": draw(PROSE)}
    return item


@st.composite
def fields(draw: st.DrawFn, names: tuple[str, ...], languages: list[str]) -> dict[str, Any]:
    """Return coded fields of a limb, or of the provision as a whole."""
    drawn = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    return {
        name: draw(coded(name, languages))
        if name == "offences"
        else draw(coded(name, languages) | several(coded(name, languages)))
        for name in drawn
    }


def texts() -> st.SearchStrategy[Any]:
    """Return a text, or versions in two languages."""
    optional = {"note": PROSE, "source": CITATIONS, "misprints": several(QUOTATIONS)}
    version = {**optional, "complete": st.booleans()}
    single = st.fixed_dictionaries(
        {
            "status": st.sampled_from(["verbatim", "excerpt", "paraphrase"]),
            "language": st.just("en"),
            "body": st.just(BODY),
        },
        optional=version,
    )
    statuses = st.sampled_from(["authentic", "official", "translation", "paraphrase"])
    versions = st.tuples(
        *(
            st.fixed_dictionaries(
                {"language": st.just(tag), "status": statuses, "body": st.just(BODY)},
                optional=version,
            )
            for tag in ("en", "fr-BE")
        )
    )
    return single | st.just({"status": "not_held"}) | versions.map(list)


@st.composite
def provisions(draw: st.DrawFn) -> dict[str, Any]:
    """Return the data of a provision, of which not all would be free from findings."""
    text = draw(texts())
    languages = [version["language"] for version in text] if isinstance(text, list) else []
    limb = st.tuples(
        fields(FIELDS_OF_LIMB, languages),
        maybe(id=st.sampled_from(["adults", "children", "2"]), note=PROSE),
    ).map(lambda pair: pair[0] | pair[1])
    note = st.fixed_dictionaries(
        {"note": PROSE},
        optional={
            "kind": st.sampled_from(["caveat", "history", "reading"]),
            "date": st.sampled_from(["2019", "2019-07", "2019-07-01"]),
            "source": CITATIONS,
            "confidence": CONFIDENCE,
        },
    )
    facts = maybe(
        aliases=several(st.sampled_from(["one", "two", "three"])),
        pinpoint=st.none() | st.just("section 14"),
        identifiers=maybe(akn=st.just("/akn/x"), url=st.just("https://example.org/x")),
        dates=maybe(enacted=st.just("2010"), in_force_from=st.just("2012-03")),
        limbs=several(limb),
        reported=several(
            st.fixed_dictionaries(
                {
                    "dimension": st.just("threshold"),
                    "values": several(st.sampled_from(["duress", "causation"])),
                    "source": CITATIONS,
                },
                optional={
                    "persons": several(st.sampled_from(WORDS["persons"])),
                    "open": st.booleans(),
                    "note": PROSE,
                    "confidence": CONFIDENCE,
                },
            )
        ),
        confidence=CONFIDENCE,
        sources=several(CITATIONS),
        settled=several(st.fixed_dictionaries({"words": QUOTATIONS, "note": PROSE})),
        interpreted_by=several(
            st.fixed_dictionaries(
                {"case": PROSE, "note": PROSE, "source": CITATIONS},
                optional={"date": st.just("2018")},
            )
        ),
        reported_wordings=several(
            st.fixed_dictionaries(
                {
                    "language": st.just("es"),
                    "limb": st.just("1"),
                    "field": st.just("link"),
                    "words": PROSE,
                    "source": CITATIONS,
                },
                optional={"value": st.just("relation"), "lacks": QUOTATIONS, "note": PROSE},
            )
        ),
        notes=several(note | PROSE),
    )
    instrument = st.none() | st.fixed_dictionaries(
        {"title": TITLE, "kind": st.just("statute")},
        optional={
            "number": st.just(5) | st.just("5 of 2010"),
            "year": st.integers(1900, 2030),
            "languages": several(st.sampled_from(["en", "fr-BE"])),
        },
    )
    return {
        "id": "example",
        "jurisdiction": {
            "name": "Example",
            "code": draw(st.none() | st.just("UT")),
            "kind": "state",
        },
        "instrument": draw(instrument),
        "form": draw(st.none() | st.just("statutory_defence")),
        "text": text,
        **draw(fields(FIELDS_OF_PROVISION, languages)),
        **draw(facts),
    }


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=provisions())
def test_any_provision_is_the_same(corpus: Corpus, data: dict[str, Any]) -> None:
    """From the data of a file to CSV, and back; then the rows are those of before."""
    placed = list(provision_rows(corpus.codebook, data, "paper", "operative"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table in layout():
            rows = tuple(table.row_of(cells) for owner, cells in placed if owner == table.name)
            if table.name == "sources":
                bibliography = {"title": "T", "short": "S", "kind": "report"}
                rows = (table.row_of({"id": "background-paper", **bibliography}),)
            (folder / table.file_name).write_bytes(csv_bytes(replace(table, rows=rows)))
        tables = read_tables(folder)
    assert tables.problems == []
    entries = ProvisionEntries(tables.rows)
    ((_, entry),) = entries.entries()
    assert entries.problems == []
    assert parse_provision(entry.data) == parse_provision(data)
    assert list(provision_rows(corpus.codebook, entry.data, "paper", "operative")) == placed
