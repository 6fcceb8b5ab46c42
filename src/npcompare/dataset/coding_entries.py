"""The coded values of a file from the rows of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.dataset.coded_rows import PLACE_KEYS
from npcompare.dataset.entry_builder import by_owner, in_order
from npcompare.errors import Code
from npcompare.model.codebook import FIELDS
from npcompare.model.field_sets import OFFENCE_PARTS
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.dataset.entry_builder import EntryBuilder
    from npcompare.dataset.release_reader import ReadRow
    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer

#: The keys of what a value has beside its words, with the columns that name its place.
_PROOF_COLUMNS = {
    "evidence": "id",
    "source": "source_id",
    "confidence": "confidence",
    "note": "note",
    "open": "is_open",
    "doubtful": "doubt",
}


class _Item(NamedTuple):
    """Values of a field that a file has in one mapping, because they have the same proof."""

    proof: dict[str, Any]
    rows: list[ReadRow]


class CodingEntries:
    """Puts coded values into the data of files."""

    def __init__(self, quotations: Iterable[ReadRow]) -> None:
        """Take the rows of the quotations."""
        #: What no check of a file finds: rows that contradict each other.
        self.problems: list[Problem] = []
        self._quotations = by_owner(quotations, "coding_id")

    def fill(
        self, builder: EntryBuilder, pointer: Pointer, rows: Iterable[ReadRow], confidence: str
    ) -> None:
        """Put the coded values of a limb, or of a provision as a whole.

        Args:
            builder: The data of the file.
            pointer: The mapping of the limb or the provision.
            rows: The codings.
            confidence: That of the whole provision, which is not written with each value again.
        """
        fields: dict[str, list[ReadRow]] = {}
        for row in rows:
            field = row.text("field")
            if field in FIELDS:
                fields.setdefault(field.partition(".")[0], []).append(row)
            else:
                message = f'"{field}" is not a field of a limb'
                hint = suggestion(field, "the fields are", FIELDS)
                self.problems.append(row.place("field").problem(Code.NOT_A_WORD, message, hint))
        for name, group in fields.items():
            if name == "offences":
                self._fill_offences(builder, (*pointer, name), group, confidence)
                continue
            items = self._items(in_order(group), confidence)
            for number, item in enumerate(items):
                is_list = len(items) > 1
                place = (*pointer, name, number) if is_list else (*pointer, name)
                words = tuple(row.text("value") for row in item.rows)
                _put_words(builder, place, words, item.rows)
                self._put_proof(builder, place, item)

    def _items(self, rows: Sequence[ReadRow], confidence: str) -> list[_Item]:
        """Return values that follow each other and have the same proof together."""
        items: list[_Item] = []
        for row in rows:
            proof = self._proof(row, confidence)
            words = [member.text("value") for member in items[-1].rows] if items else []
            if items and items[-1].proof == proof and row.text("value") not in words:
                items[-1].rows.append(row)
            else:
                items.append(_Item(proof, [row]))
        return items

    def _fill_offences(
        self, builder: EntryBuilder, pointer: Pointer, rows: Sequence[ReadRow], confidence: str
    ) -> None:
        """Put the offences of a limb: one mapping, so that each row must have the same proof."""
        parts: dict[str, list[ReadRow]] = {part: [] for part in OFFENCE_PARTS}
        item = _Item(self._proof(rows[0], confidence), [rows[0]])
        for row in rows:
            parts[row.text("field").partition(".")[2]].append(row)
            if self._proof(row, confidence) != item.proof:
                message = f"these offences have another proof than those in line {rows[0].line}"
                hint = "write the same quotations, source, note and doubt for all of a limb"
                self.problems.append(row.place().problem(Code.CODING_CONFLICT, message, hint))
        for part, members in parts.items():
            words = tuple(row.text("value") for row in in_order(members))
            if part == "extent" and len(words) == 1:
                builder.put((*pointer, part), words[0], members[0], "value")
            elif members:
                # A second extent is a list where a word should be, which is a finding.
                builder.put((*pointer, part), words, members[0], "value")
                for number, row in enumerate(in_order(members)):
                    builder.mark((*pointer, part, number), row, "value")
        self._put_proof(builder, pointer, item)

    def _proof(self, row: ReadRow, confidence: str) -> dict[str, Any]:
        """Return what a value has beside its words, as a file has it; None is left out."""
        keys = PLACE_KEYS.items()
        stated = row.cells["confidence"]
        return {
            "evidence": self._evidence(row),
            "source": {key: row.cells[name] for key, name in keys if row.cells[name]} or None,
            "confidence": stated if stated != (confidence or None) else None,
            "note": row.cells["note"],
            "open": row.cells["is_open"],
            "doubtful": _doubtful(row),
        }

    def _evidence(self, row: ReadRow) -> Any:
        """Return the quotations of a coding, by language if they have one; None if it has none."""
        texts: dict[str, list[str]] = {}
        for quotation in self._quotations.get(row.text("id"), ()):
            texts.setdefault(quotation.text("language"), []).append(quotation.text("quotation"))
        evidence = {name: words if len(words) > 1 else words[0] for name, words in texts.items()}
        return evidence[""] if list(evidence) == [""] else evidence or None

    def _put_proof(self, builder: EntryBuilder, pointer: Pointer, item: _Item) -> None:
        row = item.rows[0]
        quotations = self._quotations.get(row.text("id"), [])
        languages = {quotation.text("language") for quotation in quotations}
        if "" in languages and len(languages) > 1:
            message = "some quotations of this value have a language, and others have none"
            hint = "write the language of each, or of none"
            self.problems.append(row.place().problem(Code.WRONG_FORM, message, hint))
            return
        numbers = dict.fromkeys(languages, 0)
        for quotation in quotations:
            language = quotation.text("language")
            place = (*pointer, "evidence", *([language] if language else []))
            builder.mark(place, quotation, "quotation")
            builder.mark((*place, numbers[language]), quotation, "quotation")
            numbers[language] += 1
        for key, column in PLACE_KEYS.items():
            builder.mark((*pointer, "source", key), row, column)
        for key, value in item.proof.items():
            builder.put((*pointer, key), value, row, _PROOF_COLUMNS[key])


def _put_words(
    builder: EntryBuilder, pointer: Pointer, words: tuple[str, ...], rows: Sequence[ReadRow]
) -> None:
    """Put the value of a field, or several that have the same proof."""
    if len(words) == 1:
        builder.put((*pointer, "value"), words[0], rows[0], "value")
        return
    builder.put((*pointer, "values"), words, rows[0], "value")
    for number, row in enumerate(rows):
        builder.mark((*pointer, "values", number), row, "value")


def _doubtful(row: ReadRow) -> dict[str, Any] | None:
    """Return the other reading of a value; None if the row has none."""
    cells = row.cells
    words = cells["doubt_values"]
    is_offences = row.text("field").startswith("offences.")
    reading: dict[str, Any] = {"note": cells["doubt"], "open": cells["doubt_is_open"]}
    if isinstance(words, tuple) and words:
        key = "extent" if is_offences else "value"
        reading[key if len(words) == 1 else "values"] = words[0] if len(words) == 1 else list(words)
    for part in ("categories", "excluded"):
        listed = cells[f"doubt_{part}"]
        reading[part] = list(listed) if isinstance(listed, tuple) and listed else None
    return {key: value for key, value in reading.items() if value is not None} or None
