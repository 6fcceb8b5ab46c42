"""The contract of the command line: exit codes, JSON with its schemas, and what goes where."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from builders import CONVERSE, json_output
from conftest import TESTS, cases

from npcompare.law import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus


def classifications_of(run: Callable[..., Ran], *arguments: str) -> Any:
    """Return the classifications in the output of `classify`."""
    return json_output(run("classify", *arguments, "-f", "json"), "classify")["classifications"]


def comparisons_of(run: Callable[..., Ran], *arguments: str) -> Any:
    """Return the comparisons in the output of `diff`."""
    return json_output(run("diff", *arguments, "-f", "json"), "diff")["comparisons"]


# --- The core -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("core"))
def test_core_row(case: dict[str, Any], run: Callable[..., Ran]) -> None:
    classifications = classifications_of(run)
    (classification,) = [record for record in classifications if record["id"] == case["name"]]
    dimensions = classification["dimensions"]
    for name in ("scope", "threshold", "stage"):
        assert dimensions[name]["values"] == case[name], name
        assert dimensions[name]["basis"] == case["basis"], name
    assert dimensions["scope"].get("categories", []) == case.get("categories", [])
    for name, values in case["also"].items():
        assert (dimensions[name]["values"], dimensions[name]["basis"]) == (values, case["basis"])
    places = {
        reason["source"]["paragraph"]
        for dimension in dimensions.values()
        for reason in dimension["because"]
    }
    assert places == {case["paragraph"]}
    (provision,) = json_output(run("show", case["name"], "-f", "json"), "show")["provisions"]
    assert provision["text"]["status"] == case["text"]


@pytest.mark.parametrize("case", cases("paper"))
def test_other_rows_of_the_paper(case: dict[str, Any], run: Callable[..., Ran]) -> None:
    (classification,) = classifications_of(run, case["name"])
    (provision,) = json_output(run("show", case["name"], "-f", "json"), "show")["provisions"]
    assert provision["text"]["status"] == case["text"]
    for name, result in classification["dimensions"].items():
        for basis in ("quoted", "reported"):
            if name in case.get(basis, {}):
                assert result["values"] == case[basis][name], name
                assert result["basis"] == {"quoted": "text"}.get(basis, basis)
        if not any(name in case.get(basis, {}) for basis in ("quoted", "reported")):
            silent = name in case.get("silent", [])
            assert (result["values"], result["basis"]) == ([], "silent" if silent else "unknown")
    sources = [provision["text"]["source"], *provision["sources"]]
    sources += [
        reason["source"]
        for dimension in classification["dimensions"].values()
        for reason in dimension["because"]
    ]
    assert any(source and source["cited"].endswith(f", {case['place']}") for source in sources)


def test_paper_is_the_default_collection(run: Callable[..., Ran]) -> None:
    listing = json_output(run("list", "-f", "json"), "list")
    ids = {case.id for case in (*cases("core"), *cases("paper"))}
    assert {record["id"] for record in listing["provisions"]} == ids
    assert listing["corpus"]["collection"] == "paper"


def test_footnotes_12_and_16_exactly(run: Callable[..., Ran]) -> None:
    """The typology by threshold names those States, on that footnote, and no others."""
    results = json_output(run("classify", "--by", "threshold", "-f", "json"), "classify")
    jurisdictions: dict[str, set[str]] = {"12": set(), "16": set()}
    for classification in results["classifications"]:
        for reason in classification["dimensions"]["threshold"]["because"]:
            if footnote := reason["source"].get("footnote"):
                jurisdictions.setdefault(footnote, set()).add(classification["jurisdiction"])
    assert jurisdictions == {
        "12": {
            "Barbados",
            "Lebanon",
            "Trinidad and Tobago",
            "United Kingdom",
            "United States of America (various states)",
        },
        "16": {"Botswana", "Egypt", "Malawi", "Marshall Islands"},
    }
    assert "Applies to adults: the footnote refers" in run("classify", "--by", "threshold").out


def test_file_with_a_warning_is_accepted(
    corpus_copy: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus_copy)
    text = (corpus_copy / "kenya.yaml").read_text()
    longer = text.replace(
        "a direct result of being trafficked\n",
        "a direct result of being trafficked,\n    unless he consented\n",
        1,
    )
    assert longer != text
    (corpus_copy / "kenya.yaml").write_text(longer)
    ran = run("validate", corpus_copy)
    line = "kenya.yaml:16:5 NP601 warning: no coded value is based on"
    assert (ran.code, ran.out.startswith(f'{line} "of being trafficked, unless he')) == (0, True)
    assert ran.err == "1 warning in 9 files\n"
    assert run("validate", corpus_copy, "--strict").code == 1
    (problem,) = json_output(run("validate", corpus_copy, "-f", "json"), "validate")["problems"]
    assert problem["severity"] == "warning"
    assert run("classify", "kenya", "--corpus", corpus_copy).code == 0
    settled = "settled:\n  - {words: unless he consented, note: An example.}\nlimbs:\n"
    (corpus_copy / "kenya.yaml").write_text(longer.replace("limbs:\n", settled))
    assert run("validate", corpus_copy, "--strict").code == 0
    misquoted = settled.replace("he consented", "she consented")
    (corpus_copy / "kenya.yaml").write_text(longer.replace("limbs:\n", misquoted))
    assert "NP501" in run("validate", corpus_copy).out


def test_kenya_and_jamaica(run: Callable[..., Ran]) -> None:
    comparisons = comparisons_of(run, "kenya", "jamaica")
    assert [(record["left"], record["right"]) for record in comparisons] == [("kenya", "jamaica")]
    relations = {name: record["relation"] for name, record in comparisons[0]["dimensions"].items()}
    dimensions = {name: relation for name, relation in relations.items() if relation != "unknown"}
    assert dimensions == {
        "scope": "broader",
        "threshold": "same",
        "stage": "same",
        "persons": "same",
        "force": "same",
        "link": "same",
        "relief": "same",
        "beneficiaries": "same",
    }
    assert {"compulsion", "tests", "liability", "conditions", "burden"} <= relations.keys()
    assert comparisons[0]["overall"] == "broader"
    assert comparisons[0]["dimensions"]["scope"]["left"] == ["any_offence"]
    assert comparisons[0]["dimensions"]["scope"]["right"] == ["listed_offences"]
    assert comparisons[0]["dimensions"]["scope"]["right_words"] == [
        {
            "evidence": "offences relating to immigration or prostitution",
            "source": {
                "ref": "background-paper",
                "paragraph": "58",
                "cited": "Secretariat background paper, para.\N{NO-BREAK SPACE}58",
            },
        }
    ]


def test_converse_is_exact(run: Callable[..., Ran]) -> None:
    (comparison,) = comparisons_of(run, "kenya", "jamaica")
    (converse,) = comparisons_of(run, "jamaica", "kenya")
    assert (comparison["left"], comparison["right"]) == (converse["right"], converse["left"])
    assert CONVERSE[comparison["overall"]] == converse["overall"]
    for name, dimension in comparison["dimensions"].items():
        opposite = converse["dimensions"][name]
        assert CONVERSE[dimension["relation"]] == opposite["relation"]
        for part in ("", "_basis", "_words", "_categories"):
            assert dimension.get(f"left{part}") == opposite.get(f"right{part}")
            assert dimension.get(f"right{part}") == opposite.get(f"left{part}")


def test_kenya_and_the_convention_cite_paragraph_62(run: Callable[..., Ran]) -> None:
    (comparison,) = comparisons_of(run, "kenya", "coe-26")
    threshold = comparison["dimensions"]["threshold"]
    assert threshold["relation"] == "broader"
    assert "by_person" not in threshold
    (authority,) = threshold["authority"]
    assert (authority["wider"], authority["narrower"]) == ("causation", "duress")
    assert authority["source"]["paragraph"] == "62"
    assert "para.\N{NO-BREAK SPACE}62" in run("diff", "kenya", "coe-26").out


def test_kenya_and_gambia_are_incomparable(run: Callable[..., Ran]) -> None:
    (comparison,) = comparisons_of(run, "kenya", "gambia")
    relations = {
        name: dimension["relation"] for name, dimension in comparison["dimensions"].items()
    }
    assert relations["scope"] == "broader"
    assert relations["threshold"] == "same"
    assert relations["stage"] == "narrower"
    assert comparison["overall"] == "incomparable"


# --- Every command's JSON -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("list", ["list"]),
        ("show", ["show"]),
        ("classify", ["classify", "--by", "stage"]),
        ("classify", ["classify", "ke", "COE", "asean", "--explain"]),
        ("diff", ["diff", "kenya", "jamaica", "coe", "--text"]),
        ("diff", ["diff", "kenya", "jamaica", "--only-differences"]),
        ("codebook-listing", ["codebook"]),
        ("codebook-listing", ["codebook", "force"]),
        ("validate", ["validate"]),
        ("validate", ["validate", TESTS / "invalid"]),
        ("list", ["list", "--where", "threshold=duress", "--where", "stage!=records"]),
        ("list", ["list", "--collection", "all", "--as-of", "2020-01-01"]),
        ("show", ["show", "--collection", "all", "--evidence"]),
        ("classify", ["classify", "--collection", "world", "--as-of", "2026-06-01"]),
        ("gaps", ["gaps", "kenya", "coe-26", TESTS / "bills" / "utopia.yaml"]),
        ("gaps", ["gaps", "kenya", "united-kingdom", "--against", "coe"]),
        ("stats", ["stats"]),
        ("stats", ["stats", "threshold", "stage", "--collection", "all"]),
        ("proof", ["proof", "--collection", "all"]),
        ("align", ["align", "coe", "asean", "eu", "ohchr", "botswana"]),
        ("align", ["align", TESTS / "bills" / "utopia.yaml", "kenya", "--base", "gambia"]),
        ("clause", ["clause", "--threshold", "causation", "--stage", "prosecution,records"]),
        ("clause", ["clause", TESTS / "bills" / "utopia.yaml", "--persons", "adult,child"]),
        ("order", ["order", "--collection", "all"]),
        ("order", ["order", TESTS / "bills" / "utopia.yaml", "kenya", "--by", "threshold,force"]),
        ("nearest", ["nearest", TESTS / "bills" / "utopia.yaml", "--collection", "all"]),
        ("nearest", ["nearest", "coe", "--by", "relief", "--limit", "1"]),
    ],
)
def test_json_matches_its_schema(
    name: str, arguments: list[object], run: Callable[..., Ran]
) -> None:
    json_output(run(*arguments, "--format", "json"), name)


@pytest.mark.further
def test_no_law_is_shown_before_its_enactment(run: Callable[..., Ran], corpus: Corpus) -> None:
    day = "2012-01-01"
    records = classifications_of(run, "--as-of", day, "--collection", "all")
    answers = {record["id"]: record["in_force"] for record in records}
    provisions = {provision.id: provision for provision in corpus.all_provisions()}
    for name, answer in answers.items():
        provision = provisions[name]
        dates = {**provision.dates, "year": provision.instrument.year}
        known_dates = {key: date for key, date in dates.items() if date and key != "in_force_to"}
        assert all(date <= day for date in known_dates.values()), name
        if "in_force_from" not in known_dates:
            assert answer == ("enacted" if known_dates else "unknown"), name
    assert (answers["egypt-21"], answers["eu-2011-36-art-8"]) == ("enacted", "yes")
    assert not answers.keys() & {"england-and-wales-s45", "us-18-usc-28", "taiwan-27"}


@pytest.mark.parametrize(
    ("day", "name", "answer"),
    [
        ("2012-01-01", "belgium", "unknown"),
        ("2020-01-01", "belgium-433quinquies-5", "yes"),
        ("2026-06-01", "belgium-433quinquies-5", "yes"),
        ("2026-10-01", "belgium-264", "yes"),
    ],
)
def test_belgium_is_shown_once_on_any_day(
    day: str, name: str, answer: str, run: Callable[..., Ran]
) -> None:
    records = classifications_of(run, "--as-of", day, "--collection", "all")
    belgian = [record for record in records if record["jurisdiction"] == "Belgium"]
    assert [(record["id"], record["in_force"]) for record in belgian] == [(name, answer)]


def test_only_differences_omits_equal_dimensions(run: Callable[..., Ran]) -> None:
    ran = run("diff", "kenya", "jamaica", "--only-differences", "-f", "json")
    (comparison,) = json_output(ran, "diff")["comparisons"]
    assert "same" not in {dimension["relation"] for dimension in comparison["dimensions"].values()}
    assert "Threshold" not in run("diff", "kenya", "jamaica", "--only-differences").out


def test_first_provision_is_the_base(run: Callable[..., Ran]) -> None:
    comparisons = comparisons_of(run, "kenya", "qatar", "coe")
    assert [(comparison["left"], comparison["right"]) for comparison in comparisons] == [
        ("kenya", "qatar"),
        ("kenya", "coe-26"),
    ]


def test_redline_in_json(run: Callable[..., Ran]) -> None:
    (comparison,) = comparisons_of(run, "kenya", "gambia", "--text")
    words = "".join(
        change["text"] for change in comparison["text"]["changes"] if change["op"] != "inserted"
    )
    assert " ".join(words.split()) == (
        "a victim of trafficking in persons shall not be criminally liable for any criminal act "
        "that was a direct result of being trafficked"
    )


# --- Exit codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["diff", "kenya", "kenya"], 0),
        (["diff", "kenya", "jamaica"], 0),
        (["diff", "kenya", "kenya", "--exit-code"], 0),
        (["diff", "kenya", "jamaica", "--exit-code"], 1),
        (["diff", "kenya"], 2),
        (["diff"], 2),
        (["nothing"], 2),
        (["classify", "--nothing"], 2),
        (["classify", "--by", "scope", "--explain"], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["validate"], 0),
        (["validate", TESTS / "invalid" / "np203-any.yaml"], 1),
        (["gaps", "kenya"], 0),
        (["gaps", "kenya", "--exit-code"], 1),
        (["gaps", "coe-26", "--against", "coe-26", "--exit-code"], 0),
        (["gaps"], 2),
        (["gaps", "kenya", "--against", "nothing"], 2),
        (["stats", "scope", "threshold", "stage"], 2),
    ],
)
def test_exit_codes(arguments: list[object], code: int, run: Callable[..., Ran]) -> None:
    assert run(*arguments).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ["export", "kenya", "-f", "csv"],
            ["export", "kenya", "-f", "qdpx"],
            ["figure", "matrix"],
        ),
        *(["changes", "old", "--whats-new"], ["form"], ["site"], ["new", "a"], ["code", "a.txt"]),
        *(["codebook", "-f", "skos"], ["codebook", "--schema"], ["classify"]),
    ],
)
def test_output_that_is_named_like_a_folder_is_refused(
    arguments: list[str], run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments, "-o", "folder/")
    assert (ran.code, ran.out) == (2, "")
    hint = "  hint: add the name of a file\n"
    assert ran.err == f"npcompare: folder/ is the name of a folder\n{hint}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "kenia"], 'there is no provision "kenia" in the corpus'),
        (["diff", "kenya", "missing.yaml"], "there is no file missing.yaml"),
        (["validate", "missing.yaml"], "there is no file or folder missing.yaml"),
        (["validate", "empty"], "the folder empty contains no provisions"),
        (["classify", "--corpus", "empty"], "the folder empty contains no provisions"),
        (["classify", "--corpus", "missing"], "there is no folder missing"),
        (["classify", "--by", "scop"], 'there is no dimension "scop"'),
        (["classify", "--collection", "papers"], 'there is no collection "papers"'),
        (["classify", "--as-of", "2020-13-01"], '"2020-13-01" is not a valid day'),
        (["classify", "--as-of", ""], "--as-of is empty"),
        (["diff", "kenya", "jamaica", "--as-of", ""], "--as-of is empty"),
        (["show", "kenya@yesterday"], '"yesterday" is not a valid day'),
        (
            ["show", "kenya@2020-01-01"],
            "it is not known which version of kenya was in force on 2020-01-01",
        ),
        (["list", "--where", "threshold"], '"threshold" is not a valid condition'),
        (["list", "--where", "threshold=dures"], '"dures" is not a class of threshold'),
        (["list", "--where", "treshold=duress"], 'there is no field "treshold"'),
        (["classify", "--format", "docy"], 'there is no format "docy"'),
        (["classify", "-o", "annex"], 'the name "annex" does not say which format to write'),
        (["classify", "-o", "no/annex.md"], "there is no folder no"),
        (["agree", "a", "b", "--adjudicate", "no.yaml/"], "no.yaml/ is the name of a folder"),
        (["classify", "-o", "kept.md"], "kept.md already exists and was not overwritten"),
    ],
)
def test_error_is_one_sentence_and_exit_code_2(
    arguments: list[str],
    sentence: str,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "kept.md").write_text("by hand")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    message, *hints = ran.err.splitlines()
    assert message == f"npcompare: {sentence}"
    assert all(line.startswith("  hint: ") for line in hints)
    assert (tmp_path / "kept.md").read_text() == "by hand"


def test_did_you_mean(run: Callable[..., Ran]) -> None:
    assert 'did you mean "kenya"?' in run("show", "kenia").err
    assert 'did you mean "coe-26"?' in run("show", "coe-62").err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (
            ["suggest", "my", "clause.txt"],
            'put a file name with spaces in quotation marks: "my clause.txt"',
        ),
        (
            ["classify", "kenya", "-o", "my", "annex.docx"],
            'put a file name with spaces in quotation marks: "my annex.docx"',
        ),
        (
            ["suggest", "\u201cmy", "clause.txt\u201d"],
            'use straight quotation marks ("): those in \u201cmy are typographic',
        ),
        (["new", "utopia", "\u2014text", "c"], "write the option with plain hyphens: --text;"),
        (["new", "utopia", "\u2013text", "c"], "write the option with plain hyphens: --text;"),
        (["new", "utopia", "\u2013-text", "c"], "write the option with plain hyphens: --text;"),
        (["new", "utopia", "-\u2013text=c"], "write the option with plain hyphens: --text;"),
        (["list", "\u2013o", "a.md"], "write the option with plain hyphens: -o;"),
        (["list", "\u2212\u2212output=a.md"], "write the option with plain hyphens: --output;"),
        (["suggest", "clause.rtf"], "open it in Word and save it as .docx"),
        (["suggest", "my clase.txt"], 'did you mean "my clause.txt"?'),
        (["diff", "kenya", "Bill.yml"], 'did you mean "bill.yaml"?'),
        (["verify", "no/annex.docx"], "there is no folder no either"),
        (
            ["codebook", "offences"],
            'did you mean "scope"? it shows the words for offences too',
        ),
        (["new", "My Bill"], 'did you mean "my-bill"?'),
        (["new", "my-bill.yaml"], 'did you mean "my-bill"?'),
        (["classify", "-o", "annex.doc"], 'did you mean "annex.docx"?'),
        (["classify", "-o", "no/annex.md"], "create it first, or choose an existing folder"),
    ],
)
def test_typing_mistake_gets_a_hint(
    arguments: list[str],
    hint: str,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my clause.txt").write_text("(1) A victim.")
    (tmp_path / "clause.rtf").write_text("{\\rtf1 (1) A victim of trafficking.}")
    (tmp_path / "bill.yaml").write_text("")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"  hint: {hint}" in ran.err


def test_no_hint_without_an_error(run: Callable[..., Ran]) -> None:
    ran = run("export", "gambia", "--title", "\u201cVictims\u201d")
    assert (ran.code, ran.err) == (0, "")


def test_broken_yaml_exits_with_2(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bill.yaml").write_text("id: bill\nform: [statutory_defence\n")
    line = "bill.yaml:2:7 NP103 the file cannot be read as YAML: a list in [ ] is not closed"
    validation = run("validate", "bill.yaml")
    assert (validation.code, validation.out.splitlines()[0]) == (2, line)
    comparison = run("diff", "kenya", "bill.yaml")
    assert (comparison.code, comparison.out) == (2, "")
    assert comparison.err.splitlines()[0] == line


def test_four_mistakes_are_four_findings(
    corpus_copy: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word of a quotation, a key, an id and a class of the codebook, each at its place."""
    monkeypatch.chdir(corpus_copy)
    places = []
    for name, right, wrong, column, code in (
        ("coe-26", "    conditions:", "    condtions:", 5, "NP201"),
        ("gambia", "id: gambia", "id: gambja", 5, "NP401"),
        ("kenya", "evidence: any criminal act", "evidence: any penal act", 39, "NP501"),
        ("qatar", "kind: statute", "kind: statut", 9, "NP203"),
    ):
        text = (corpus_copy / f"{name}.yaml").read_text()
        assert text.count(right) == 1
        before, after = text.split(right)
        (corpus_copy / f"{name}.yaml").write_text(before + wrong + after)
        line = before.count("\n") + 1
        places.append([f"{name}.yaml:{line}:{column}", code])
    ran = run("validate", "--corpus", corpus_copy)
    assert ran.code == 1
    lines = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert [line.split(" ")[:2] for line in lines] == places
    assert ran.err == "4 findings in 9 files\n"
    assert run("validate", corpus_copy).out == ran.out
    report = json_output(run("validate", corpus_copy, "--format", "json"), "validate")
    assert (len(report["problems"]), report["checked"]) == (4, 9)


def test_findings_stop_only_commands_that_need_the_file(
    corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    text = (corpus_copy / "gambia.yaml").read_text()
    (corpus_copy / "gambia.yaml").write_text(text.replace("form: ", "from: "))
    assert run("diff", "kenya", "jamaica", "--corpus", corpus_copy).code == 0
    for arguments in (["diff", "kenya", "gambia"], ["classify"], ["list"]):
        ran = run(*arguments, "--corpus", corpus_copy)
        assert (ran.code, ran.out) == (1, "")
        assert "NP201" in ran.err
        assert "1 finding in 1 file" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "--corpus", ""], "--corpus is empty"),
        (["--corpus", "", "list"], "--corpus is empty"),
        (["list", "--corpus="], "--corpus is empty"),
        (["list", "--where", ""], "--where is empty"),
        (["list", "-o", ""], "--output is empty"),
        (["export", "--columns", ""], "--columns is empty"),
        (["suggest", "clause.txt", "--section", ""], "--section is empty"),
        (["validate", ""], "one of the names is empty"),
        (["show", "kenya", ""], "one of the names is empty"),
    ],
)
def test_empty_value_is_not_a_missing_one(
    arguments: list[str], message: str, run: Callable[..., Ran]
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"npcompare: {message}")


def test_title_may_be_empty(run: Callable[..., Ran]) -> None:
    assert run("export", "kenya", "--title", "", "-f", "csv").code == 0


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["proof", "export", "classify", "show"])
def test_provision_named_twice_counts_once(command: str, run: Callable[..., Ran]) -> None:
    once, twice = run(command, "kenya", "-f", "csv"), run(command, "kenya", "KE", "-f", "csv")
    assert (twice.code, twice.out) == (0, once.out)
    assert "KE is included once: it names a provision that is named before it\n" in twice.err


def test_file_named_by_two_paths_counts_once(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(TESTS / "bills" / "utopia.yaml", "utopia.yaml")
    rows = run("proof", "utopia.yaml", "./utopia.yaml", tmp_path / "utopia.yaml", "-f", "csv").out
    assert rows.count("utopia") == 1


def test_code_that_is_also_an_id_is_ambiguous(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delaware has the id de, and Germany the code DE."""
    monkeypatch.chdir(tmp_path)
    text = (TESTS / "bills" / "utopia.yaml").read_text().replace("aliases: [utopia-bill]\n", "")
    for name, code in (("de", "US-DE"), ("germany", "DE")):
        coded = text.replace("id: utopia", f"id: {name}").replace("code: null", f"code: {code}")
        (tmp_path / f"{name}.yaml").write_text(coded)
    ran = run("classify", "DE", "--corpus", ".")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        'npcompare: "DE" is the name of a provision, and the code or name of another',
        "  hint: choose one of: de, germany",
    ]
    for name in ("de", "germany"):
        ran = run("classify", name, "--corpus", ".", "-f", "csv")
        assert ran.out.splitlines()[1].startswith(f"{name},")


SHOW_ENDINGS = "Windows shows endings with View, Show, File name extensions in Explorer"


@pytest.mark.parametrize(
    ("name", "end_of_message", "hint"),
    [
        ("My bill.yaml", 'name of the file, "My bill"', "rename the file to utopia.yaml"),
        (
            "my-bill.yaml",
            'name of the file, "my-bill"',
            'write "id: my-bill", or rename the file to utopia.yaml',
        ),
        (
            "utopia.yaml.txt",
            "the name of the file ends in .txt: utopia.yaml.txt",
            f"rename the file to utopia.yaml; {SHOW_ENDINGS}",
        ),
    ],
)
def test_hint_for_a_file_name_is_possible(
    name: str, end_of_message: str, hint: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    shutil.copy(TESTS / "bills" / "utopia.yaml", tmp_path / name)
    ran = run("validate", tmp_path / name)
    finding, second_line = ran.out.splitlines()[:2]
    assert (ran.code, second_line) == (1, f"  hint: {hint}")
    assert " NP401 " in finding
    assert finding.endswith(end_of_message)


def test_coded_file_with_a_hidden_ending_is_found(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(TESTS / "bills" / "utopia.yaml", "utopia.yaml.txt")
    for command in ("show", "validate"):
        ran = run(command, "utopia.yaml")
        assert (ran.code, "there is utopia.yaml.txt: rename it to utopia.yaml;" in ran.err) == (
            2,
            True,
        )
    shutil.copy(TESTS / "bills" / "utopia.yaml", "other.yaml")
    ran = run("list", "--corpus", ".")
    assert (
        "utopia.yaml.txt:1:1 NP107 the file was not read, because its name ends in .txt" in ran.err
    )


def test_column_named_twice_is_written_once(run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "--columns", "scope,scope, threshold", "-f", "csv")
    assert ran.out.splitlines()[0] == "id,scope,threshold,effect,code,kind,region,year"


@pytest.mark.parametrize(
    ("name", "provision_id"),
    [
        ("Council of Europe", "coe-26"),
        ("council of europe", "coe-26"),
        ("UK", "united-kingdom"),
        ("GB", "united-kingdom"),
        ("KE", "kenya"),
        ("Kenya", "kenya"),
    ],
)
def test_provision_is_found_by_name_or_code(
    name: str, provision_id: str, run: Callable[..., Ran]
) -> None:
    (classification,) = classifications_of(run, name)
    assert classification["id"] == provision_id
    (comparison,) = comparisons_of(run, name, "jamaica")
    assert (comparison["left"], comparison["right"]) == (provision_id, "jamaica")


@pytest.mark.parametrize("ending", ["yaml", "yml"])
def test_ending_of_a_coded_file_may_be_left_out(
    ending: str, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / f"my-bill.{ending}").write_text(text.replace("id: kenya", "id: my-bill"))
    (comparison,) = comparisons_of(run, "my-bill", "kenya")
    assert (comparison["left"], comparison["overall"]) == ("my-bill", "same")
    assert run("validate", "my-bill").err == "1 file checked: no findings\n"
    ran = run("validate", "my-bil")
    assert (ran.code, ran.err) == (2, "npcompare: there is no file or folder my-bil\n")


# --- Files of the user --------------------------------------------------------------------------


def test_draft_is_compared_by_its_path(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / "my-bill.yaml").write_text(text.replace("id: kenya", "id: my-bill"))
    (comparison,) = comparisons_of(run, "my-bill.yaml", "kenya")
    assert (comparison["left"], comparison["right"], comparison["overall"]) == (
        "my-bill",
        "kenya",
        "same",
    )
    (tmp_path / "copy.yaml").write_text(text)
    (comparison,) = comparisons_of(run, "copy.yaml", "kenya")
    assert (comparison["left"], comparison["right"]) == ("copy.yaml", "kenya")


def test_code_of_norway_is_not_a_boolean(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    text = text.replace("id: kenya", "id: norway").replace("code: KE", "code: NO")
    (tmp_path / "norway.yaml").write_text(text)
    (provision,) = json_output(run("show", "norway.yaml", "-f", "json"), "show")["provisions"]
    assert provision["jurisdiction"]["code"] == "NO"
    (tmp_path / "norway.yaml").write_text(text + "id: norway\n")
    ran = run("validate", "norway.yaml")
    assert (ran.code, ran.out.splitlines()[0]) == (
        1,
        (
            f"norway.yaml:{text.count(chr(10)) + 1}:1 NP104 "
            'the key "id" appears twice in the same mapping'
        ),
    )


def test_corpus_is_chosen_by_option_or_environment(
    corpus_copy: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus_copy / "qatar.yaml").unlink()
    for arguments in (["list", "--corpus", corpus_copy], ["--corpus", corpus_copy, "list"]):
        assert len(json_output(run(*arguments, "-f", "json"), "list")["provisions"]) == 6
    monkeypatch.setenv("NPCOMPARE_CORPUS", str(corpus_copy))
    ran = subprocess.run(
        [sys.executable, "-m", "npcompare", "list", "-f", "json"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert len(json.loads(ran.stdout)["provisions"]) == 6


# --- Streams and files --------------------------------------------------------------------------


def test_results_go_to_stdout_messages_to_stderr(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("validate", "-f", "json")
    assert ran.err.endswith(" files checked: no errors or warnings; 1 remark\n")
    ran = run("classify", "-o", "annex.md")
    assert (ran.out, ran.err) == ("", "wrote annex.md\n")
    assert (tmp_path / "annex.md").read_text().startswith("# Classification\n")
    assert run("classify", "-o", "annex.md").code == 2
    assert run("classify", "-o", "annex.md", "--force").code == 0


def npcompare(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "npcompare", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_terminal_without_a_character_gets_its_number() -> None:
    ran = npcompare("show", "kenya", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert ran.stderr.startswith(b"characters that are not in ascii are shown by their codes")
    assert b"para.\\xa057" in ran.stdout


def test_colour_only_on_a_terminal() -> None:
    assert b"\x1b" not in npcompare("classify").stdout


@pytest.mark.parametrize("command", ["list", "show", "classify", "diff", "validate", "codebook"])
def test_help_has_an_example(command: str, run: Callable[..., Ran]) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"npcompare {command}" in ran.out


def test_schema_of_a_provision_is_printed(run: Callable[..., Ran]) -> None:
    assert json.loads(run("codebook", "--schema").out) == json_schema.load_schema("provision")


# --- Errors of earlier versions -----------------------------------------------------------------


def test_two_drafts_of_a_bill_are_distinguished(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text().replace("id: kenya", "id: bill")
    for number, words in enumerate(("being trafficked", "being moved", "being sold"), 1):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "bill.yaml").write_text(text.replace("being trafficked", words))
    ran = run("diff", "1/bill.yaml", "2/bill.yaml", "3/bill.yaml", "--text", "-f", "json")
    comparisons = json_output(ran, "diff")["comparisons"]
    assert [(comparison["left"], comparison["right"]) for comparison in comparisons] == [
        ("bill", "2/bill.yaml"),
        ("bill", "3/bill.yaml"),
    ]
    inserted = [
        "".join(
            piece["text"] for piece in comparison["text"]["changes"] if piece["op"] == "inserted"
        )
        for comparison in comparisons
    ]
    assert inserted == ["moved", "sold"]


@pytest.mark.parametrize(
    ("right", "wrong", "finding"),
    [
        ("limbs:\n  - persons", "limbs:\n  - id: [x]\n    persons", "19:9 NP204"),
        ("sources:\n", "reported: [{dimension: link, values: [[a]]}]\nsources:\n", "26:39 NP204"),
    ],
)
def test_list_instead_of_a_word_is_a_finding(
    right: str, wrong: str, finding: str, corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    text = (corpus_copy / "kenya.yaml").read_text()
    assert right in text
    (corpus_copy / "kenya.yaml").write_text(text.replace(right, wrong))
    ran = run("validate", corpus_copy)
    assert (ran.code, f"kenya.yaml:{finding}" in ran.out) == (1, True), ran.out


def test_control_character_hides_no_other_finding(
    corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "kenya.yaml").write_text(text.replace("name: Kenya", "name: Ken\x07ya, nom: K"))
    ran = run("validate", corpus_copy)
    codes = [line.split()[1] for line in ran.out.splitlines() if not line.startswith(" ")]
    assert (ran.code, codes) == (1, ["NP106", "NP201"])


def test_bibliography_has_its_own_findings(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    (corpus_copy / "sources.yaml").write_text(
        "background-paper: {title: Paper, shirt: Paper, kind: report}\n"
    )
    ran = run("validate", corpus_copy)
    assert {line.split()[1] for line in ran.out.splitlines() if not line.startswith(" ")} == {
        "NP201"
    }


def test_file_ending_in_capitals_is_checked(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    (corpus_copy / "foo.Yml").write_text("id: [\n")
    ran = run("validate", corpus_copy)
    assert (ran.code, "foo.Yml:2:1 NP103" in ran.out) == (2, True), ran.out


def test_empty_file_has_one_finding(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    (corpus_copy / "nothing.yaml").write_text("")
    assert run("validate", corpus_copy).err == "1 finding in 10 files\n"


def test_name_that_is_too_long_exits_with_2(run: Callable[..., Ran]) -> None:
    name = "x" * 300
    for arguments in (
        ["list", "-o", f"{name}.md"],
        ["show", f"{name}.yaml"],
        ["list", "--corpus", name],
        ["validate", name],
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert ran.err.startswith("npcompare: ")
        assert "Traceback" not in ran.err


def test_only_regular_files_are_overwritten(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    ran = run("list", "-o", "pipe.md", "--force")
    assert (ran.code, ran.err) == (
        2,
        "npcompare: pipe.md is not a regular file and was not overwritten\n",
    )
    ran = run("list", "-o", "bill.yaml", "-f", "json", "--force")
    assert (ran.code, (tmp_path / "bill.yaml").exists()) == (2, False)
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    assert run("list", "-o", "link.md").code == 2
    assert run("list", "-o", "link.md", "--force").code == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text().startswith("# ")


def test_silence_is_not_shown_as_none(run: Callable[..., Ran]) -> None:
    output = run("classify", "coe-26", "--explain", "-f", "markdown").out
    assert "**Liability:** silent" in output
    assert ": none " not in output


def test_schema_covers_all_dimensions(run: Callable[..., Ran]) -> None:
    assert run("codebook", "nope", "--schema").code == 2


@pytest.mark.further
def test_named_provisions_come_before_the_collection(run: Callable[..., Ran]) -> None:
    def ids(*arguments: object) -> list[str]:
        rows = run("classify", *arguments, "-f", "csv").out.splitlines()[1:]
        return [row.partition(",")[0] for row in rows]

    bill, collection = TESTS / "bills" / "utopia.yaml", ids("--collection", "all")
    assert ids(bill, "coe", "--collection", "all") == [
        *("utopia", "coe-26"),
        *(name for name in collection if name != "coe-26"),
    ]
    assert ids(bill, "coe") == ["utopia", "coe-26"]


@pytest.mark.parametrize(
    "command", [["show"], ["proof"], ["order"], ["clause", "--threshold", "causation"], ["export"]]
)
def test_command_shows_names_and_collection(command: list[str], run: Callable[..., Ran]) -> None:
    bill = TESTS / "bills" / "utopia.yaml"
    output = run(*command, bill, "--collection", "paper", "-f", "json").out
    assert [name in output for name in ("utopia", "kenya")] == [True, True]
