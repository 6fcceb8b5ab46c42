"""How well texts are read: precision and recall of `suggest` per field, on texts coded before.

    python benchmarks/reading.py [CASES.yaml ...]

Without a file it takes the half of the drafted texts that the phrase book was never tuned on.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from npcompare.coding.suggestions import suggest
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read
from npcompare.model.codebook import FIELDS

REPORT = Path(__file__).parent.parent / "tests" / "cases" / "drafted-report.yaml"

Values = set[tuple[int, str, str]]


def coded(case: dict[str, Any]) -> Values:
    """Return limb, field and value of all that a text is coded as; limb 0 is the whole."""
    whole = {name: case[name] for name in ("burden", "standard") if name in case}
    return {
        (number, name, value)
        for number, fields in enumerate([whole, *case["limbs"]])
        for name, values in fields.items()
        for value in values
    }


def main() -> None:
    """Print a line for each field, and one for all."""
    book = load_corpus().codebook
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for path in [Path(name) for name in sys.argv[1:]] or [REPORT]:
        for case in read(path).data:
            reading = suggest(book, case["text"], case["language"])
            got = {(one.limb, one.field, one.value) for one in reading.proposals}
            want = coded(case)
            for counter, values in ((wanted, want), (given, got), (right, want & got)):
                counter.update(name for _, name, _ in values)
    print(f"{'field':22}{'coded':>7}{'given':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for counter in (wanted, given, right):
        counter["all"] = counter.total()
    for name in (*FIELDS, "all"):
        if wanted[name]:
            shares = (right[name] / (given[name] or 1), right[name] / wanted[name])
            counts = (wanted[name], given[name], right[name])
            print(
                f"{name:22}{''.join(f'{one:7}' for one in counts)}{shares[0]:11.2f}{shares[1]:8.2f}"
            )


if __name__ == "__main__":
    main()
