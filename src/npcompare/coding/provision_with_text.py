"""The file of a reported provision whose text is available now.

A reported value that the words of the text have is confirmed with its quotation. Any other is kept
with its source. What only the text has is added as comments, as in the file of a new provision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.new_provision import ProposalLines, check_id, quoted, text_lines
from npcompare.coding.suggestions import classify_suggestion
from npcompare.coding.text_matching import (
    CLASS,
    LimbMatch,
    MatchedValue,
    MatchOutcome,
    TextMatcher,
    items_of,
    values_of_item,
)
from npcompare.errors import NpcompareError
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.yaml_edits import head, lines_of, read, set_value
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.yaml_reader import Pointer
    from npcompare.model.codebook import Codebook

#: The status of texts that are not the law's own words.
_REPORTED = frozenset({"not_held", "paraphrase"})

_SCHEMA = "yaml-language-server: $schema"
_PROOF = frozenset({"source", "evidence", "confidence"})

#: In place of the text while the other values are edited.
_PLACEHOLDER = {"status": "verbatim", "body": "text"}

#: The beginning of the name of a limb that only the text has.
_PROPOSED = "proposed limb "

_INTRODUCTION = (
    "# The text also has these values. To use one, copy its line into the limb, without the\n"
    '# "# " at its beginning, and compare it with the reported value of the same field, if any.\n'
)


class ProvisionWithText(Struct, frozen=True):
    """The file, and what was found for each value."""

    text: str
    values: tuple[MatchedValue, ...]


def add_text(
    codebook: Codebook, source: str, provision_id: str, suggestion: Suggestion, schema: str
) -> ProvisionWithText:
    """Return the file of a provision with its text.

    Raises NpcompareError for an id that is not valid, for a provision whose text is available
    already, and for a text with control characters.

    Args:
        codebook: The codebook.
        source: The file of the reported provision, which has no findings.
        provision_id: The id of the new file.
        suggestion: The text with the values that it proposes.
        schema: The path of the provision schema, for editors.
    """
    check_id(provision_id)
    data = mapping(read(source).data)
    if mapping(data.get("text")).get("status") not in _REPORTED:
        raise NpcompareError(
            f"the text of {data.get('id')} is available already",
            "to code another text of it, start a file without --from",
        )
    editing = _Editing(source, data, suggestion)
    editing.compare_classes(codebook)
    return editing.with_text(provision_id, schema)


class _Editing:
    """Edits the file of a provision value by value."""

    def __init__(self, source: str, data: Mapping[str, Any], suggestion: Suggestion) -> None:
        self._text = source.replace("\r\n", "\n")
        self._data = data
        self._suggestion = suggestion
        self._matcher = TextMatcher(suggestion)
        self._old_source = mapping(mapping(data.get("text")).get("source"))
        self._values: list[MatchedValue] = []
        #: The proposals to add as comments, by the name of the limb.
        self._comments: dict[str, list[Proposal]] = {}

    def with_text(self, provision_id: str, schema: str) -> ProvisionWithText:
        """Return the file with its text."""
        limbs = sequence(self._data.get("limbs"))
        pairs, new_limbs = self._matcher.matches(limbs)
        for index, limb in enumerate(limbs):
            name = str(mapping(limb).get("id", index + 1))
            match = self._matcher.limb(name, limb, pairs.get(index))
            self._match_limb(match, mapping(limb), ("limbs", index), FIELDS_OF_LIMB)
        provision = self._matcher.limb("", self._data, 0)
        self._match_limb(provision, self._data, (), FIELDS_OF_PROVISION)
        for number in new_limbs:
            self._add(self._matcher.limb(f"{_PROPOSED}{number}", {}, number))
        self._text = set_value(self._text, ("id",), provision_id)
        self._text = set_value(self._text, ("text",), _PLACEHOLDER)
        lines = "\n".join(lines_of("text", _PLACEHOLDER))
        comments = [line for line in head(self._text).splitlines() if _SCHEMA not in line]
        start = "\n".join([f"# {_SCHEMA}={schema}", *comments])
        body = self._text.removeprefix(head(self._text)).replace(lines, self._text_block(), 1)
        text = f"{start}\n{body}{self._comment_block()}"
        return ProvisionWithText(text, tuple(self._values))

    def compare_classes(self, codebook: Codebook) -> None:
        """Compare the classes that a source states with those of the proposed coding."""
        statements = [mapping(item) for item in sequence(self._data.get("reported"))]
        if not statements:
            return
        dimensions = classify_suggestion(codebook, self._suggestion).dimensions
        for statement in statements:
            name = str(statement["dimension"])
            classes = [str(value) for _, value in values_of_item(name, statement)]
            proposed = dimensions[name]
            read_classes = proposed.values if proposed.basis is Basis.TEXT else ()
            for value in classes:
                outcome = MatchOutcome.OTHER if read_classes else MatchOutcome.MISSING
                outcome = MatchOutcome.KEPT if value in read_classes else outcome
                differing_classes = read_classes if outcome is MatchOutcome.OTHER else ()
                self._values.append(
                    MatchedValue(
                        "", f"{CLASS}{name}", value, outcome, other_values=differing_classes
                    )
                )

    def _match_limb(
        self, limb: LimbMatch, data: Mapping[str, Any], pointer: Pointer, fields: Sequence[str]
    ) -> None:
        for field in fields:
            if field not in data:
                continue
            items = [
                new_item
                for item in items_of(data[field])
                for new_item in self._items(limb, field, item)
            ]
            if items != items_of(data[field]):
                new_value = items[0] if len(items) == 1 else items
                self._text = set_value(self._text, (*pointer, field), new_value)
        self._add(limb)

    def _items(
        self, limb: LimbMatch, field: str, item: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Yield the items that take the place of a reported one."""
        matches = [
            self._matcher.match(name, value, limb) for name, value in values_of_item(field, item)
        ]
        confirmed = [value for value in matches if value.outcome is MatchOutcome.CONFIRMED]
        if field == "offences":
            yield self._offences(item, matches, confirmed)
            return
        self._values += matches
        remarks = {key: item[key] for key in ("note", "doubtful") if key in item}
        for value in confirmed:
            yield {"value": value.value, "evidence": value.words} | remarks
            remarks = {}
        if unmatched := [value.value for value in matches if value not in confirmed]:
            named = {"value": unmatched[0]} if len(unmatched) == 1 else {"values": unmatched}
            yield named | self._as_reported(item) | remarks

    def _offences(
        self,
        item: Mapping[str, Any],
        matches: Sequence[MatchedValue],
        confirmed: Sequence[MatchedValue],
    ) -> dict[str, Any]:
        """Return offences, whose parts have one proof together."""
        remarks = {key: value for key, value in item.items() if key not in _PROOF}
        if len(confirmed) == len(matches):
            self._values += matches
            words = list(dict.fromkeys(value.words for value in confirmed))
            return remarks | {"evidence": words[0] if len(words) == 1 else words}
        self._values += [
            MatchedValue(value.limb, value.field, value.value, MatchOutcome.KEPT, value.words)
            if value in confirmed
            else value
            for value in matches
        ]
        return remarks | self._as_reported(item)

    def _as_reported(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """Return the proof of a value that is kept: its source, or that of the words about it."""
        source = item.get("source") or self._old_source
        unmatched = {"source": dict(source)} if source else {}
        return unmatched | ({"confidence": item["confidence"]} if "confidence" in item else {})

    def _add(self, limb: LimbMatch) -> None:
        """Note the values that only the text has."""
        differing = {
            value.field
            for value in self._values
            if value.limb == limb.name and value.outcome is MatchOutcome.OTHER
        }
        additions = list(self._matcher.added(limb))
        self._values += [value for value in additions if value.field not in differing]
        fields = {value.field.partition(".")[0] for value in additions}
        proposals = [
            proposal
            for field in limb.proposals
            if field.partition(".")[0] in fields
            for proposal in limb.proposals[field]
            # The parts of offences have one line together.
            if field.startswith("offences.") or (field, proposal.value) not in limb.reported
        ]
        if proposals:
            self._comments[limb.name] = proposals

    def _text_block(self) -> str:
        """Return the text of the provision as lines of YAML."""
        language = self._suggestion.language
        lines = [
            "text:",
            "  status:  # verbatim, excerpt or translation",
            "  complete: false  # true if this text is the whole provision",
            f"  language: {language}" if language else "  language:  # such as pt",
            "  # source: {ref: , pinpoint: }  # the document in sources.yaml that has this text",
            "  body: |2-",
            *(f"    {line}" if line else "" for line in text_lines(self._suggestion.text)),
        ]
        for start, end in self._suggestion.unread:
            words = quoted(self._suggestion.words(start, end))
            lines.append(f"# The rules did not match the whole of this passage; read it: {words}")
        return "\n".join(lines)

    def _comment_block(self) -> str:
        """Return the values that only the text has as comments."""
        if not self._comments:
            return ""
        layout = ProposalLines(self._suggestion, frozenset())
        text = _INTRODUCTION
        for name, proposals in self._comments.items():
            heading = name if name.startswith(_PROPOSED) or not name else f"limb {name}"
            text += f"# {heading or 'the whole provision'}:\n"
            lines = layout.limb_lines(proposals) if name else layout.provision_lines(proposals)
            text += "".join(f"#   {line}\n" for line in lines)
        return text
