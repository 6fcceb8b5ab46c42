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
from npcompare.law.checking import Means
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def codes(corpus: Corpus) -> list[tuple[str, Code]]:
    return [(Path(one.path).name, one.code) for one in corpus.problems]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("kenya", "kenya"),
        ("KENYA", "kenya"),
        ("coe", "coe-26"),
        ("Asean", "asean-14-7"),
        ("KE", "kenya"),
        ("be", "belgium"),
    ],
)
def test_names(name: str, found: str, corpus: Corpus) -> None:
    assert corpus.find(name).id == found


def test_provisions_stand_in_the_order_of_their_jurisdictions(corpus: Corpus) -> None:
    names = [one.jurisdiction.name for one in corpus.provisions()]
    assert names == sorted(names, key=str.casefold)
    assert [one.id for one in corpus.select([])] == [one.id for one in corpus.provisions()]
    assert [one.id for one in corpus.select(["qatar", "kenya"])] == ["qatar", "kenya"]


def test_a_code_of_several_provisions_is_refused_with_their_ids(own: Path) -> None:
    text = (own / "kenya.yaml").read_text()
    (own / "kenya-bill.yaml").write_text(text.replace("id: kenya", "id: kenya-bill"))
    with pytest.raises(NpcompareError, match="the code of several") as caught:
        load_corpus(own).find("ke")
    assert caught.value.hint == "name one: kenya, kenya-bill"


def test_an_id_or_alias_is_taken_once(own: Path) -> None:
    text = (own / "kenya.yaml").read_text()
    (own / "more").mkdir()
    (own / "more" / "kenya.yaml").write_text(text)
    (own / "uganda.yaml").write_text(
        text.replace("id: kenya", "id: uganda\naliases: [ke-14, coe-26]")
    )
    corpus = load_corpus(own)
    assert codes(corpus) == [("kenya.yaml", Code.ID_TAKEN), ("uganda.yaml", Code.ID_TAKEN)]


def test_a_corpus_may_lie_in_a_folder_named_statutes(own: Path) -> None:
    own.rename(own.parent / "statutes")
    assert len(load_corpus(own.parent).files) == 7


def test_hidden_files_and_other_files_are_no_provisions(own: Path) -> None:
    (own / ".draft.yaml").write_text("no: provision")
    (own / ".git").mkdir()
    (own / ".git" / "x.yaml").write_text("no: provision")
    (own / "notes.txt").write_text("no provision")
    assert load_corpus(own).problems == ()


def test_the_bibliography_of_a_corpus_adds_to_the_bundled_one(own: Path) -> None:
    (own / "sources.yaml").write_text("gazette: {title: Gazette, short: Gazette, kind: report}\n")
    text = (own / "kenya.yaml").read_text()
    (own / "kenya.yaml").write_text(text.replace("ref: background-paper", "ref: gazette", 1))
    corpus = load_corpus(own)
    assert corpus.problems == ()
    assert {"background-paper", "gazette"} <= set(corpus.documents)


def test_a_corpus_may_bring_its_own_codebook(own: Path) -> None:
    ours = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    added = ours.replace(
        "    drugs: {label",
        "    piracy: {label: piracy, definition: Piracy at sea.}\n    drugs: {label",
    )
    (own / "codebook.yaml").write_text(added)
    text = (own / "jamaica.yaml").read_text()
    (own / "jamaica.yaml").write_text(text.replace("[immigration,", "[piracy, immigration,"))
    corpus = load_corpus(own)
    assert corpus.problems == ()
    scope = classify(corpus.codebook, corpus.find("jamaica")).dimensions["scope"]
    assert scope.categories == ("immigration", "prostitution", "piracy")
    (own / "codebook.yaml").unlink()
    assert codes(load_corpus(own)) == [("jamaica.yaml", Code.NOT_A_WORD)]


def test_the_digest_follows_the_data_and_not_its_dress(own: Path) -> None:
    before = load_corpus(own).digest()
    assert before == load_corpus(own).digest()
    text = (own / "kenya.yaml").read_text()
    (own / "kenya.yaml").write_text(f"{text}# a remark\n".replace("\n", "\r\n"), newline="")
    assert load_corpus(own).digest() == before
    (own / "kenya.yaml").write_text(text.replace("code: KE", "code: KN"))
    assert load_corpus(own).digest() != before


def test_a_draft_is_part_of_the_digest(tmp_path: Path) -> None:
    text = (TESTS.parent / "statutes" / "kenya.yaml").read_text()
    (tmp_path / "bill.yaml").write_text(text)
    corpus = load_corpus()
    before = corpus.digest()
    assert corpus.find(str(tmp_path / "bill.yaml")) is corpus.find(str(tmp_path / "bill.yaml"))
    assert corpus.digest() != before


def test_an_unreadable_folder_is_trouble(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(NpcompareError, match="cannot be read"):
        load_corpus(own)


def test_the_digest_is_of_one_canonical_json_text() -> None:
    fresh = load_corpus()
    every = [fresh._codebook_data, fresh.documents, [file.data() for file in fresh.files]]
    text = json.dumps(every, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert digest == fresh.digest() == load_corpus(None, Means(keep=False)).digest()
