"""The tables of docs/reference/translations.md, from the catalogues of the languages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import yaml
from conftest import TESTS

from npcompare.law.corpus import load_corpus
from npcompare.law.translation import BODIES, LANGUAGES, catalogue_of, prose
from npcompare.law.untranslated import TextState, english_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.law.corpus import Corpus
    from npcompare.law.untranslated import EnglishText
    from npcompare.messages import Catalogue

#: The terms that the page shows, in the order of a table.
TERMS = (
    "Non-punishment of victims of trafficking in persons",
    *("trafficking in persons", "victims of trafficking", "any victim"),
    *("Scope", "any offence", "any unlawful act"),
    *("Threshold", "duress-based", "causation-based", "status-based", "direct consequence"),
    *("Stage", "investigation", "prosecution", "sentencing and liability", "criminal records"),
    *("Force", "mandatory", "Relief", "no prosecution", "no penalty"),
    *("reaches further", "same", "obligation", "recommendation"),
    *("silent", "unknown", "reported", "proposed", "doubtful", "Unofficial translation."),
)

#: The folders with catalogues.
FOLDERS = (TESTS.parent / "schemas" / "labels", TESTS.parent / "statutes" / "labels")

OTHERS = [language for language in LANGUAGES if language != "en"]


#: By how much a count may differ from the page: a message that is reworded changes it by one.
TOLERANCE = 60


def with_tables(page: str, *, is_exact: bool) -> str:
    """Return the page with its tables as they are now, each between two comments.

    Unless it must be exact, counts that are nearly those of the page stay as they are.
    """
    for name, table in _tables().items():
        before, start, rest = page.partition(f"<!-- {name} -->\n")
        old, end, after = rest.partition("<!-- end of table -->")
        assert end, name
        new = old if name == "counts" and not is_exact and are_near(old, table) else table
        page = f"{before}{start}{new}{end}{after}"
    return page


def are_near(old: str, new: str) -> bool:
    """Return whether two tables differ only in numbers, and these not by much."""
    old_numbers, new_numbers = (
        [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", table)]
        for table in (old, new)
    )
    is_alike = re.sub(r"\d[\d,]*", "", old) == re.sub(r"\d[\d,]*", "", new)
    return is_alike and all(
        abs(before - now) <= TOLERANCE for before, now in zip(old_numbers, new_numbers, strict=True)
    )


def _tables() -> dict[str, str]:
    """Return each table in Markdown, by its name in the page."""
    corpus = load_corpus()
    catalogues = {tag: catalogue_of(tag, statutes=corpus.folder) for tag in OTHERS}
    texts = {tag: english_texts(corpus, each) for tag, each in catalogues.items()}
    return {
        "terms": _terms(catalogues, texts),
        "found": _found(catalogues),
        "bodies": _bodies(),
        "counts": _counts(corpus, catalogues, texts),
    }


def _terms(catalogues: dict[str, Catalogue], texts: dict[str, list[EnglishText]]) -> str:
    states = {tag: {each.text: each.state for each in texts[tag]} for tag in catalogues}
    signs = {TextState.FOUND: " ✓", TextState.PROPOSED: "", TextState.MISSING: " (no translation)"}
    rows = (
        [
            term,
            *(f"{each.text(term)}{signs[states[tag][term]]}" for tag, each in catalogues.items()),
        ]
        for term in TERMS
    )
    return _table(["English", *(each.name for each in catalogues.values())], rows)


def _found(catalogues: dict[str, Catalogue]) -> str:
    rows = (
        [catalogue.name, terms, document]
        for tag, catalogue in catalogues.items()
        for terms, document in _found_in(tag)
    )
    return _table(["Language", "Terms", "Found in"], rows)


def _found_in(tag: str) -> Iterator[tuple[str, str]]:
    """Yield the terms that were found in each document, and the document."""
    for path in (folder / f"{tag}.yaml" for folder in FOLDERS):
        if path.exists():
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            for source, labels in data.get("found", {}).items():
                terms = (f"{english}: {translation}" for english, translation in labels.items())
                yield "; ".join(terms), data["sources"][source]


def _bodies() -> str:
    term = "trafficking in persons"
    rows = (
        [name, *(catalogue_of(tag, body).text(term) for body in BODIES)]
        for tag, name in ((tag, catalogue_of(tag).name) for tag in LANGUAGES)
    )
    return _table(["Language", *(f"`{body}`" for body in BODIES)], rows)


def _counts(
    corpus: Corpus, catalogues: dict[str, Catalogue], texts: dict[str, list[EnglishText]]
) -> str:
    paper = {text for each in corpus.restricted("paper").provisions() for text in prose(each)}
    ids = {provision.id for provision in corpus.all_provisions()}
    kinds = ("Labels and messages", "Notes of the paper", "Other notes")
    rows = []
    for tag, catalogue in catalogues.items():
        counts: Counter[tuple[str, TextState]] = Counter()
        for text in texts[tag]:
            if text.state is TextState.STALE:
                continue
            is_label = text.place not in ids
            kind = kinds[0] if is_label else kinds[1] if text.text in paper else kinds[2]
            counts[kind, text.state] += 1
        states = (TextState.FOUND, TextState.PROPOSED, TextState.MISSING)
        rows += [
            [catalogue.name, kind, *(f"{counts[kind, state]:,}" for state in states)]
            for kind in kinds
        ]
    heads = ["Language", "Texts", "Found", "Proposed", "No translation"]
    return _table(heads, rows, numbers=3)


def _table(heads: list[str], rows: Iterable[list[str]], *, numbers: int = 0) -> str:
    """Return a table in Markdown, whose last columns may be numbers."""
    rules = ["---"] * (len(heads) - numbers) + ["---:"] * numbers
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [heads, rules, *rows])
