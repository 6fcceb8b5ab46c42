"""What `show` says of a text in several languages: its versions, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, cell
from npcompare.law.citations import cited
from npcompare.messages import deferred, in_quotation_marks, message, sentences
from npcompare.model.language_versions import VERSION_STATUSES
from npcompare.model.version_notes import language, version_notes

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision, ReportedWording, Text


def version_facts(corpus: Corpus, provision: Provision) -> tuple[tuple[str, Cell], ...]:
    """Return the details on versions, each with its heading; empty cells if there is one text."""
    versions = (_version(provision, each.text) for each in provision.language_versions)
    wordings = (_wording(corpus, wording) for wording in provision.reported_wordings)
    return (
        (deferred("Languages of the text"), cell("\n".join(versions))),
        (deferred("Differences between versions"), cell("\n".join(version_notes(provision)))),
        (deferred("Wording of other versions"), cell("\n".join(wordings))),
    )


def _version(provision: Provision, text: Text) -> str:
    """Return the language and the status of a version, and whether it is the one that is shown."""
    values = {
        "language": language(text.language),
        "status": message(VERSION_STATUSES[text.authority]),
    }
    if text.language == provision.text.language:
        return message("{language}: {status}, shown here", **values)
    return message("{language}: {status}", **values)


def _wording(corpus: Corpus, wording: ReportedWording) -> str:
    """Return reported words with their source and note."""
    line = message(
        "{language}: {words} ({source})",
        language=language(wording.language),
        words=in_quotation_marks(wording.words),
        source=cited(corpus, wording.source),
    )
    return sentences(message("{words}.", words=line), wording.note)
