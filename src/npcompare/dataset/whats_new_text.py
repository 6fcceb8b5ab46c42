"""What changed between two editions as Markdown: sentences for readers, provision by provision.

The section on law has the form of a changelog, so that it can be put under a heading "Law" there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.change_causes import OVERALL, Cause, fields_of
from npcompare.analysis.edition_change import Action, ChangeKind
from npcompare.analysis.editions import text as cell_text
from npcompare.dataset.markdown_page import code, text
from npcompare.messages import deferred, enumerated, message, plural, sentences
from npcompare.model.results import Edit
from npcompare.reports.change_words import ChangeWords
from npcompare.reports.changes_report import edition_name
from npcompare.wording.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.edition_change import EditionChange
    from npcompare.analysis.edition_changes import EditionChanges
    from npcompare.analysis.editions import Edition

#: The section of each kind of change that is about neither a provision nor the codebook.
_OTHER_SECTIONS = {
    ChangeKind.FACT: deferred("States"),
    ChangeKind.SOURCE: deferred("Documents"),
}

_OF_PROVISIONS = (
    *(ChangeKind.DETAIL, ChangeKind.TEXT, ChangeKind.CLASS, ChangeKind.LIMB, ChangeKind.CODING),
    *(ChangeKind.REPORTED, ChangeKind.DECISION, ChangeKind.WORDING, ChangeKind.NOTE),
    *(ChangeKind.SETTLED, ChangeKind.CITATION),
)

_LAW = (Cause.LAW, Cause.LAW_AND_CODEBOOK, None)

#: How a redline is marked.
_EDITS = {Edit.SAME: "{}", Edit.DELETED: "<del>{}</del>", Edit.INSERTED: "<ins>{}</ins>"}


def whats_new_text(result: EditionChanges) -> str:
    """Return what changed between two editions as Markdown."""
    editions = (edition_name(edition) for edition in (result.old, result.new))
    old, new = map(text, editions)
    prose = _Prose(result)
    sections = [
        (message("Law"), list(prose.law())),
        *((message(title), list(prose.rows(kind))) for kind, title in _OTHER_SECTIONS.items()),
        (message("Codebook"), list(prose.codebook())),
        (message("Relations"), list(prose.relations())),
    ]
    title = message("What is new: {old} to {new}", old=old, new=new)
    parts = [f"# {title}"]
    parts += [f"## {heading}\n\n" + "\n".join(lines) for heading, lines in sections if lines]
    if len(parts) == 1:
        parts.append(message("Nothing has changed."))
    return "\n\n".join(parts) + "\n"


class _Prose:
    """Makes the sentences about the changes between two editions."""

    def __init__(self, result: EditionChanges) -> None:
        self._result = result
        self._words = ChangeWords(result)

    # --- Law ---------------------------------------------------------------------------------

    def law(self) -> Iterator[str]:
        """Yield an item for each provision that is new, gone, renamed or changed."""
        for change in self._result.of(ChangeKind.PROVISION):
            yield f"- {self._provision(change)}"
        changed: dict[str, list[EditionChange]] = {}
        for change in self._result.of(*_OF_PROVISIONS):
            is_provision = change.subject in self._result.new.provisions
            if change.cause in _LAW and is_provision:
                changed.setdefault(change.subject, []).append(change)
        for name, changes in changed.items():
            ordered = sorted(changes, key=lambda change: _OF_PROVISIONS.index(change.kind))
            lines = [f"  - {line}" for line in self._lines(ordered)]
            if lines:
                heading = message("{name}: {words}", name=self._name(name), words="").rstrip()
                yield "\n".join([f"- {heading}", *lines])

    def _name(self, name: str) -> str:
        label = self._words.provision(name)
        return _named("" if label == name else label, name)

    def _provision(self, change: EditionChange) -> str:
        """Return a sentence about a provision that is new, gone or renamed."""
        name = self._name(change.subject)
        if change.action is Action.RENAMED:
            return message(
                "{provision} has a new id; before, it was {old}.",
                provision=name,
                old=code(change.old_subject),
            )
        if change.action is Action.REMOVED:
            return message("{provision} was removed.", provision=name)
        predecessor = dict(change.new.remarks).get("succeeds", "") if change.new else ""
        sentence = message("{provision} is new.", provision=name)
        if predecessor:
            sentence = message(
                "{provision} is new; it replaces {other}.",
                provision=name,
                other=self._name(predecessor),
            )
        return sentences(sentence, self._core(self._result.new, change.subject))

    def _core(self, edition: Edition, provision: str) -> str:
        """Return the classes of a provision in the core dimensions."""
        parts = []
        for dimension, row in edition.dimensions.items():
            cells = [
                cell_text(each, "value")
                for each in edition.of_provision("values", provision)
                if each.get("dimension_id") == dimension
            ]
            if cell_text(row, "is_core") == "true" and cells:
                labels = enumerated([self._class(edition, dimension, word) for word in cells])
                field = self._words.field(dimension)
                parts.append(message("{name}: {words}", name=text(field), words=text(labels)))
        return _ended(enumerated(parts, is_strong=True)) if parts else ""

    def _class(self, edition: Edition, dimension: str, word: str) -> str:
        return self._words.class_label(edition, dimension, word)

    def _lines(self, changes: Sequence[EditionChange]) -> Iterator[str]:
        """Yield the sentences about one provision.

        A coded value is left out where the class of a dimension that reads it differs as well.
        """
        dimensions = [change.field for change in changes if change.kind is ChangeKind.CLASS]
        read = frozenset().union(
            *(
                fields_of(edition, dimension)
                for dimension in dimensions
                for edition in (self._result.old, self._result.new)
            )
        )
        for change in changes:
            if change.kind is not ChangeKind.CODING or change.field not in read:
                yield self._sentence(change)

    def _sentence(self, change: EditionChange) -> str:
        """Return a sentence about one change: how it is now, and how it was."""
        old, new = change.old, change.new
        place = text(self._words.place(change))
        if change.kind is ChangeKind.TEXT and change.field == "body" and old and new:
            edits = redline(" ".join(old.values), " ".join(new.values))
            marked = "".join(_marked(edit.text, edit.edit) for edit in edits)
            return message("The text has changed: {text}", text=marked)
        words = self._states(change)
        if old is None:
            return _ended(message("{name}: new: {words}", name=place, words=words["new"]))
        if new is None:
            return _ended(message("{name}: removed: {words}", name=place, words=words["old"]))
        if old.values == new.values and old.values:
            # Only what is behind the values has changed.
            values = text(self._words.values(change, self._result.new, new))
            place = message("{name}, {words}", name=place, words=values)
        return _ended(message("{name}: now {new}; before: {old}", name=place, **words))

    def _states(self, change: EditionChange) -> dict[str, str]:
        """Return how it was and how it is, each with what is behind it.

        What is the same in both is said once: values that are the same are left out, and so is the
        proof of the older ones if it is that of the newer ones.
        """
        sides = {"old": (self._result.old, change.old), "new": (self._result.new, change.new)}
        proofs = {
            which: self._words.proof(edition, side) if side else []
            for which, (edition, side) in sides.items()
        }
        is_same_proof = proofs["old"] == proofs["new"]
        has_same_values = bool(change.old and change.new and change.old.values == change.new.values)
        states = {}
        for which, (edition, side) in sides.items():
            if side is None:
                continue
            values = "" if has_same_values else self._words.values(change, edition, side)
            is_repeated = is_same_proof and (which == "old" or has_same_values) and change.new
            details = [] if is_repeated else proofs[which]
            remarks = self._words.differing_remarks(change, side, in_sentence=True)
            details = [*details, *remarks]
            states[which] = _with_details(values, details)
        return states

    # --- The rest ------------------------------------------------------------------------------

    def rows(self, kind: ChangeKind) -> Iterator[str]:
        """Yield an item for each change of one kind."""
        for change in self._result.of(kind):
            name = _named(self._words.subject(change), change.subject)
            words = _stated(change, self._states(change))
            if change.field:
                field = text(self._words.field(change.field))
                words = message("{name}: {words}", name=field, words=words)
            yield f"- {message('{name}: {words}', name=name, words=words)}"

    def codebook(self) -> Iterator[str]:
        """Yield an item for each part of the codebook, and for what it alone has changed."""
        old, new = self._result.old.codebook, self._result.new.codebook
        if old and new and old != new:
            sentence = message("The codebook is {new}; it was {old}.", old=old, new=new)
            yield f"- {sentence}"
        for change in self._result.of(ChangeKind.CODEBOOK):
            part = f"{self._words.subject(change)} {code(change.subject)}"
            sides = self._states(change)
            words = _stated(change, sides)
            yield f"- {message('{name}: {words}', name=part, words=words)}"
        yield from self._only_codebook()

    def _only_codebook(self) -> Iterator[str]:
        """Yield the classes that differ although the law is coded as before."""
        for cause, words in (
            (
                Cause.CODEBOOK,
                deferred("Only the codebook has changed this, not the law: {sentence}"),
            ),
            (
                Cause.PROGRAM,
                deferred("Only npcompare has changed this, not the law: {sentence}"),
            ),
        ):
            for change in self._result.changes:
                if change.cause is cause and change.kind in (ChangeKind.CLASS, ChangeKind.CODING):
                    sentence = f"{self._name(change.subject)}: {self._sentence(change)}"
                    yield f"- {message(words, sentence=sentence)}"

    def relations(self) -> Iterator[str]:
        """Yield how many relations differ as a consequence, overall and by dimension."""
        changes = self._result.of(ChangeKind.RELATION)
        counts = Counter(change.field for change in changes)
        overall = counts.pop(OVERALL, 0)
        if not changes:
            return
        sentence = plural(
            "As a consequence, {count} overall relation of {all} pairs of provisions differs.",
            "As a consequence, {count} overall relations of {all} pairs of provisions differ.",
            overall,
            all=self._result.pairs,
        )
        yield f"- {sentence}"
        order = list(self._result.new.dimensions)
        for dimension, count in sorted(counts.items(), key=lambda pair: order.index(pair[0])):
            words = plural("{count} relation differs.", "{count} relations differ.", count)
            name = text(self._words.field(dimension))
            yield f"- {message('{name}: {words}', name=name, words=words)}"


def _named(label: str, name: str) -> str:
    """Return a label in bold with the id after it; without a label, the id."""
    return f"**{text(label)}** ({code(name)})" if label else f"**{code(name)}**"


def _stated(change: EditionChange, states: dict[str, str]) -> str:
    """Return that something is new, gone or changed, and how it was and is."""
    if change.old is None:
        return _ended(message("new: {new}", new=states["new"]))
    if change.new is None:
        return _ended(message("removed: {old}", old=states["old"]))
    return _ended(message("now {new}; before: {old}", **states))


def _ended(sentence: str) -> str:
    """Return a sentence with a full stop; words that are quoted may have one."""
    return sentence if sentence.endswith(".") else message("{sentence}.", sentence=sentence)


def _with_details(values: str, details: Sequence[str]) -> str:
    """Return values with what is behind them in brackets."""
    proof = enumerated([text(line) for line in details], is_strong=True)
    if not values:
        return proof or message("nothing")
    return message("{name} ({detail})", name=text(values), detail=proof) if proof else text(values)


def _marked(words: str, edit: Edit) -> str:
    """Return words of a redline; the spaces around them are outside the marks."""
    inner = words.strip()
    before, _, after = words.partition(inner) if inner else (words, "", "")
    return f"{before}{_EDITS[edit].format(text(inner))}{after}" if inner else words
