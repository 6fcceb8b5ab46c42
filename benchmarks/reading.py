"""How well `suggest` reads: precision, recall, exact texts and silent errors.

    python benchmarks/reading.py [--each] [CASES.yaml ...]

The texts were coded by hand beforehand. Without a file it uses the half of the drafted provisions
that was not used to tune the phrase book. `--each` lists the errors of each text; use it only with
texts that may be used to tune.

Proposed limbs are aligned with coded ones in order, so that a missing limb does not make all limbs
after it wrong. A value is wrong if it was proposed and not coded, and missed if it was coded and
not proposed. Either is a silent error if nothing in its text was listed as not understood.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.suggestions import suggest_if_possible
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.model.codebook import Codebook

FIGURES = Path(__file__).parent.parent / "tests" / "reading" / "figures.yaml"

#: Fields of the provision as a whole.
OF_PROVISION = ("raised_by", "burden", "standard")

#: The fields of scope, threshold, stage and force.
CORE = frozenset(
    {"offences.extent", "offences.categories", "offences.excluded", "link", "relief", "force"}
)

#: A field and one of its values.
Value = tuple[str, str]


class Reading(Struct, frozen=True):
    """How one text was read: its values, each by the number of its limb."""

    name: str
    language: str
    kind: str
    correct: Counter[Value]
    wrong: Counter[Value]
    missed: Counter[Value]
    #: Whether anything was listed as not understood.
    has_unread: bool
    #: The correct and wrong values that are clear.
    clear_correct: Counter[Value]
    clear_wrong: Counter[Value]


class Figures(Struct, frozen=True):
    """The figures of some texts, for some fields."""

    texts: int
    exact: int
    correct: int
    wrong: int
    missed: int
    silent: int

    def cells(self) -> str:
        """Return the figures as cells of a table."""
        proposed, coded = self.correct + self.wrong, self.correct + self.missed
        counts = f"{self.texts:7}{self.exact:7}{coded:7}{self.correct:9}"
        rates = f"{self.correct / (proposed or 1):11.2f}{self.correct / (coded or 1):8.2f}"
        return f"{counts}{rates}{self.wrong:7}{self.missed:8}{self.silent:8}"


HEADER = (
    f"{'texts':>7}{'exact':>7}{'coded':>7}{'correct':>9}{'precision':>11}{'recall':>8}"
    f"{'wrong':>7}{'missed':>8}{'silent':>8}"
)


def coded_limbs(case: dict[str, Any]) -> list[set[Value]]:
    """Return the coded values of each limb; the first are of the provision as a whole."""
    provision = {name: case[name] for name in OF_PROVISION if name in case}
    return [
        {(field, value) for field, values in limb.items() for value in values}
        for limb in (provision, *case["limbs"])
    ]


def coded(case: dict[str, Any]) -> set[tuple[int, str, str]]:
    """Return limb, field and value of each coded value; limb 0 is the whole provision."""
    limbs = enumerate(coded_limbs(case))
    return {(number, field, value) for number, limb in limbs for field, value in limb}


def aligned(
    expected: Sequence[set[Value]], proposed: Sequence[set[Value]]
) -> Iterator[tuple[set[Value], set[Value]]]:
    """Yield pairs of limbs in order, so that they agree in as many values as possible.

    A limb without a counterpart is paired with an empty one.
    """
    common = [[0] * (len(proposed) + 1) for _ in range(len(expected) + 1)]
    for row in reversed(range(len(expected))):
        for column in reversed(range(len(proposed))):
            agreement = len(expected[row] & proposed[column]) + common[row + 1][column + 1]
            common[row][column] = max(agreement, common[row + 1][column], common[row][column + 1])
    row = column = 0
    while row < len(expected) and column < len(proposed):
        best = common[row][column]
        if best == common[row + 1][column + 1] + len(expected[row] & proposed[column]):
            yield expected[row], proposed[column]
            row, column = row + 1, column + 1
        elif best == common[row + 1][column]:
            yield expected[row], set()
            row += 1
        else:
            yield set(), proposed[column]
            column += 1
    yield from ((limb, set[Value]()) for limb in expected[row:])
    yield from ((set[Value](), limb) for limb in proposed[column:])


def read(codebook: Codebook, case: dict[str, Any], fields: frozenset[str]) -> Reading:
    """Return how a text is read in some fields; its language is detected."""
    suggestion = suggest_if_possible(codebook, case["text"])
    limbs: dict[int, set[Value]] = defaultdict(set)
    clear: dict[int, set[Value]] = defaultdict(set)
    for proposal in suggestion.proposals:
        if proposal.field in fields:
            values = limbs[proposal.limb]
            values.add((proposal.field, proposal.value))
            if proposal.is_clear:
                clear[id(values)].add((proposal.field, proposal.value))
    provision, *limbs_of_case = coded_limbs(case)
    pairs = [(provision, limbs.pop(0, set()))]
    pairs += aligned(limbs_of_case, [limbs[number] for number in sorted(limbs)])
    correct, wrong, missed = Counter[Value](), Counter[Value](), Counter[Value]()
    clear_correct, clear_wrong = Counter[Value](), Counter[Value]()
    for expected, values in pairs:
        correct.update(expected & values)
        wrong.update(values - expected)
        missed.update(expected - values)
        clear_correct.update(expected & clear[id(values)])
        clear_wrong.update(clear[id(values)] - expected)
    # A text in a language that cannot be read is refused as a whole.
    has_unread = bool(suggestion.unread) or not suggestion.language
    kind = case.get("kind", "drafted")
    return Reading(
        case["name"],
        case["language"],
        kind,
        correct,
        wrong,
        missed,
        has_unread,
        clear_correct,
        clear_wrong,
    )


def readings(codebook: Codebook, paths: Iterable[Path]) -> Iterator[Reading]:
    """Yield how each text of some files is read.

    Only the fields that a file codes at all are counted.
    """
    for path in paths:
        cases = read_yaml(path).data
        fields = frozenset(
            field for case in cases for limb in coded_limbs(case) for field, _ in limb
        ).union(OF_PROVISION, CORE)
        yield from (read(codebook, case, fields) for case in cases)


def figures(texts: Sequence[Reading], fields: Iterable[str]) -> Figures:
    """Return the figures of some texts in some fields."""
    names = frozenset(fields)

    def count(values: Counter[Value]) -> int:
        return sum(number for (field, _), number in values.items() if field in names)

    errors = [(count(each.wrong), count(each.missed), each.has_unread) for each in texts]
    return Figures(
        len(texts),
        sum(not wrong and not missed for wrong, missed, _ in errors),
        sum(count(each.correct) for each in texts),
        sum(wrong for wrong, _, _ in errors),
        sum(missed for _, missed, _ in errors),
        sum(wrong + missed for wrong, missed, has_unread in errors if not has_unread),
    )


def print_table(title: str, rows: Iterable[tuple[str, Figures]]) -> None:
    """Print a table of figures, one row for each group of texts or fields."""
    print(f"{title:24}{HEADER}")
    for name, row in rows:
        print(f"{name:24}{row.cells()}")
    print()


def groups(
    texts: Sequence[Reading], key: Callable[[Reading], str], fields: Iterable[str]
) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of each group of texts, and of all texts."""
    names = frozenset(fields)
    for name in sorted({key(each) for each in texts}):
        yield name, figures([each for each in texts if key(each) == name], names)
    yield "all", figures(texts, names)


def print_precision(texts: Sequence[Reading]) -> None:
    """Print the precision of clear and of other values in core fields."""

    def count(counters: Iterable[Counter[Value]]) -> int:
        return sum(n for values in counters for (field, _), n in values.items() if field in CORE)

    clear = (
        count(text.clear_correct for text in texts),
        count(text.clear_wrong for text in texts),
    )
    of_all = count(text.correct for text in texts), count(text.wrong for text in texts)
    others = of_all[0] - clear[0], of_all[1] - clear[1]
    for name, (correct, wrong) in {"clear": clear, "other": others}.items():
        proposed = correct + wrong
        print(
            f"precision of {name} values: {correct / (proposed or 1):.3f} "
            f"({correct:,} of {proposed:,}), {proposed / (sum(of_all) or 1):.2f} of all values"
        )


def print_errors(texts: Iterable[Reading]) -> None:
    """Print the errors of each text that has any."""
    for text in texts:
        if text.wrong or text.missed:
            print(f"{text.name} ({text.language}, {'' if text.has_unread else 'nothing '}unread)")
            for title, values in (("wrong", text.wrong), ("missed", text.missed)):
                for (field, value), number in sorted(values.items()):
                    print(f"  {title:8}{field}: {value}{f' x {number}' if number > 1 else ''}")


def main() -> None:
    """Print the figures for each field, language and kind of drafting."""
    parser = argparse.ArgumentParser(description="How well `suggest` reads.")
    parser.add_argument("--each", action="store_true", help="list the errors of each text")
    parser.add_argument("files", nargs="*", type=Path, default=[FIGURES], metavar="CASES.yaml")
    options = parser.parse_args()
    texts = list(readings(load_corpus().codebook, options.files))
    if options.each:
        print_errors(texts)
    proposed = {field for text in texts for field, _ in text.correct + text.wrong + text.missed}
    names = [name for name in FIELDS if name in proposed]
    print_table("field", [(name, figures(texts, [name])) for name in names])
    print_table("language", groups(texts, lambda text: text.language, FIELDS))
    print_table("language, core fields", groups(texts, lambda text: text.language, CORE))
    print_table("kind", groups(texts, lambda text: text.kind, FIELDS))
    print_table("kind, core fields", groups(texts, lambda text: text.kind, CORE))
    print_precision(texts)
    print("exact: texts without an error; silent: errors in texts with nothing unread")
    print("core fields: offences, link, relief and force")


if __name__ == "__main__":
    main()
