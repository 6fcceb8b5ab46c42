"""The part of a corpus that was coded twice: read, checked, and not part of the provisions."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.coding.double_coding import load_double_coding
from npcompare.errors import ProblemsError
from npcompare.law.checking import DEFAULT_OPTIONS
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CODERS = TESTS / "coders"


@pytest.fixture
def folder(corpus_copy: Path) -> Path:
    """Return the folder of double coding in a corpus."""
    shutil.copytree(CODERS, corpus_copy / "double-coding")
    return corpus_copy / "double-coding"


def test_double_coding_is_no_part_of_the_corpus(folder: Path) -> None:
    corpus = load_corpus(folder.parent)
    assert corpus.problems == ()
    assert "freedonia" not in corpus.names
    assert corpus.collections == ("paper",)
    shutil.rmtree(folder)
    assert load_corpus(folder.parent).digest() == corpus.digest()


def test_agreement_is_that_of_agree(folder: Path) -> None:
    double_coding = load_double_coding(load_corpus(folder.parent), DEFAULT_OPTIONS)
    assert double_coding
    shared = ("erewhon", "freedonia", "laputa", "lilliput", "ruritania")
    assert double_coding.agreement.shared == shared
    assert double_coding.agreement.only_b == ("barataria",)
    assert ("freedonia", "addressee") in double_coding.decisions


def test_corpus_without_double_coding_has_none(corpus_copy: Path) -> None:
    assert load_double_coding(load_corpus(corpus_copy), DEFAULT_OPTIONS) is None


def test_codings_may_refer_to_provisions_of_the_corpus(folder: Path) -> None:
    path = folder / "first" / "freedonia.yaml"
    path.write_text(path.read_text() + "fuller: [kenya]\n")
    assert load_double_coding(load_corpus(folder.parent), DEFAULT_OPTIONS)
    path.write_text(path.read_text().replace("[kenya]", "[kenia, laputa]"))
    with pytest.raises(ProblemsError) as caught:
        load_double_coding(load_corpus(folder.parent), DEFAULT_OPTIONS)
    assert [problem.code for problem in caught.value.problems] == ["NP404"]


@pytest.mark.further
def test_codebook_of_the_corpus_applies(folder: Path) -> None:
    book = (TESTS.parent / "schemas" / "codebook.yaml").read_text(encoding="utf-8")
    own_book = book.replace("label: duress-based", "label: under duress")
    (folder.parent / "codebook.yaml").write_text(own_book, encoding="utf-8")
    double_coding = load_double_coding(load_corpus(folder.parent), DEFAULT_OPTIONS)
    assert double_coding
    book_of_coder = double_coding.corpora[0].codebook
    assert book_of_coder.dimensions["threshold"].label_of("duress") == "under duress"


def test_validate_counts_the_files(folder: Path, run: Callable[..., Ran]) -> None:
    file_count = len(list(folder.parent.glob("*.yaml"))) + 1
    assert run("validate", folder.parent).err == f"{file_count + 13} files checked: no findings\n"
    assert run("validate", folder).err == "13 files checked: no findings\n"
    one_file = run("validate", folder / "settled.yaml", "--corpus", folder.parent)
    assert one_file.err == "1 file checked: no findings\n"


def findings(run: Callable[..., Ran], folder: Path) -> list[str]:
    """Return the findings about a folder, without hints and without its path."""
    ran = run("validate", folder)
    assert ran.code in (1, 2)
    lines = [line for line in ran.out.splitlines() if not line.startswith("  hint")]
    return [line.removeprefix(f"{folder}") for line in lines]


def test_mistakes_have_findings(folder: Path, run: Callable[..., Ran]) -> None:
    path = folder / "second" / "laputa.yaml"
    path.write_text(path.read_text().replace("id: laputa", "id: balnibarbi"))
    (finding,) = findings(run, folder)
    assert finding.startswith('/second/laputa.yaml:3:5 NP401 the id "balnibarbi" is not')


@pytest.mark.further
def test_wrong_decision_has_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    path = folder / "settled.yaml"
    path.write_text(path.read_text().replace("dimension: addressee", "dimension: adressee"))
    (finding,) = findings(run, folder)
    assert 'NP203 "adressee" is not a dimension of the codebook' in finding


def test_missing_coding_has_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    shutil.rmtree(folder / "second")
    assert findings(run, folder) == [":1:1 NP207 the double coding has no folder second"]
    (folder / "second").mkdir()
    shutil.copy(CODERS / "second" / "barataria.yaml", folder / "second")
    (finding,) = findings(run, folder)
    assert finding == ":1:1 NP207 the two codings have no provision in common"


def test_link_that_leads_out_is_not_followed(
    folder: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (folder / "second").rename(tmp_path / "elsewhere")
    (folder / "second").symlink_to(tmp_path / "elsewhere")
    (finding,) = findings(run, folder)
    assert finding.startswith("/second:1:1 NP107 it is a link that leads out")
