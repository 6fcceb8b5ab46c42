"""LICENCES.md: the licence of the coding, and apart from it the terms of the words quoted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from npcompare.dataset.markdown_page import fill_page, literal, table, text

if TYPE_CHECKING:
    from npcompare.dataset.tables import Release
    from npcompare.law.dataset_file import Licence


def licences(release: Release) -> bytes:
    """Return LICENCES.md; without a description of the corpus, it names no licence."""
    dataset = release.corpus.dataset
    records = (release.tables[name].records() for name in ("texts", "wordings"))
    # A wording always has words.
    quoting = ((row for row in rows if row.get("body", True)) for rows in records)
    counts = [Counter(str(row["source_id"] or "") for row in rows) for rows in quoting]
    titles = {row["id"]: row["title"] for row in release.tables["sources"].records()}
    refs = sorted(set().union(*counts) - {""})
    rows = [(f"`{ref}`", text(titles[ref]), counts[0][ref], counts[1][ref]) for ref in refs]
    return fill_page(
        "licences.md.j2",
        licence=_licence(dataset.licence) if dataset else None,
        quotations=text(dataset.quotations) if dataset else "",
        texts=counts[0].total(),
        wordings=counts[1].total(),
        documents=table(("Document", "Title", "Texts", "Wordings"), rows),
        bills=counts[0][""] or None,
    )


def _licence(licence: Licence) -> dict[str, Any]:
    """Return the parts of a licence as the page shows them."""
    parts = {name: text(getattr(licence, name)) for name in ("name", "id", "url")}
    return {**parts, "text": literal(licence.text) if licence.text else ""}
