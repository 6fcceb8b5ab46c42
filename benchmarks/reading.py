"""Precision and recall of `suggest` for each field, on texts that were coded beforehand.

    python benchmarks/reading.py [CASES.yaml ...]

Without a file it uses the half of the drafted texts that was not used to tune the phrase book.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from npcompare.coding.suggestions import suggest
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.codebook import FIELDS

REPORT = Path(__file__).parent.parent / "tests" / "cases" / "drafted-report.yaml"

Values = set[tuple[int, str, str]]


def coded(case: dict[str, Any]) -> Values:
    """Return limb, field and value of each coded value; limb 0 is the whole provision."""
    provision = {name: case[name] for name in ("raised_by", "burden", "standard") if name in case}
    return {
        (number, name, value)
        for number, fields in enumerate([provision, *case["limbs"]])
        for name, values in fields.items()
        for value in values
    }


def main() -> None:
    """Print a line for each field, and one for all of them."""
    codebook = load_corpus().codebook
    expected: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    correct: Counter[str] = Counter()
    for path in [Path(name) for name in sys.argv[1:]] or [REPORT]:
        for case in read_yaml(path).data:
            reading = suggest(codebook, case["text"], case["language"])
            proposals = {(each.limb, each.field, each.value) for each in reading.proposals}
            values = coded(case)
            expected.update(name for _, name, _ in values)
            proposed.update(name for _, name, _ in proposals)
            correct.update(name for _, name, _ in values & proposals)
    print(f"{'field':22}{'coded':>7}{'proposed':>10}{'correct':>9}{'precision':>11}{'recall':>8}")
    for counter in (expected, proposed, correct):
        counter["all"] = counter.total()
    for name in (*FIELDS, "all"):
        if expected[name]:
            precision = correct[name] / (proposed[name] or 1)
            recall = correct[name] / expected[name]
            counts = f"{expected[name]:7}{proposed[name]:10}{correct[name]:9}"
            print(f"{name:22}{counts}{precision:11.2f}{recall:8.2f}")


if __name__ == "__main__":
    main()
