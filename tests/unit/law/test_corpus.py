"""The corpus: where it lies, how a name finds its provision, what is taken twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.analysis.classification import classify
from npcompare.errors import Code, NpcompareError
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def codes(corpus: Corpus) -> list[tuple[str, Code]]:
    return [(Path(one.path).name, one.code) for one in corpus.problems]


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
    names = [one.jurisdiction.name for one in corpus.provisions()]
    assert names == sorted(names, key=str.casefold)
    assert [one.id for one in corpus.select([])] == [one.id for one in corpus.provisions()]
    assert [one.id for one in corpus.select(["qatar", "kenya"])] == ["qatar", "kenya"]


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


def test_an_id_or_alias_is_taken_once(corpus_copy: Path) -> None:
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "more").mkdir()
    (corpus_copy / "more" / "kenya.yaml").write_text(text)
    (corpus_copy / "uganda.yaml").write_text(
        text.replace("id: kenya", "id: uganda\naliases: [ke-14, coe-26]")
    )
    corpus = load_corpus(corpus_copy)
    assert codes(corpus) == [("kenya.yaml", Code.ID_TAKEN), ("uganda.yaml", Code.ID_TAKEN)]


def test_a_corpus_may_lie_in_a_folder_named_statutes(corpus_copy: Path) -> None:
    corpus_copy.rename(corpus_copy.parent / "statutes")
    assert len(load_corpus(corpus_copy.parent).files) == 7


def test_hidden_files_and_other_files_are_no_provisions(corpus_copy: Path) -> None:
    (corpus_copy / ".draft.yaml").write_text("no: provision")
    (corpus_copy / ".git").mkdir()
    (corpus_copy / ".git" / "x.yaml").write_text("no: provision")
    (corpus_copy / "notes.txt").write_text("no provision")
    assert load_corpus(corpus_copy).problems == ()


def test_the_bibliography_of_a_corpus_adds_to_the_bundled_one(corpus_copy: Path) -> None:
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


def test_a_corpus_may_bring_its_own_codebook(corpus_copy: Path) -> None:
    ours = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    added = ours.replace(
        "    drugs: {label",
        "    piracy: {label: piracy, definition: Piracy at sea.}\n    drugs: {label",
    )
    (corpus_copy / "codebook.yaml").write_text(added)
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


def test_the_digest_follows_the_data_and_not_its_dress(corpus_copy: Path) -> None:
    before = load_corpus(corpus_copy).digest()
    assert before == load_corpus(corpus_copy).digest()
    text = (corpus_copy / "kenya.yaml").read_text()
    (corpus_copy / "kenya.yaml").write_text(f"{text}# a remark\n".replace("\n", "\r\n"), newline="")
    assert load_corpus(corpus_copy).digest() == before
    (corpus_copy / "kenya.yaml").write_text(text.replace("code: KE", "code: KN"))
    assert load_corpus(corpus_copy).digest() != before


def test_a_draft_is_part_of_the_digest(tmp_path: Path) -> None:
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / "bill.yaml").write_text(text)
    corpus = load_corpus()
    before = corpus.digest()
    assert corpus.find(str(tmp_path / "bill.yaml")) is corpus.find(str(tmp_path / "bill.yaml"))
    assert corpus.digest() != before


def test_an_unreadable_folder_is_trouble(
    corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(NpcompareError, match="cannot be read"):
        load_corpus(corpus_copy)


def test_the_digest_is_of_one_canonical_json_text() -> None:
    fresh = load_corpus()
    every = [fresh._codebook_data, fresh.documents, [file.data() for file in fresh.files]]
    text = json.dumps(every, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert digest == fresh.digest() == load_corpus(None, CheckOptions(use_cache=False)).digest()
