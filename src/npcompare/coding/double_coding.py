"""The part of a corpus that was coded twice, and how far the two coders agree.

The folder `double-coding` of a corpus has a folder for each of the two codings, `first` and
`second`, in the codebook of the corpus, and `settled.yaml` with the decisions on what they differ
in. These are a record of how reliable the coding is, and not provisions of the corpus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.adjudication import DecisionChecks, read_decisions
from npcompare.coding.agreement import agreement_of_corpora, variables
from npcompare.errors import Code, Problem, ProblemsError, refusals
from npcompare.files import show_path
from npcompare.law.cache import Cache, NullCache
from npcompare.law.checking import check_one
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
    if problems := refusals(double_coding_findings(corpus, options).problems):
        raise ProblemsError(problems)
    first, second = (load_corpus(folder / name, options, corpus) for name in CODINGS)
    corpora, agreement = agreement_of_corpora((first, second))
    path = folder / SETTLED
    decisions = read_decisions(path, corpora[0].codebook) if path.is_file() else {}
    return DoubleCoding(corpora, agreement, decisions)


def double_coding_findings(corpus: Corpus, options: CheckOptions) -> DoubleCodingFindings:
    """Return the findings about the double coding of a corpus, and how many files it has.

    What was found in a file that has not changed is in the cache.
    """
    folder = corpus.folder / DOUBLE_CODING
    if not folder.is_dir():
        return DoubleCodingFindings((), 0)
    if problems := _findings_of_folders(folder):
        return DoubleCodingFindings(problems, 1)
    try:
        first, second = (load_corpus(folder / name, options, corpus) for name in CODINGS)
    except ProblemsError as error:
        return DoubleCodingFindings(error.problems, 1)
    problems = (*first.problems, *second.problems, *_findings_of_decisions(corpus, options))
    if not set(first.ids) & set(second.ids):
        message = "the two codings have no provision in common"
        hint = "the same provision has the same id in both folders"
        problems = (*problems, _finding(folder, message, hint))
    files = len(first.files) + len(second.files) + (folder / SETTLED).is_file()
    return DoubleCodingFindings(tuple(sorted(set(problems))), files)


def _findings_of_decisions(corpus: Corpus, options: CheckOptions) -> tuple[Problem, ...]:
    """Return the findings about the decisions, if there are any."""
    path = corpus.folder / DOUBLE_CODING / SETTLED
    if not path.is_file():
        return ()
    cache = Cache((path, corpus.codebook_path)) if options.use_cache else NullCache()
    file = check_one(path, decision_checks(corpus), cache)
    cache.save()
    return file.problems


def decision_checks(corpus: Corpus) -> DecisionChecks:
    """Return the checks of decisions on provisions of a corpus."""
    return DecisionChecks(variables(corpus.codebook), corpus.checks.digest)


def _findings_of_folders(folder: Path) -> tuple[Problem, ...]:
    """Return the findings about the folders: both codings must be in the folder itself."""
    paths = [folder, *(folder / name for name in (*CODINGS, SETTLED))]
    if links := [linked_out(path) for path in paths if leads_out(path, folder.parent)]:
        return tuple(sorted(links))
    hint = "it has a folder for each coder, first and second, with the same ids in both"
    return tuple(
        _finding(folder, f"the double coding has no folder {name}", hint)
        for name in CODINGS
        if not (folder / name).is_dir()
    )


def _finding(folder: Path, message: str, hint: str) -> Problem:
    return Problem(show_path(folder), 1, 1, Code.NO_CODING, message, hint)
