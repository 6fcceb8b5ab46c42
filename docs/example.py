"""What npcompare does, asked from a program: classes, relations, gaps, a reading, an annex."""

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

# A provision is found by its id, an alias, a country code or the path of a file.
kenya, treaty = (classify(book, corpus.find(name)) for name in ("kenya", "coe-26"))

# Each class says what it rests on; what is silent or unknown has none.
for name, found in kenya.dimensions.items():
    if found.basis is Basis.TEXT:
        quoted = ", ".join(f'"{one.evidence}" ({one.source})' for one in found.because)
        print(f"{name}: {', '.join(found.values)}; {quoted}")

# How one stands to the other: BROADER means that the first protects further.
comparison = compare(book, kenya, treaty)
print()
for one in comparison.dimensions:
    if one.relation not in (Relation.SAME, Relation.UNKNOWN):
        print(f"Kenya is {one.relation} than the treaty in {one.dimension}")
print(f"overall: {comparison.overall}")

# Against the Secretariat's benchmark, element by element.
print()
for each in assess(book, kenya, secretariat(book)):
    if each.status == "met":
        print(f"met: {each.element.label}")

# Words of your own: what they propose, each value with the rule that read it.
print()
for read in suggest(book, "A victim of trafficking shall not be punished.").proposals:
    print(f"{read.field}: {read.value} ({read.rule})")

# An annex, in any format. A file that exists is kept.
annex = export(corpus, [kenya, treaty], Wish(layout="side-by-side", number="Annex II"))
if len(sys.argv) > 1:
    save(render(annex, FORMATS["docx"]), Path(sys.argv[1]))

# What goes wrong is one kind of error, with a hint where there is one.
try:
    corpus.find("keyna")
except NpcompareError as error:
    print(f"\n{error}; {error.hint}")
