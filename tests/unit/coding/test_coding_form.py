"""Coding forms: importing what a form contains gives the same data, whatever was coded."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from builders import HOSTILE
from bundled import CODEBOOK, CORPUS
from filled_forms import FILES, data_of
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from npcompare.coding.form_help import vocabularies
from npcompare.coding.form_sheets import coding_form
from npcompare.coding.workbook_entries import read_entries, sheets_of_form
from npcompare.formats.excel_form import write_form
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION, parse_provision
from npcompare.readers.xlsx_reader import read_xlsx
from npcompare.text import is_control

VOCABULARIES = vocabularies(CODEBOOK)
encode = msgspec.json.Encoder(order="sorted").encode

PAPER = [name for name, file in FILES.items() if file.collection == "paper"]


def read_back(data: list[dict[str, Any]], *, as_workbook: bool = False) -> list[dict[str, Any]]:
    """Return the data that are imported from the form of some provisions."""
    form = coding_form(CODEBOOK, CORPUS.documents, data)
    sheets = read_xlsx(write_form(form), "form.xlsx") if as_workbook else sheets_of_form(form)
    read = read_entries([sheets], CODEBOOK)
    assert (read.problems, read.notes) == ([], [])
    return [entry.data for entry in read.entries]


def test_import_of_the_form_of_the_paper_is_the_same() -> None:
    data = data_of(*PAPER)
    assert list(map(encode, read_back(data))) == [FILES[name].canonical_json for name in PAPER]


@pytest.mark.slow
def test_import_of_the_form_of_everything_is_the_same() -> None:
    data = data_of(*FILES)
    read = read_back(data, as_workbook=True)
    assert list(map(encode, read)) == [file.canonical_json for file in FILES.values()]


def test_cells_alone_say_what_the_file_says() -> None:
    """Without the hidden sheet, data may be written in another way, but mean the same."""
    form = coding_form(CODEBOOK, CORPUS.documents, data_of(*PAPER))
    sheets = sheets_of_form(form)
    visible = [sheet for sheet in sheets.sheets if sheet.name != "Spelling"]
    read = read_entries([msgspec.structs.replace(sheets, sheets=tuple(visible))], CODEBOOK)
    for entry in read.entries:
        assert parse_provision(entry.data) == FILES[entry.id].provision


@pytest.mark.slow
def test_same_form_has_the_same_bytes() -> None:
    form = coding_form(CODEBOOK, CORPUS.documents, data_of("kenya", "gambia"))
    assert write_form(form) == write_form(form)


def test_form_contains_the_documents_that_are_cited() -> None:
    form = coding_form(CODEBOOK, CORPUS.documents, data_of("kenya", "qatar-4"))
    read = read_entries([sheets_of_form(form)], CODEBOOK)
    refs = ["almeezan-15-2011", "background-paper"]
    assert {ref: read.bibliography.data[ref] for ref in refs} == {
        ref: CORPUS.documents[ref] for ref in refs
    }


def test_uncoded_form_has_facts_and_texts_only() -> None:
    form = coding_form(CODEBOOK, CORPUS.documents, data_of("gambia"), uncoded=True)
    (entry,) = read_entries([sheets_of_form(form)], CODEBOOK).entries
    (data,) = data_of("gambia")
    kept = {key: value for key, value in data.items() if key not in ("limbs", "notes")}
    assert entry.data == {**kept, "limbs": [{}]}


def test_empty_form_has_no_provision() -> None:
    form = coding_form(CODEBOOK, CORPUS.documents, [])
    assert read_entries([sheets_of_form(form)], CODEBOOK).entries == []


def test_comments_explain_columns_and_words() -> None:
    form = coding_form(CODEBOOK, CORPUS.documents, [])
    columns = {
        (sheet.name, column.heading): column for sheet in form.sheets for column in sheet.columns
    }
    assert columns["Coding", "Persons"].help == (
        "The victims whom the limb protects.\nany_victim: A victim of trafficking, regardless of "
        "age.\nadult: A victim who is an adult.\nchild: A victim who is a child."
    )
    assert columns["Coding", "Name of the limb"].help == (
        "A short name for the limb, such as adults. It is shown where limbs differ."
    )
    assert columns["Texts", "Complete"].help == (
        "Yes if the text is the full text of the provision. Only then does its silence count."
    )
    assert columns["Notes", "Confidence"].help.startswith("How reliable the information is")
    assert columns["Settled words", "Settled words"].help == (
        "The exact words of the text that were examined."
    )
    assert columns["Provisions", "Pinpoint"].help == (
        "The place in the instrument, such as section 14; it is empty where the source names none."
    )
    assert columns["Coding", "Persons"].words == "persons"
    assert form.lists["persons"] == ("any_victim", "adult", "child")
    assert "none_reported" in form.lists["link"]
    # A column that is rarely needed is hidden while it is empty.
    assert columns["Coding", "Persons: note"].is_hidden
    assert not columns["Coding", "Persons: words of the law"].is_hidden


@pytest.mark.parametrize(
    "evidence",
    [
        "were compelled\N{ZERO WIDTH NO-BREAK SPACE}",
        "\N{ZERO WIDTH SPACE}were compelled",
        ["were compelled", "\N{ZERO WIDTH NO-BREAK SPACE}"],
        "\N{ZERO WIDTH NO-BREAK SPACE}",
    ],
)
def test_signs_without_width_survive_a_form(evidence: str | list[str]) -> None:
    (data,) = data_of("gambia")
    data["limbs"][0]["link"]["evidence"] = evidence
    assert encode(read_back([data])[0]) == encode(data)


# --- Data of any shape ------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8").filter(lambda letter: not is_control(letter))
PROSE = st.one_of(
    st.text(LETTERS, min_size=1, max_size=30),
    st.sampled_from([text for text in HOSTILE if not any(map(is_control, text))]),
).filter(lambda text: text.strip() != "")
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
PLACES = st.one_of(PROSE, st.sampled_from(["54", "24, 28", "4(a)", "para. 3", "a; b", 57]))
YES = st.booleans()


def keys(required: dict[str, Any], optional: dict[str, Any]) -> Any:
    return st.fixed_dictionaries(required, optional=optional)


def words(vocabulary: str) -> Any:
    return st.sampled_from(list(VOCABULARIES[vocabulary]))


def several(vocabulary: str) -> Any:
    return st.lists(words(vocabulary), min_size=1, max_size=3, unique=True)


CITATIONS = keys({"ref": IDS}, {"paragraph": PLACES, "footnote": PLACES, "pinpoint": PROSE})
PROOF = {
    "evidence": st.one_of(PROSE, st.lists(PROSE, min_size=1, max_size=2)),
    "source": CITATIONS,
    "note": PROSE,
    "confidence": st.sampled_from(["high", "medium"]),
}


def coded(vocabulary: str) -> Any:
    value = {"value": words(vocabulary)}
    values = {"values": several(vocabulary)}
    doubt = st.one_of(*(keys({"note": PROSE, **one}, {}) for one in (value, values, {})))
    mapping = st.one_of(*(keys(one, {**PROOF, "doubtful": doubt}) for one in (value, values)))
    return st.one_of(mapping, st.lists(mapping, min_size=1, max_size=3))


EXTENT = {"extent": words("extent")}
SETS = {"categories": several("category"), "excluded": several("category"), "open": YES}
OFFENCES = keys(EXTENT, {**SETS, **PROOF, "doubtful": keys({"note": PROSE, **EXTENT}, SETS)})
SINGLE = {
    "force": keys({"value": words("force")}, PROOF),
    "duty": keys({"value": words("duty")}, PROOF),
    "offences": OFFENCES,
}
LIMBS = keys(
    {},
    {"id": IDS, "note": PROSE, **SINGLE}
    | {name: coded(name) for name in FIELDS_OF_LIMB if name not in SINGLE},
).filter(bool)
NOTES = st.one_of(
    PROSE,
    keys(
        {"note": PROSE},
        {"kind": words("note_kind"), "date": st.just("2019-07"), "source": CITATIONS},
    ),
)
PROVISIONS = keys(
    {
        "id": IDS,
        "jurisdiction": keys(
            {"name": PROSE, "code": st.sampled_from([None, "KE"]), "kind": st.just("state")}, {}
        ),
        "instrument": st.one_of(
            st.none(),
            keys(
                {"title": PROSE, "kind": words("instrument_kind")},
                {
                    "number": st.one_of(PROSE, st.integers(1, 99)),
                    "year": st.integers(1200, 2200),
                    "languages": st.just(["en", "fr-BE"]),
                },
            ),
        ),
        "pinpoint": st.one_of(st.none(), PROSE),
        "form": st.one_of(st.none(), words("form")),
        "text": keys(
            {"status": words("text_status")},
            {"complete": YES, "language": st.just("en"), "body": PROSE, "source": CITATIONS}
            | {"note": PROSE, "misprints": st.lists(PROSE, min_size=1, max_size=2)},
        ),
    },
    {
        "aliases": st.lists(IDS, max_size=2, unique=True),
        "identifiers": keys({}, {"akn": PROSE, "eli": PROSE, "url": PROSE}),
        "dates": keys({}, {"enacted": st.just("2019"), "in_force_to": st.just("2019-07-01")}),
        "version_of": IDS,
        "succeeds": keys({"id": IDS, "because": PROSE}, {"source": CITATIONS}),
        "fuller": st.lists(IDS, min_size=1, max_size=2, unique=True),
        "limbs": st.lists(LIMBS, min_size=1, max_size=3),
        **{name: coded(name) for name in FIELDS_OF_PROVISION},
        "reported": st.lists(
            keys(
                {"dimension": words("dimension"), "values": st.just(["duress", "status"])},
                {"source": CITATIONS, "note": PROSE, "open": YES, "persons": several("persons")},
            ),
            min_size=1,
            max_size=2,
        ),
        "settled": st.lists(keys({"words": PROSE, "note": PROSE}, {}), min_size=1, max_size=2),
        "interpreted_by": st.lists(
            keys({"case": PROSE, "note": PROSE}, {"date": st.just("2020"), "source": CITATIONS}),
            min_size=1,
            max_size=2,
        ),
        "notes": st.lists(NOTES, min_size=1, max_size=3),
        "confidence": st.sampled_from(["high", "medium"]),
        "sources": st.lists(CITATIONS, min_size=1, max_size=3),
    },
)


#: Data this large take minutes to be made smaller.
QUICKLY = settings(phases=(Phase.explicit, Phase.generate))


@pytest.mark.slow
@QUICKLY
@given(PROVISIONS)
def test_any_data_are_read_as_they_were_written(data: dict[str, Any]) -> None:
    assert encode(read_back([data])[0]) == encode(data)


@pytest.mark.slow
@QUICKLY
@given(PROVISIONS)
def test_any_data_survive_a_workbook(data: dict[str, Any]) -> None:
    assert encode(read_back([data], as_workbook=True)[0]) == encode(data)
