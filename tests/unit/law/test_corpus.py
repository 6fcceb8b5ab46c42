"""The corpus: its folders, how a provision is found by name, ids used twice, and the digest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.analysis.classification import classify
from npcompare.errors import Code, NpcompareError
from npcompare.files import show_path
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def codes(corpus: Corpus) -> list[tuple[str, Code]]:
    return [(Path(problem.path).name, problem.code) for problem in corpus.problems]


@pytest.mark.parametrize(
    ("name", "provision_id"),
    [
        ("kenya", "kenya"),
        ("KENYA", "kenya"),
        ("coe", "coe-26"),
        ("Asean", "asean-14-7"),
        ("KE", "kenya"),
        ("be", "belgium"),
        ("Council of Europe", "coe-26"),
        ("UNITED KINGDOM", "united-kingdom"),
        ("UK", "united-kingdom"),
        ("Marshall Islands", "marshall-islands"),
    ],
)
def test_provision_is_found_by_id_alias_code_or_name(
    name: str, provision_id: str, corpus: Corpus
) -> None:
    assert corpus.find(name).id == provision_id


def test_provisions_are_sorted_by_jurisdiction(corpus: Corpus) -> None:
    names = [provision.jurisdiction.name for provision in corpus.provisions()]
    assert names == sorted(names, key=str.casefold)
    assert corpus.select([]) == corpus.provisions()
    selection = corpus.select(["qatar", "kenya"])
    assert [provision.id for provision in selection] == ["qatar", "kenya"]


@pytest.mark.parametrize("name", ["ke", "Kenya Republic"])
def test_ambiguous_name_lists_the_candidates(name: str, corpus_copy: Path) -> None:
    text = (corpus_copy / "kenya.yaml").read_text().replace("name: Kenya", "name: Kenya Republic")
    (corpus_copy / "kenya.yaml").write_text(text)
    (corpus_copy / "kenya-bill.yaml").write_text(text.replace("id: kenya", "id: kenya-bill"))
    with pytest.raises(NpcompareError) as caught:
        load_corpus(corpus_copy).find(name)
    assert caught.value.message == f'"{name}" has several provisions'
    assert caught.value.hint == "choose one of: kenya, kenya-bill"


@pytest.mark.parametrize(
    ("name", "provision_id"), [("kenia", "kenya"), ("Council of Europa", "coe-26")]
)
def test_unknown_name_gets_the_most_similar_one(
    name: str, provision_id: str, corpus: Corpus
) -> None:
    with pytest.raises(NpcompareError) as caught:
        corpus.find(name)
    assert caught.value.message == f'there is no provision "{name}" in the corpus'
    assert caught.value.hint.startswith(f'did you mean "{provision_id}"? ')


ALL = "`npcompare list --collection all` shows all; to use a file, give its path"
NONE = "which does not mean that its law has none;"
OF_THE_UNITED_STATES = (
    "us-states-duress, us-vacatur-broad, us-vacatur-prostitution, arkansas-5-2-210, "
    "california-236-14, california-236-23, dc-22-1844, dc-22-2701, florida-943-0583, iowa-710a-3, "
    "new-york-440-10, new-york-440-10-2021, texas-8-09, us-18-usc-28, us-18-usc-3771a, "
    "us-22-usc-7101, us-6-usc-645, wisconsin-939-46, wyoming-6-2-708"
)


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("nigeria", f"the corpus has no provision of Nigeria, {NONE} "),
        ("NG", f"the corpus has no provision of Nigeria, {NONE} "),
        ("Vietnam", f"the corpus has no provision of Viet Nam, {NONE} "),
        ("Iceland", f"the corpus has no provision of Iceland, {NONE} "),
        ("Iran", f"the corpus has no provision of Iran (Islamic Republic of), {NONE} "),
        ("England", 'did you mean "england-and-wales-s45"? '),
        ("United States", f"choose one of: {OF_THE_UNITED_STATES}; "),
        ("Lithuana", "choose one of: lithuania-147-1-3, lithuania-147-3, lithuania-157-3; "),
        ("United", ""),
        ("Britain", ""),
        ("and", ""),
    ],
)
def test_unknown_name_of_a_state_is_explained(name: str, guess: str, corpus: Corpus) -> None:
    with pytest.raises(NpcompareError) as caught:
        corpus.find(name)
    assert caught.value.hint == f"{guess}{ALL}"


def test_state_is_found_under_another_name(corpus_copy: Path) -> None:
    path = corpus_copy / "qatar.yaml"
    path.write_text(path.read_text().replace("QA", "VN"))
    with pytest.raises(NpcompareError) as caught:
        load_corpus(corpus_copy).find("Viet Nam")
    assert caught.value.hint == f'did you mean "qatar"? {ALL}'


def test_workbook_is_to_be_imported_first(corpus: Corpus) -> None:
    with pytest.raises(NpcompareError) as caught:
        corpus.find("coding.xlsx")
    assert caught.value.message == "coding.xlsx is a workbook, and its provisions are not files yet"
    assert caught.value.hint == ("write them first: npcompare import coding.xlsx -o my-corpus")


@pytest.mark.parametrize("ending", [".yaml", ".yml"])
def test_path_is_found_without_its_ending(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / f"my-bill{ending}").write_text(text.replace("id: kenya", "id: my-bill"))
    monkeypatch.chdir(tmp_path)
    for name in ("my-bill", "./my-bill", f"my-bill{ending}"):
        corpus = load_corpus()
        assert corpus.find(name).id == "my-bill"
        assert corpus.name_of(corpus.find(name)) == name.removesuffix(ending) + ending


def test_id_comes_before_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / "kenya.yaml").write_text(text.replace("code: KE", "code: KN"))
    monkeypatch.chdir(tmp_path)
    assert load_corpus().find("kenya").jurisdiction.code == "KE"


def test_id_or_alias_used_twice_is_a_finding(corpus_copy: Path) -> None:
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "more").mkdir()
    (corpus_copy / "more" / "kenya.yaml").write_text(text)
    (corpus_copy / "uganda.yaml").write_text(
        text.replace("id: kenya", "id: uganda\naliases: [ke-14, coe-26]")
    )
    corpus = load_corpus(corpus_copy)
    assert codes(corpus) == [("kenya.yaml", Code.ID_TAKEN), ("uganda.yaml", Code.ID_TAKEN)]


def test_corpus_may_be_in_a_folder_named_statutes(corpus_copy: Path) -> None:
    corpus_copy.rename(corpus_copy.parent / "statutes")
    assert len(load_corpus(corpus_copy.parent).files) == 7


def test_hidden_and_other_files_are_not_read(corpus_copy: Path) -> None:
    (corpus_copy / ".draft.yaml").write_text("not: a provision")
    (corpus_copy / ".git").mkdir()
    (corpus_copy / ".git" / "x.yaml").write_text("not: a provision")
    (corpus_copy / "notes.txt").write_text("not a provision")
    assert load_corpus(corpus_copy).problems == ()


def test_corpus_bibliography_adds_to_the_bundled_one(corpus_copy: Path) -> None:
    (corpus_copy / "sources.yaml").write_text(
        "gazette: {title: Gazette, short: Gazette, kind: report}\n"
    )
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "kenya.yaml").write_text(
        text.replace("ref: background-paper", "ref: gazette", 1)
    )
    corpus = load_corpus(corpus_copy)
    assert corpus.problems == ()
    assert {"background-paper", "gazette"} <= set(corpus.documents)


@pytest.mark.parametrize("name", ["sources.yaml", "dataset.yaml"])
def test_file_of_a_corpus_in_a_subfolder_is_said(name: str, corpus_copy: Path) -> None:
    (corpus_copy / "world").mkdir()
    (corpus_copy / "world" / name).write_text("{}\n", encoding="utf-8")
    (problem,) = load_corpus(corpus_copy).problems
    assert str(problem).endswith(
        f"own/world/{name}:1:1 NP107 the file was not read, because it is in a sub-folder"
    )
    assert problem.hint == f"move what it has to {show_path(corpus_copy / name)}"


@pytest.mark.parametrize("name", ["sources.yaml", "dataset.yaml", "codebook.yaml"])
def test_folder_named_like_a_file_is_said(name: str, corpus_copy: Path) -> None:
    path = corpus_copy / name
    path.unlink(missing_ok=True)
    path.mkdir()
    (problem,) = load_corpus(corpus_copy).problems
    assert str(problem).endswith(
        f"own/{name}:1:1 NP107 it is a folder, not a file, and was not read"
    )
    assert problem.hint == "rename the folder, or move it away"


def test_release_in_a_corpus_is_ignored(corpus_copy: Path) -> None:
    (corpus_copy / "release").mkdir()
    for name in ("codebook.yaml", "dataset.yaml", "datapackage.json"):
        (corpus_copy / "release" / name).write_text("{}\n", encoding="utf-8")
    assert load_corpus(corpus_copy).problems == ()


def test_date_in_a_bibliography_must_exist(corpus_copy: Path) -> None:
    (corpus_copy / "sources.yaml").write_text(
        "gazette: {title: Gazette, short: Gazette, kind: report, date: 2021-04-31}\n"
    )
    (problem,) = load_corpus(corpus_copy).problems
    assert (problem.line, problem.column, problem.message) == (
        1,
        63,
        '"2021-04-31" is not a valid date: April 2021 has the days 1 to 30',
    )


def test_corpus_may_have_its_own_codebook(corpus_copy: Path) -> None:
    bundled_codebook = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    own_codebook = bundled_codebook.replace(
        "    drugs: {label",
        "    piracy: {label: piracy, definition: Piracy at sea.}\n    drugs: {label",
    )
    (corpus_copy / "codebook.yaml").write_text(own_codebook)
    text = (corpus_copy / "jamaica.yaml").read_text()
    (corpus_copy / "jamaica.yaml").write_text(
        text.replace("[immigration,", "[piracy, immigration,")
    )
    corpus = load_corpus(corpus_copy)
    assert corpus.problems == ()
    scope = classify(corpus.codebook, corpus.find("jamaica")).dimensions["scope"]
    assert scope.categories == ("immigration", "prostitution", "piracy")
    (corpus_copy / "codebook.yaml").unlink()
    assert codes(load_corpus(corpus_copy)) == [("jamaica.yaml", Code.NOT_A_WORD)]


def test_digest_depends_on_the_data_not_the_layout(corpus_copy: Path) -> None:
    before = load_corpus(corpus_copy).digest()
    assert before == load_corpus(corpus_copy).digest()
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "kenya.yaml").write_text(
        f"{text}# a comment\n".replace("\n", "\r\n"), newline=""
    )
    assert load_corpus(corpus_copy).digest() == before
    (corpus_copy / "kenya.yaml").write_text(text.replace("code: KE", "code: KN"))
    assert load_corpus(corpus_copy).digest() != before


def test_digest_covers_files_outside_the_corpus(tmp_path: Path) -> None:
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / "bill.yaml").write_text(text)
    corpus = load_corpus()
    before = corpus.digest()
    assert corpus.find(str(tmp_path / "bill.yaml")) is corpus.find(str(tmp_path / "bill.yaml"))
    assert corpus.digest() != before


def test_unreadable_folder_is_an_error(corpus_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(NpcompareError, match="cannot be read"):
        load_corpus(corpus_copy)


def test_digest_is_that_of_a_canonical_json_text() -> None:
    corpus = load_corpus()
    files = [file.data() for file in (*corpus.files, *corpus.profile_files)]
    data = [corpus.codebook_data, corpus.documents, files]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert digest == corpus.digest() == load_corpus(None, CheckOptions(use_cache=False)).digest()
