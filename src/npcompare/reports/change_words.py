"""What provisions, fields and classes of two editions are called, in the language in use.

The labels are those of the newer edition, or of the older one for what is only there.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.change_causes import OVERALL
from npcompare.analysis.edition_change import Action, ChangeKind
from npcompare.analysis.edition_changes import EFFECT
from npcompare.analysis.editions import text
from npcompare.law.citations import cited
from npcompare.messages import (
    current,
    deferred,
    enumerated,
    in_quotation_marks,
    message,
    spaced_brackets,
)
from npcompare.model.codebook import FIELDS, WITHOUT_CLASS
from npcompare.model.results import Relation
from npcompare.reports.codebook_report import VOCABULARY_NAMES, condition_words
from npcompare.reports.relation_words import Parties, reach
from npcompare.text import capitalized

if TYPE_CHECKING:
    from npcompare.analysis.edition_change import EditionChange, Side
    from npcompare.analysis.edition_changes import EditionChanges
    from npcompare.analysis.editions import Edition

#: What a change is about.
KINDS = {
    ChangeKind.PROVISION: deferred("Provisions"),
    ChangeKind.DETAIL: deferred("Facts about provisions"),
    ChangeKind.TEXT: deferred("Texts"),
    ChangeKind.LIMB: deferred("Rules (limbs) of provisions"),
    ChangeKind.CODING: deferred("Coded values"),
    ChangeKind.REPORTED: deferred("Reported classes"),
    ChangeKind.DECISION: deferred("Decisions of courts"),
    ChangeKind.WORDING: deferred("Reported wordings"),
    ChangeKind.NOTE: deferred("Notes"),
    ChangeKind.SETTLED: deferred("Words that need no coding"),
    ChangeKind.CITATION: deferred("Sources of provisions"),
    ChangeKind.FACT: deferred("Facts about States"),
    ChangeKind.SOURCE: deferred("Documents of the bibliography"),
    ChangeKind.CLASS: deferred("Classes"),
    ChangeKind.RELATION: deferred("Relations between provisions"),
    ChangeKind.CODEBOOK: deferred("Codebook"),
}

#: The same of one change.
_ONE = {
    ChangeKind.LIMB: deferred("Rule (limb)"),
    ChangeKind.REPORTED: deferred("Reported class"),
    ChangeKind.DECISION: deferred("Decision of a court"),
    ChangeKind.WORDING: deferred("Reported wording"),
    ChangeKind.NOTE: deferred("Note"),
    ChangeKind.SETTLED: deferred("Words that need no coding"),
    ChangeKind.CITATION: deferred("Source"),
}

ACTIONS = {
    Action.ADDED: deferred("Added"),
    Action.REMOVED: deferred("Removed"),
    Action.RENAMED: deferred("Renamed"),
    Action.CHANGED: deferred("Changed"),
}

#: The names of columns, where they are not those of fields or dimensions.
_COLUMNS = {
    "adults": deferred("adults"),
    "akn": deferred("Akoma Ntoso identifier"),
    "aliases": deferred("other names"),
    "author": deferred("author"),
    "because": deferred("reason"),
    "body": deferred("text"),
    "case": deferred("case"),
    "categories": deferred("categories of offences"),
    "children": deferred("children"),
    "collection": deferred("collection"),
    "complete": deferred("whole text"),
    "condition": deferred("condition"),
    "confidence": deferred("confidence"),
    "date": deferred("date"),
    "description": deferred("description"),
    "doubt": deferred("doubt"),
    "doubt_categories": deferred("categories on the other reading"),
    "doubt_excluded": deferred("exclusions on the other reading"),
    "doubt_is_open": deferred("open list on the other reading"),
    "doubt_values": deferred("other reading"),
    "eli": deferred("European Legislation Identifier"),
    "enacted": deferred("enacted"),
    "excluded": deferred("excluded offences"),
    "form": deferred("form"),
    "fuller": deferred("fuller provisions"),
    "hedge": deferred("qualification"),
    "in_force_from": deferred("in force from"),
    "in_force_to": deferred("in force to"),
    "instrument": deferred("instrument"),
    "instrument_kind": deferred("instrument kind"),
    "instrument_languages": deferred("languages of the instrument"),
    "instrument_number": deferred("number of the instrument"),
    "instrument_year": deferred("year of the instrument"),
    "is_complete": deferred("all classes known"),
    "is_core": deferred("core dimension"),
    "is_implied": deferred("in comparisons only"),
    "is_open": deferred("open list"),
    "jurisdiction": deferred("jurisdiction"),
    "jurisdiction_code": deferred("code of the jurisdiction"),
    "jurisdiction_kind": deferred("jurisdiction kind"),
    "kind": deferred("kind"),
    "lacks": deferred("words without an equivalent"),
    "language": deferred("language"),
    "misprints": deferred("misprints"),
    "name": deferred("name"),
    "note": deferred("note"),
    "persons": deferred("persons"),
    "pinpoint": deferred("place in the instrument"),
    "short": deferred("short title"),
    "source": deferred("source"),
    "status": deferred("text status"),
    "succeeds": deferred("replaces"),
    "symbol": deferred("symbol"),
    "url": deferred("web address"),
    "version_of": deferred("version of"),
    "words": deferred("words"),
    EFFECT: deferred("effect"),
}

#: What a provision has in place of a class, and the answers to what is either so or not.
_WITHOUT_CLASS = {
    **WITHOUT_CLASS,
    "true": deferred("yes"),
    "false": deferred("no"),
}

#: The vocabularies of columns and fields that are not named like these. The other reading of a
#: value is in the vocabulary of its field, which is that of offences if it has categories.
_VOCABULARIES = {
    **FIELDS,
    "categories": "category",
    "excluded": "category",
    "doubt_values": "extent",
    "doubt_categories": "category",
    "doubt_excluded": "category",
    "status": "text_status",
}

#: The columns with words of the codebook.
_OF_CODEBOOK = frozenset(
    {
        *("categories", "excluded", "persons", "doubt_values", "doubt_categories"),
        *("doubt_excluded", "form", "instrument_kind", "jurisdiction_kind", "status"),
    }
)

#: The tables and columns with the names of what is not a provision.
_NAMED = {
    ChangeKind.SOURCE: ("sources", "short"),
    ChangeKind.FACT: ("profiles", "jurisdiction"),
}

#: The parts of the codebook, by their tables.
_PARTS = {
    "dimensions": deferred("Dimension"),
    "classes": deferred("Class"),
    "orders": deferred("Order of classes"),
    "rules": deferred("Rule"),
    "words": deferred("Word"),
}


class ChangeWords:
    """What is said of the changes between two editions."""

    def __init__(self, result: EditionChanges) -> None:
        """Take the changes."""
        self._result = result
        self._editions = (result.new, result.old)

    def provision(self, name: str) -> str:
        """Return the label of a provision: its jurisdiction and its place."""
        for edition in self._editions:
            if name in edition.provisions:
                return text(edition.provisions[name], "name") or name
        return name

    def subject(self, change: EditionChange) -> str:
        """Return what a change is about, for readers; empty if the id is all there is."""
        if change.kind in _NAMED:
            table, column = _NAMED[change.kind]
            rows = (row for edition in self._editions for row in edition.rows(table))
            names = (text(row, column) for row in rows if row.get("id") == change.subject)
            return next(filter(None, names), "")
        if change.kind is ChangeKind.CODEBOOK:
            return message(_PARTS.get(change.field, change.field))
        label = self.provision(change.subject)
        return "" if label == change.subject else label

    def field(self, name: str) -> str:
        """Return the label of a field, dimension or column."""
        if name == OVERALL:
            return message("Overall")
        for edition in self._editions:
            if name in edition.dimensions:
                return current().text(text(edition.dimensions[name], "name"))
        if name in _COLUMNS:
            return capitalized(message(_COLUMNS[name]))
        if name in VOCABULARY_NAMES:
            return capitalized(message(VOCABULARY_NAMES[name]))
        return capitalized(name.replace("_", " ").replace(".", ", "))

    def place(self, change: EditionChange) -> str:
        """Return what is different: a kind of row, a field, and the limb if there is one."""
        parts = [message(_ONE[change.kind])] if change.kind in _ONE else []
        if change.field:
            is_within = parts and change.field not in self._editions[0].dimensions
            parts.append(self._column(change.field) if is_within else self.field(change.field))
        parts += [message("limb {limb}", limb=change.limb)] if change.limb else []
        return enumerated(parts)

    def value(self, change: EditionChange, edition: Edition, word: str) -> str:
        """Return the label of one value of a change."""
        if word in _WITHOUT_CLASS and change.kind is not ChangeKind.TEXT:
            return message(_WITHOUT_CLASS[word])
        if change.kind in (ChangeKind.CLASS, ChangeKind.REPORTED, ChangeKind.CODING):
            return self.class_label(edition, change.field, word)
        if change.kind is ChangeKind.CODEBOOK:
            return _condition(word)
        if change.field in _OF_CODEBOOK:
            return self._label(change.field, word)
        return word

    def class_label(self, edition: Edition, dimension: str, word: str) -> str:
        """Return the label of a class, or of a word of a coded field."""
        if word in _WITHOUT_CLASS:
            return message(_WITHOUT_CLASS[word])
        label = edition.class_names.get((dimension, word)) or self._word(edition, dimension, word)
        return current().text(label) if label else word.replace("_", " ")

    def _word(self, edition: Edition, field: str, word: str) -> str:
        """Return the label of a word of a field, or of the vocabulary with that name."""
        return edition.word_names.get((_VOCABULARIES.get(field, field), word), "")

    def values(self, change: EditionChange, edition: Edition, side: Side) -> str:
        """Return the values of a side; of the codebook, those that differ from the other side."""
        others = [each.values for each in (change.old, change.new) if each and each is not side]
        words = [
            self.value(change, edition, word)
            for place, word in enumerate(side.values)
            if change.kind is not ChangeKind.CODEBOOK
            or not others
            or others[0][place : place + 1] != (word,)
        ]
        return enumerated(words, is_strong=True)

    def relation(self, side: Side, names: Parties, *, is_overall: bool = False) -> str:
        """Return which provision reaches further, and which for adults and for children."""
        remarks = dict(side.remarks)
        parts = [_reach(side.values[0], remarks.get("hedge", ""), names, is_overall=is_overall)]
        for name in ("adults", "children"):
            if match := _QUALIFIED.fullmatch(remarks.get(name, "")):
                words = _reach(match[1], match[2] or "", names, is_overall=is_overall)
                parts.append(message("{name}: {words}", name=self._column(name), words=words))
        return enumerated(parts, is_strong=True)

    def remarks(self, side: Side, *, in_sentence: bool = False) -> list[str]:
        """Return what else is coded on a side, a line each."""
        return [
            message(
                "{name}: {words}",
                name=self._column(name) if in_sentence else capitalized(self._column(name)),
                words=self._remark(name, words),
            )
            for name, words in side.remarks
        ]

    def _column(self, name: str) -> str:
        return message(_COLUMNS[name]) if name in _COLUMNS else name.replace("_", " ")

    def differing_remarks(
        self, change: EditionChange, side: Side, *, in_sentence: bool = False
    ) -> list[str]:
        """Return what else is coded on a side and not in the same way on the other one.

        Persons are those of classes, so that they do not differ where one side has no class.
        """
        sides = [each.remarks for each in (change.old, change.new) if each]
        both = set(sides[0]).intersection(*sides[1:]) if len(sides) == 2 else set()
        has_persons = len(sides) < 2 or all("persons" in dict(remarks) for remarks in sides)
        remarks = tuple(
            remark
            for remark in side.remarks
            if remark not in both and (has_persons or remark[0] != "persons")
        )
        return self.remarks(replace(side, remarks=remarks), in_sentence=in_sentence)

    def _remark(self, name: str, words: str) -> str:
        """Return what a remark says; words of the codebook have their labels."""
        if words in _WITHOUT_CLASS:
            return message(_WITHOUT_CLASS[words])
        if name not in _OF_CODEBOOK:
            return words
        return enumerated([self._label(name, word) for word in words.split("; ")])

    def _label(self, field: str, word: str) -> str:
        labels = (self._word(edition, field, word) for edition in self._editions)
        label = next(filter(None, labels), "")
        return current().text(label) if label else word.replace("_", " ")

    def proof(self, edition: Edition, side: Side) -> list[str]:
        """Return the quotations and sources of a side, a line each."""
        lines = [in_quotation_marks(words) for words in side.quotations]
        sources = enumerated([cited(edition, source) for source in side.sources], is_strong=True)
        if not sources:
            return lines
        if not lines:
            return [sources]
        return [*lines[:-1], f"{lines[-1]}{spaced_brackets(sources)}"]


#: A relation for some persons, with its qualification in brackets.
_QUALIFIED = re.compile(r"(\w+)(?: \((.*)\))?")


def _reach(word: str, hedge: str, names: Parties, *, is_overall: bool) -> str:
    """Return a relation in words; a word that is not one, as a damaged release has, as it is."""
    if word not in set(Relation):
        return word
    return reach(Relation(word), hedge, names, is_overall=is_overall)


def _condition(words: str) -> str:
    """Return the condition of a rule in words, and anything else as it is."""
    try:
        return condition_words(json.loads(words)) if words.startswith("{") else words
    except (ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        # A release of another version may have conditions of another form.
        return words
