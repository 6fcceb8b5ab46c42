"""Questions about many provisions: conditions, counts, and the basis of each answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from builders import json_output
from conftest import provision
from msgspec.structs import replace

from npcompare.analysis import queries
from npcompare.analysis.classification import classify
from npcompare.errors import NpcompareError
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis, Instrument, Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


# --- Conditions ---------------------------------------------------------------------------------

PROVISIONS: dict[str, dict[str, Any]] = {
    "whole": {"text": "verbatim", "limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "part": {"limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "records": {"limbs": [{"link": "compulsion", "relief": "vacatur"}]},
    "causal": {"text": "verbatim", "limbs": [{"link": "direct_result", "relief": "vacatur"}]},
    "nothing": {"limbs": [{"persons": "child"}]},
}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        # provisions that match certainly, match as far as is known, are open, and do not match
        (["threshold=duress"], ["whole part records", "", "nothing", "causal"]),
        (["threshold!=duress"], ["causal", "nothing", "", "whole part records"]),
        (["threshold=duress", "stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (["threshold=duress and stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (
            ["threshold=duress AND NOT stage=records"],
            ["whole", "part", "nothing", "records causal"],
        ),
        (["stage=records"], ["records causal", "", "part nothing", "whole"]),
        ([" Stage != Records "], ["whole", "part nothing", "", "records causal"]),
        (["not not stage=records"], ["records causal", "", "part nothing", "whole"]),
        (["not stage!=records"], ["records causal", "", "part nothing", "whole"]),
        # labels, alternatives, and a label with the word "and"
        (["threshold=causation-based"], ["causal", "", "part records nothing", "whole"]),
        (["threshold=duress,causation"], ["whole part records causal", "", "nothing", ""]),
        (["threshold!=duress,causation"], ["", "nothing", "", "whole part records causal"]),
        (
            ["stage=sentencing and liability and threshold=“duress-based”"],
            ["whole part", "", "records nothing", "causal"],
        ),
        # a class that is the sum of others
        (["persons=child"], ["nothing", "", "part records", "whole causal"]),
    ],
)
def test_conditions(conditions: list[str], expected: list[str], corpus: Corpus) -> None:
    results = [
        classify(corpus.codebook, provision(short, name)) for name, short in PROVISIONS.items()
    ]
    assert ids_by_fit(corpus, conditions, results) == expected


def ids_by_fit(
    corpus: Corpus, conditions: list[str], results: Iterable[Classification]
) -> list[str]:
    """Return the ids of the provisions of each kind of match."""
    matches = queries.find_matches(queries.parse_conditions(corpus, conditions), results)
    groups = (matches.certain, matches.as_far_as_known, matches.open, matches.failing)
    return [" ".join(result.provision.id for result in group) for group in groups]


def test_any_victim_includes_adults_and_children(corpus: Corpus) -> None:
    book = corpus.codebook
    any_victim = classify(book, provision({"limbs": [{"persons": "any_victim"}]}))
    both = classify(book, provision({"limbs": [{"persons": "adult"}, {"persons": "child"}]}, "two"))
    for word in ("adult", "child", "any_victim"):
        condition = queries.parse_condition(book, f"persons={word}")
        assert [condition.evaluate(result) for result in (any_victim, both)] == [Answer.YES] * 2


def test_class_that_a_source_reports_not_to_exist(corpus: Corpus) -> None:
    book = corpus.codebook
    result = classify(book, provision({"limbs": [{"tests": "none_reported"}]}))
    answers = {
        text: queries.parse_condition(book, text).evaluate(result)
        for text in ("tests=reasonable_person", "tests!=reasonable_person", "tests=none reported")
    }
    assert list(answers.values()) == [Answer.NO, Answer.YES, Answer.YES]


# --- Facts about the instrument and the jurisdiction ---------------------------------------------

#: Provisions by the facts that conditions ask about.
FACTS: dict[str, dict[str, Any]] = {
    "kenya": {"code": "KE", "kind": "statute", "year": "2010", "form": "statutory_defence"},
    "texas": {"code": "US-TX", "place": "territory", "kind": "code", "form": "guidance"},
    "draft": {"code": "JM", "kind": "bill", "year": "2024", "form": "statutory_defence"},
    "treaty": {"place": "regional_organization", "kind": "treaty", "year": "2005"},
    "utopia": {"year": "1516-17"},
}


def with_facts(name: str, facts: dict[str, str]) -> Provision:
    """Return a provision with facts and nothing coded."""
    bare = provision({}, name)
    return replace(
        bare,
        jurisdiction=Jurisdiction(name, facts.get("code", ""), facts.get("place", "state")),
        instrument=Instrument("Example Act", facts.get("kind", ""), year=facts.get("year", "")),
        form=facts.get("form", ""),
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # provisions that match certainly, are open, and do not match
        ("effect=operative", ["kenya", "utopia", "texas draft treaty"]),
        ("effect=operative,bill", ["kenya draft", "utopia", "texas treaty"]),
        ("not effect=operative", ["texas draft treaty", "utopia", "kenya"]),
        ("form=Statutory defence", ["kenya draft", "treaty utopia", "texas"]),
        ("kind=statute,code", ["kenya texas", "utopia", "draft treaty"]),
        ("instrument kind=bill", ["draft", "utopia", "kenya texas treaty"]),
        ("jurisdiction kind!=state", ["texas treaty", "", "kenya draft utopia"]),
        ("code=ke", ["kenya", "utopia", "texas draft treaty"]),
        ("code=US", ["texas", "utopia", "kenya draft treaty"]),
        ("code=US-TX", ["texas", "utopia", "kenya draft treaty"]),
        ("code=United States of America", ["texas", "utopia", "kenya draft treaty"]),
        ("code=UK", ["", "utopia", "kenya texas draft treaty"]),
        ("region=Americas", ["texas draft", "utopia", "kenya treaty"]),
        ("region=019", ["texas draft", "utopia", "kenya treaty"]),
        ("region=latin america and the caribbean", ["draft", "utopia", "kenya texas treaty"]),
        ("region=Sub-Saharan Africa,caribbean", ["kenya draft", "utopia", "texas treaty"]),
        ("year=2010", ["kenya", "texas utopia", "draft treaty"]),
        ("year>=2010", ["kenya draft", "texas utopia", "treaty"]),
        ("year > 2010", ["draft", "texas utopia", "kenya treaty"]),
        ("year<=2010", ["kenya treaty", "texas utopia", "draft"]),
        ("not year<2010", ["kenya draft", "texas utopia", "treaty"]),
        ("text=not available", ["kenya texas draft treaty utopia", "", ""]),
        ("text_status=verbatim", ["", "", "kenya texas draft treaty utopia"]),
        ("collection=world", ["", "", "kenya texas draft treaty utopia"]),
    ],
)
def test_facts(condition: str, expected: list[str], corpus: Corpus) -> None:
    book = corpus.codebook
    results = [classify(book, with_facts(name, facts)) for name, facts in FACTS.items()]
    certain, likely, unknown, failing = ids_by_fit(corpus, [condition], results)
    assert [certain, unknown, failing] == expected
    assert likely == ""


def test_coded_field_that_no_dimension_shows(corpus: Corpus) -> None:
    book = corpus.codebook
    results = [
        classify(book, provision({"text": text, "limbs": [limb]}, name))
        for name, text, limb in (
            ("court", "not_held", {"addressee": "court"}),
            ("whole", "verbatim", {"link": "compulsion"}),
            ("part", "not_held", {"link": "compulsion"}),
            ("none", "not_held", {"addressee": "none_reported"}),
        )
    ]
    assert ids_by_fit(corpus, ["addressee=court"], results) == ["court", "", "part", "whole none"]


def test_collection_of_a_provision(run: Callable[..., Ran]) -> None:
    where = ("list", "--where", "collection=world and code=EG", "-f", "json")
    output = json.loads(run(*where).out)
    assert [entry["id"] for entry in output["provisions"]] == ["egypt-21"]
    assert output["corpus"]["collection"] == "all"
    assert json.loads(run(*where, "--collection", "paper").out)["provisions"] == []


@pytest.mark.parametrize("field", ["jurisdiction", "Country", "state"])
def test_jurisdiction_is_another_name_of_the_code(field: str, corpus: Corpus) -> None:
    (condition,) = queries.parse_conditions(corpus, [f"{field}=kenya"])
    assert str(condition) == "code=KE"


@pytest.mark.further
def test_list_says_what_other_collections_have(
    run: Callable[..., Ran], corpus: Corpus, tmp_path: Path
) -> None:
    count = sum(file.collection != "paper" for file in corpus.files)
    words = (
        f"Other collections have {count} more provisions: add --collection all to list them too."
    )

    def remark(*options: str) -> bool:
        return words in " ".join(run("list", *options).out.split())

    assert remark()
    assert remark("-f", "plain")
    assert remark("--where", "threshold=duress")
    assert not remark("--collection", "paper")
    assert not remark("--collection", "all")
    assert not remark("--where", "collection=paper")
    assert "more provision" not in run("list", "-f", "json").out + run("list", "-f", "csv").out
    path = tmp_path / "list.md"
    assert run("list", "-o", path).code == 0
    assert "more provision" not in path.read_text()


def test_condition_on_the_collection_finds_all_its_rows(run: Callable[..., Ran]) -> None:
    def ids(*options: str) -> list[str]:
        output = json.loads(run("list", *options, "-f", "json").out)
        return [entry["id"] for entry in output["provisions"]]

    assert ids("--where", "collection=paper") == ids("--collection", "paper")
    assert "kenya" in ids("--where", "collection=paper")


def test_clause_looks_in_the_collection_of_a_condition(run: Callable[..., Ran]) -> None:
    clause = ("clause", "--threshold", "duress", "--where", "Collection=world", "-f", "json")
    output = json.loads(run(*clause).out)
    assert output["corpus"]["collection"] == "all"
    assert "mexico-37" in [entry["id"] for entry in output["reported"]]


def test_alternatives_may_be_in_quotation_marks(corpus: Corpus) -> None:
    (condition,) = queries.parse_conditions(corpus, ['stage="records", “prosecution”'])
    assert str(condition) == "stage=records,prosecution"


def test_white_space_in_a_condition_does_not_matter(corpus: Corpus) -> None:
    spaces = " " * 20_000
    text = f"{spaces}not{spaces}stage{spaces}={spaces}records{spaces}and\nyear{spaces}>=\t2010"
    assert list(map(str, queries.parse_conditions(corpus, [text]))) == [
        "stage!=records",
        "year>=2010",
    ]
    with pytest.raises(NpcompareError, match='"stage records" is not a valid condition'):
        queries.parse_conditions(corpus, [f"stage{spaces}records"])


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("effect", '"effect" is not a valid condition', "write threshold=duress"),
        ("not", '"not" is not a valid condition', "write threshold=duress"),
        ("=operative", '"=operative" is not a valid condition', "write threshold=duress"),
        ("efect=operative", 'there is no field "efect"', 'did you mean "effect"?'),
        ("offences=any", 'there is no field "offences"', 'did you mean "scope"?'),
        ("effect=operativ", '"operativ" is not a word of effect', 'did you mean "operative"?'),
        (
            "burden=Unknown",
            '"Unknown" is not a class of burden',
            "also those that are unknown: npcompare classify --by burden",
        ),
        ("scope=any ofence", '"any ofence" is not a class of scope', 'did you mean "any_offence"?'),
        ("region=Afrika", '"Afrika" is not a word of region', 'did you mean "africa"?'),
        ("code=Kenia", '"Kenia" is not a word of code', 'did you mean "KE" (Kenya)? write a code'),
        ("code=ZZ", '"ZZ" is not a word of code', "write a code of ISO 3166"),
        ("year=12", '"12" is not a word of year', "write four digits"),
        ("year>2010,2011", "is not a valid condition", "only one year can be compared"),
        ("effect<operative", "is not a valid condition", "only one year can be compared"),
        ("effect=bill or effect=model", "is not a valid condition", "separated by commas"),
        ("effect=bill form=finding", "is not a valid condition", "write “and” between"),
        ("not (effect=bill)", "is not a valid condition", "brackets are not used"),
    ],
)
def test_invalid_conditions(text: str, message: str, hint: str, run: Callable[..., Ran]) -> None:
    ran = run("list", "--where", text)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert hint in ran.err


# --- What the commands make of them --------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "key"),
    [("list", "provisions"), ("classify", "classifications"), ("export", "classifications")],
)
def test_commands_select_the_same_provisions(
    command: str, key: str, run: Callable[..., Ran]
) -> None:
    where = ("--where", "effect=operative and not scope=any_offence", "--collection", "all")
    output = json_output(run(command, *where, "-f", "json"), command)
    ids = {entry["id"] for entry in output[key]}
    assert {"gambia", "qatar-4", "jamaica", "texas-8-09"} <= ids
    assert not ids & {"kenya", "coe-26", "barbados"}
    assert output["where"] == ["effect=operative", "scope!=any_offence"]
    assert "barbados" in output["open"]
    text = " ".join(run(command, *where, "-f", "plain").out.split())
    assert "Only provisions whose effect is operative and whose scope is not any offence." in text
    assert "It is unknown whether" in text


def test_statistics_count_what_was_selected(run: Callable[..., Ran]) -> None:
    where = ("--where", "region=Africa", "--collection", "all")
    output = json_output(run("stats", "threshold", *where, "-f", "json"), "stats")
    ids = {entry for ids in output["dimensions"]["threshold"].values() for entry in ids}
    assert output["provisions"] == len(ids)
    assert {"kenya-14", "gambia", "south-africa-s22"} <= ids
    assert not ids & {"jamaica", "coe-26"}
    assert "Only provisions whose region is Africa." in run("stats", "threshold", *where).out


@pytest.mark.parametrize("command", [["export"], ["classify", "--explain"]])
def test_nothing_is_selected(command: list[str], run: Callable[..., Ran]) -> None:
    ran = run(*command, "--where", "year<1500")
    assert (ran.code, ran.out) == (2, "")
    assert "no provision is known to meet the conditions" in ran.err
    assert "it is unknown whether these do: asean-14-7, barbados" in ran.err
    assert "(none)" in run("classify", "--where", "year<1500", "-f", "plain").out


def test_annex_is_verified_with_its_conditions(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    annex = tmp_path / "annex.json"
    export = ("--corpus", corpus_copy, "export", "--where", "region=Africa", "-o", annex)
    assert run(*export).code == 0
    recipe = json.loads(annex.read_text("utf-8"))["recipe"]
    assert (recipe["ids"], recipe["wish"]["where"]) == (["gambia", "kenya"], ["region=Africa"])
    assert run("--corpus", corpus_copy, "verify", annex).code == 0
    # A provision that newly meets the conditions is a change; another is not.
    for name, code in (("second-kenya", 1), ("second-qatar", 0)):
        text = (corpus_copy / f"{name[7:]}.yaml").read_text("utf-8")
        text = text.replace(f"id: {name[7:]}", f"id: {name}", 1)
        (corpus_copy / f"{name}.yaml").write_text(text, "utf-8")
        assert run("--corpus", corpus_copy, "verify", annex).code == code
        (corpus_copy / f"{name}.yaml").unlink()


# --- Counts -------------------------------------------------------------------------------------


def test_every_provision_is_counted(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("stats", "threshold", "stage", "--collection", "all", "-f", "json").out)
    provisions = corpus.restricted("all").provisions()
    all_ids = {provision.id for provision in provisions}
    assert output["provisions"] == len(all_ids)
    for name in ("threshold", "stage"):
        ids_by_class = output["dimensions"][name]
        assert list(ids_by_class) == [
            *corpus.codebook.dimensions[name].classes,
            "none_reported",
            "silent",
            "unknown",
        ]
        assert {provision_id for ids in ids_by_class.values() for provision_id in ids} == all_ids
        assert set(ids_by_class["unknown"]) == {
            provision.id
            for provision in provisions
            if classify(corpus.codebook, provision).dimensions[name].basis is Basis.UNKNOWN
        }
    cells = output["cross"]["cells"]
    assert {provision_id for cell in cells for provision_id in cell["provisions"]} == all_ids


def test_none_reported_is_counted_only_if_there_is_any(run: Callable[..., Ran]) -> None:
    assert "none reported" not in run("stats", "threshold", "--where", "code=KE").out
    absences = ("--where", "code=IE", "--collection", "all")
    text = run("stats", "threshold", "stage", *absences, "-f", "markdown").out
    assert text.count("None reported") == 4
    assert "Only provisions whose jurisdiction is Ireland." in text


def test_every_dimension_has_one_basis(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("proof", "--collection", "all", "-f", "json").out)["provisions"]
    shown = corpus.restricted("all").provisions()
    assert {entry["id"] for entry in output} == {entry.id for entry in shown}
    for entry in output:
        assert sum(entry["cells"].values()) == len(corpus.codebook.dimensions)
    gambia = next(entry for entry in output if entry["id"] == "gambia")
    unknown = len(corpus.codebook.dimensions) - 9
    assert gambia["cells"] == {"text": 9, "reported": 0, "silent": 0, "unknown": unknown}
    assert gambia["quotations"] == 9
