"""The part of a corpus that was coded twice, and how far the two coders agree.

The folder `double-coding` of a corpus has a folder for each of the two codings, `first` and
`second`, in the codebook of the corpus, and `settled.yaml` with the decisions on what they differ
in. These are a record of how reliable the coding is, and not provisions of the corpus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.adjudication import read_decisions
from npcompare.coding.agreement import agreement_of_corpora
from npcompare.errors import Code, NpcompareError, Problem, ProblemsError, refusals
from npcompare.files import show_path
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import DOUBLE_CODING, leads_out, linked_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from npcompare.coding.adjudication import Decision, Key
    from npcompare.coding.agreement import Agreement
    from npcompare.law.checking import CheckOptions
    from npcompare.law.corpus import Corpus

#: The folders of the two codings, and the file with the decisions.
CODINGS = ("first", "second")
SETTLED = "settled.yaml"


class DoubleCoding(NamedTuple):
    """Two codings of some provisions, their agreement, and what was decided."""

    #: The corpora of the two coders, in which every coded field has a dimension.
    corpora: tuple[Corpus, Corpus]
    agreement: Agreement
    decisions: Mapping[Key, Decision]


class DoubleCodingFindings(NamedTuple):
    """What was found in a folder of double coding."""

    problems: tuple[Problem, ...]
    #: How many files were checked.
    checked: int


def load_double_coding(corpus: Corpus, options: CheckOptions) -> DoubleCoding | None:
    """Return the double coding of a corpus; None if there is none.

    Raises ProblemsError if there are findings in it.
    """
    folder = corpus.folder / DOUBLE_CODING
    if not folder.is_dir():
        return None
    _require_folders(folder)
    first, second = (load_corpus(folder / name, options, corpus) for name in CODINGS)
    problems = (*first.problems, *second.problems)
    if refused := refusals(problems):
        raise ProblemsError(tuple(sorted(set(refused))))
    try:
        corpora, agreement = agreement_of_corpora((first, second))
    except NpcompareError as error:
        raise ProblemsError((_finding(folder, error.message, error.hint),)) from error
    path = folder / SETTLED
    decisions = read_decisions(path, corpora[0].codebook) if path.is_file() else {}
    return DoubleCoding(corpora, agreement, decisions)


def double_coding_findings(corpus: Corpus, options: CheckOptions) -> DoubleCodingFindings:
    """Return the findings about the double coding of a corpus, and how many files it has."""
    try:
        double_coding = load_double_coding(corpus, options)
    except ProblemsError as error:
        return DoubleCodingFindings(error.problems, len({each.path for each in error.problems}))
    if double_coding is None:
        return DoubleCodingFindings((), 0)
    has_decisions = (corpus.folder / DOUBLE_CODING / SETTLED).is_file()
    files = sum(len(coding.files) for coding in double_coding.corpora)
    return DoubleCodingFindings((), files + has_decisions)


def _require_folders(folder: Path) -> None:
    """Raise ProblemsError unless both codings are in the folder itself."""
    paths = [folder, *(folder / name for name in (*CODINGS, SETTLED))]
    if links := [linked_out(path) for path in paths if leads_out(path, folder.parent)]:
        raise ProblemsError(tuple(sorted(links)))
    hint = "it has a folder for each coder, first and second, with the same ids in both"
    missing = [
        _finding(folder, f"the double coding has no folder {name}", hint)
        for name in CODINGS
        if not (folder / name).is_dir()
    ]
    if missing:
        raise ProblemsError(tuple(missing))


def _finding(folder: Path, message: str, hint: str) -> Problem:
    return Problem(show_path(folder), 1, 1, Code.NO_CODING, message, hint)
