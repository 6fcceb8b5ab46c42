"""How well `suggest` reads whole Acts: the rules it finds, the limbs it invents, and what it loses.

    python benchmarks/acts.py [ACT.txt ...]    # all of tests/reading/acts if none

Beside each text is its coding; tests/reading/acts/README.md explains it. A rule is recognized if
a limb is proposed in its section. A limb is false if no coded limb of its section corresponds to
it. A value is lost in silence if it is missed, and nothing of its section is listed as not
understood; in a damaged copy, if it is not read there although the clean text gives it, and no
more words of its section are listed than in the clean text.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from reading import CORE, aligned, coded_limbs

from npcompare.coding.suggestions import suggest
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reading import Value

    from npcompare.coding.suggestions import Suggestion
    from npcompare.model.codebook import Codebook

TESTS = Path(__file__).parent.parent / "tests"
ACTS = TESTS / "reading" / "acts"


class ActFigures(Struct, frozen=True):
    """How one Act was read; values are those of the core fields."""

    rules: int = 0
    recognized: int = 0
    coded: int = 0
    proposed: int = 0
    false: int = 0
    correct: int = 0
    wrong: int = 0
    missed: int = 0
    silent: int = 0
    #: The passages that are listed as not understood.
    unread: int = 0

    def __add__(self, figures: ActFigures) -> ActFigures:
        """Return the sums of the figures of two Acts."""
        names = self.__struct_fields__
        return ActFigures(*(getattr(self, name) + getattr(figures, name) for name in names))

    def cells(self) -> str:
        """Return the figures as cells of a table."""
        return "".join(f"{getattr(self, name):11}" for name in self.__struct_fields__)


class Act(Struct, frozen=True):
    """A text with its language, and the coded limbs of each of its rules, by their sections."""

    name: str
    text: str
    language: str
    rules: dict[str, list[set[Value]]]


def load_act(path: Path) -> Act:
    """Return an Act with the coding beside it."""
    coding: dict[str, Any] = read_yaml(path.with_suffix(".yaml")).data
    rules = {str(rule["section"]): coded_limbs(rule)[1:] for rule in coding["rules"]}
    return Act(path.stem, path.read_text(encoding="utf-8"), coding["language"], rules)


def limbs_by_section(reading: Suggestion) -> dict[str, list[set[Value]]]:
    """Return the proposed limbs of each section: where their relief is, or else any value."""
    limbs: dict[int, set[Value]] = defaultdict(set)
    places: dict[int, int] = {}
    for proposal in reading.proposals:
        if proposal.limb:
            limbs[proposal.limb].add((proposal.field, proposal.value))
            if proposal.limb not in places or proposal.field == "relief":
                places[proposal.limb] = proposal.start
    by_section: dict[str, list[set[Value]]] = defaultdict(list)
    for number in sorted(limbs):
        by_section[reading.places.article(places[number])].append(limbs[number])
    return by_section


def words_unread(reading: Suggestion) -> Counter[str]:
    """Return how many words of each section are listed as not understood."""
    words: Counter[str] = Counter()
    for start, end in reading.unread:
        words[reading.places.article(start)] += len(reading.words(start, end).split())
    return words


def figures_of(act: Act, reading: Suggestion) -> ActFigures:
    """Return how an Act was read."""
    proposed = limbs_by_section(reading)
    unread = words_unread(reading)
    false = correct = wrong = missed = silent = 0
    for section in {*act.rules, *proposed}:
        for expected, values in aligned(act.rules.get(section, []), proposed.get(section, [])):
            false += not expected
            right, core = _core(expected), _core(values)
            correct += len(right & core)
            wrong += len(core - right)
            missed += len(right - core)
            silent += 0 if unread[section] else len(right - core)
    return ActFigures(
        rules=len(act.rules),
        recognized=sum(section in proposed for section in act.rules),
        coded=sum(map(len, act.rules.values())),
        proposed=sum(map(len, proposed.values())),
        false=false,
        correct=correct,
        wrong=wrong,
        missed=missed,
        silent=silent,
        unread=len(reading.unread),
    )


def _core(values: set[Value]) -> set[Value]:
    return {(field, value) for field, value in values if field in CORE}


def values_by_section(reading: Suggestion) -> Counter[tuple[str, str, str]]:
    """Return how often each value is proposed in each section."""
    return Counter(
        (section, field, value)
        for section, limbs in limbs_by_section(reading).items()
        for limb in limbs
        for field, value in limb
    )


class Loss(Struct, frozen=True):
    """What the reading of a damaged copy has beside that of the clean text."""

    losses: int
    silent: int
    additions: int


def loss(clean: Suggestion, damaged: Suggestion) -> Loss:
    """Return how many values are lost, lost in silence, and read in the damaged copy alone."""
    before, after = values_by_section(clean), values_by_section(damaged)
    losses = before - after
    words_before, words_after = words_unread(clean), words_unread(damaged)
    silent = {
        value: number
        for value, number in losses.items()
        if words_after[value[0]] <= words_before[value[0]]
    }
    return Loss(losses.total(), sum(silent.values()), (after - before).total())


def print_acts(codebook: Codebook, acts: Sequence[Act]) -> None:
    """Print the figures of each Act, of all of them, and of each damaged copy."""
    sys.path.append(str(TESTS / "unit" / "coding"))
    import damage

    clean = {act.name: suggest(codebook, act.text, act.language) for act in acts}
    print(f"{'Act':24}" + "".join(f"{name:>11}" for name in ActFigures.__struct_fields__))
    total = ActFigures()
    for act in acts:
        row = figures_of(act, clean[act.name])
        total += row
        print(f"{act.name:24}{row.cells()}")
    print(f"{'all':24}{total.cells()}\n")
    print(f"{'damaged copy':24}{'losses':>9}{'silent':>9}{'additions':>10}")
    for name, damaged in damage.KINDS.items():
        readings = [
            loss(clean[act.name], suggest(codebook, damaged(act.text), act.language))
            for act in acts
        ]
        cells = (sum(getattr(each, key) for each in readings) for key in Loss.__struct_fields__)
        print(f"{name:24}" + "".join(f"{cell:9}" for cell in cells))
    print(
        "\nrecognized: rules in whose section a limb is proposed; false: limbs without a coded one"
    )
    print("correct, wrong, missed, silent: values of core fields; unread: passages listed")


def print_errors(codebook: Codebook, acts: Sequence[Act]) -> None:
    """Print the errors of each section of each Act."""
    for act in acts:
        reading = suggest(codebook, act.text, act.language)
        for section, line in errors(act, reading):
            print(f"{act.name} {section:12} {line}")


def errors(act: Act, reading: Suggestion) -> Iterator[tuple[str, str]]:
    """Yield the section and the errors of each limb that has any."""
    proposed = limbs_by_section(reading)
    for section in sorted({*act.rules, *proposed}):
        for expected, values in aligned(act.rules.get(section, []), proposed.get(section, [])):
            parts = [
                f"{title} {', '.join(f'{field}: {value}' for field, value in sorted(some))}"
                for title, some in (("wrong", values - expected), ("missed", expected - values))
                if some
            ]
            if parts:
                kind = "" if expected and values else "limb " + ("missed" if expected else "false")
                yield section, "; ".join(filter(None, [kind, *parts]))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="How well `suggest` reads whole Acts.")
    parser.add_argument("--each", action="store_true", help="list the errors of each section")
    parser.add_argument("files", nargs="*", type=Path, metavar="ACT.txt")
    options = parser.parse_args()
    acts = [load_act(path) for path in options.files or sorted(ACTS.glob("*.txt"))]
    codebook = load_corpus().codebook
    if options.each:
        print_errors(codebook, acts)
    print_acts(codebook, acts)


if __name__ == "__main__":
    main()
