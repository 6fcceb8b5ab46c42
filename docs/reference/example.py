"""Use npcompare from Python: classify, compare, find gaps, suggest a coding, make an annex."""

from __future__ import annotations

import sys
from pathlib import Path

from npcompare import (
    FORMATS,
    Basis,
    NpcompareError,
    Relation,
    Wish,
    assess,
    classify,
    compare,
    export,
    load_corpus,
    render,
    save,
    secretariat,
    suggest,
)

corpus = load_corpus()
book = corpus.codebook

# Find a provision by its id, an alias, a country code or the path of a file.
kenya, treaty = (classify(book, corpus.find(name)) for name in ("kenya", "coe-26"))

# Each class has reasons. A dimension that is silent or unknown has no class.
for name, result in kenya.dimensions.items():
    if result.basis is Basis.TEXT:
        quotations = ", ".join(
            f'"{reason.evidence}" ({reason.source})' for reason in result.because
        )
        print(f"{name}: {', '.join(result.values)}; {quotations}")

# Compare two provisions: BROADER means that the first one protects further. A relation may be
# qualified: the hedge "may be" takes the place of "is".
comparison = compare(book, kenya, treaty)
print(f"\neffect: {kenya.effect}; {treaty.effect}")
for dimension in comparison.dimensions:
    if dimension.relation not in (Relation.SAME, Relation.UNKNOWN):
        verb = dimension.hedge or "is"
        print(f"Kenya {verb} {dimension.relation} than the treaty in {dimension.dimension}")
print(f"overall: {comparison.overall}")

# Check a provision against the benchmark of the Secretariat, element by element.
print()
for assessment in assess(book, kenya, secretariat(book)):
    if assessment.status == "met":
        print(f"met: {assessment.element.label}")

# Suggest a coding for a text of your own; each value names the rule that read it.
print()
for proposal in suggest(book, "A victim of trafficking shall not be punished.").proposals:
    print(f"{proposal.field}: {proposal.value} ({proposal.rule})")

# Make an annex in any format. A file that exists is not overwritten.
annex = export(corpus, [kenya, treaty], Wish(layout="side-by-side", number="Annex II"))
if len(sys.argv) > 1:
    save(render(annex, FORMATS["docx"]), Path(sys.argv[1]))

# Every error is of one kind. It may have a hint.
try:
    corpus.find("keyna")
except NpcompareError as error:
    print(f"\n{error}; {error.hint}")
