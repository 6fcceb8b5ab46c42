"""WHATS-NEW.md: what changed in law in each version, as the changelog of the corpus says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.dataset.markdown_page import fill_page, text
from npcompare.law.changelog import changelog_path, law_changes, read_changelog
from npcompare.text import visible

if TYPE_CHECKING:
    from npcompare.dataset.tables import Release

#: The beginning of an element of HTML.
_ELEMENT = re.compile(r"<(?=[A-Za-z/!?])")


def whats_new(release: Release) -> bytes:
    """Return WHATS-NEW.md; without a changelog, it says that no changes are recorded."""
    dataset = release.corpus.dataset
    path = changelog_path(release.corpus.folder)
    changes = list(law_changes(read_changelog(path))) if path else []
    return fill_page(
        "whats-new.md.j2",
        title=text(dataset.title) if dataset else "",
        has_changelog=path is not None,
        # The changelog is Markdown already, but without HTML.
        changes=[
            (text(change.version), _ELEMENT.sub("&lt;", visible("\n".join(change.lines))))
            for change in changes
        ],
    )
