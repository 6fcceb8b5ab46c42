"""The file of a new provision: values to confirm, and fields to fill in.

What is not known stays empty, so that `validate` reports it. Proposed values are comments until a
coder removes the "# " before them. The layout is in `templates/provision.yaml.j2`.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from npcompare.coding.clarity_words import why_unclear
from npcompare.coding.file_templates import fill_template
from npcompare.coding.suggestions import Suggestion
from npcompare.errors import NpcompareError
from npcompare.law.folders import fault_of_file_name
from npcompare.law.lookup import ID_RULE, is_id
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.text import foreign, is_control
from npcompare.wording.quotations import normal_form, occurs_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.second_opinion import Kind, SecondOpinion
    from npcompare.model.codebook import Codebook

#: How many words a quotation may be extended by, so that it occurs in one place only.
_MOST_ADDED_WORDS = 12

#: The width of a comment, so that a line of a limb has at most 80 characters.
_COMMENT = 76

#: What a finding of the second opinion asks, before the words that it is about.
_FINDINGS: Mapping[Kind, str] = {
    "exception": "does the coding lack an exception in",
    "condition": "does the coding lack a condition in",
    "unexplained": "does the coding lack a value for",
}


def skeleton(
    codebook: Codebook,
    provision_id: str,
    suggestion: Suggestion | None,
    schema: str,
    opinion: SecondOpinion | None = None,
) -> str:
    """Return the file of a new provision as YAML, with the values that a suggestion proposes.

    Raises NpcompareError for an id that is not valid and for a text with control characters.

    Args:
        codebook: The codebook whose values the file lists.
        provision_id: The id of the new provision.
        suggestion: The text of the provision with its proposals; None if there is no text.
        schema: The path of the provision schema, for editors.
        opinion: The second opinion of a model on the proposals; None if none was asked for.
    """
    check_id(provision_id)
    proposed = suggestion or Suggestion("", "", (), ())
    layout = ProposalLines(proposed, opinion.agreed if opinion else frozenset())
    of_limbs = (proposal for proposal in proposed.proposals if proposal.limb)
    return fill_template(
        "provision.yaml.j2",
        id=provision_id,
        schema=schema,
        vocabulary=codebook.vocabulary,
        has_text=suggestion is not None,
        language=proposed.language,
        lines=list(text_lines(proposed.text)),
        unread=[quoted(proposed.words(start, end)) for start, end in proposed.unread],
        limbs=[
            list(layout.limb_lines(list(limb)))
            for _, limb in groupby(of_limbs, key=lambda proposal: proposal.limb)
        ],
        whole=list(layout.provision_lines([each for each in proposed.proposals if not each.limb])),
        limb_fields=FIELDS_OF_LIMB,
        questions=list(_questions(proposed, opinion)) if opinion else [],
        opinion_note=quoted(_note_on_opinion(opinion)) if opinion else "",
    )


def _questions(suggestion: Suggestion, opinion: SecondOpinion) -> Iterator[str]:
    """Yield what only the model says, as questions to the coder."""
    for question in opinion.questions:
        limb = f"limb {question.limb}" if question.limb else "whole provision"
        words = quoted(suggestion.words(question.start, question.end))
        yield f"{limb}, {question.field}: is {question.value} expressed by {words}?"
    for finding in opinion.missing:
        words = quoted(suggestion.words(finding.start, finding.end))
        yield f"{_FINDINGS[finding.kind]} {words}?"


def _note_on_opinion(opinion: SecondOpinion) -> str:
    """Return the note that says which model was asked, and how."""
    return (
        "The proposals of the phrase book were compared with those of the model "
        f"{opinion.description}."
    )


def check_id(provision_id: str) -> None:
    """Raise NpcompareError if an id is not valid, or its file is one of another kind."""
    if fault := fault_of_file_name(f"{provision_id}.yaml"):
        raise NpcompareError(fault, "choose another id")
    if is_id(provision_id):
        return
    hint = ID_RULE
    name = provision_id.casefold().removesuffix(".txt").removesuffix(".yaml")
    valid = "-".join(re.findall("[a-z0-9]+", name))
    if letter := foreign(provision_id):
        hint = f"{hint}; {letter}"
    elif valid:
        hint = f'did you mean "{valid}"? {hint}'
    raise NpcompareError(f'"{provision_id}" is not a valid id', hint)


def text_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, without blank lines at its ends.

    Raises NpcompareError if one of them contains a control character.
    """
    # A form feed, which ends a page, and the separators of Unicode are line breaks.
    lines = re.split("\r\n|[\r\n\f\v\x85\u2028\u2029]", text)
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    for number, line in enumerate(lines, 1):
        if any(is_control(char) and char != "\t" for char in line):
            raise NpcompareError(
                f"line {number} of the text contains a control character",
                "save the text again as plain text",
            )
        yield line if line.strip() else ""


class ProposalLines:
    """Writes the proposals of a suggestion as lines of YAML."""

    def __init__(self, suggestion: Suggestion, agreed: frozenset[Proposal]) -> None:
        self._suggestion = suggestion
        self._agreed = agreed
        self._body = normal_form(suggestion.text)

    def limb_lines(self, proposals: Sequence[Proposal]) -> Iterator[str]:
        """Yield the lines of one limb, field by field in the order of the schema."""
        for field in FIELDS_OF_LIMB:
            if field == "offences":
                offences = [each for each in proposals if each.field.startswith("offences.")]
                if offences:
                    yield from _comments(offences)
                    yield self._offences(offences)
            else:
                yield from self._field_lines(field, proposals)

    def provision_lines(self, proposals: Sequence[Proposal]) -> Iterator[str]:
        """Yield the lines of the values of a provision as a whole, field by field."""
        for field in FIELDS_OF_PROVISION:
            yield from self._field_lines(field, proposals)

    def _field_lines(self, field: str, of_all_fields: Iterable[Proposal]) -> Iterator[str]:
        """Yield the lines of one field: none without a value, one for one, a list for several.

        Comments before them say which values are not clear.
        """
        proposals = [proposal for proposal in of_all_fields if proposal.field == field]
        if not proposals:
            return
        yield from _comments(proposals)
        if len(proposals) == 1:
            yield f"{field}: {self._value(proposals[0])}"
            return
        yield f"{field}:"
        yield from (f"  - {self._value(proposal)}" for proposal in proposals)

    def _value(self, proposal: Proposal) -> str:
        evidence = self._evidence(proposal)
        mark = "; agreed" if proposal in self._agreed else ""
        return f"{{value: {proposal.value}, evidence: {evidence}}}  # {proposal.rule}{mark}"

    def _offences(self, proposals: Iterable[Proposal]) -> str:
        by_field: dict[str, list[Proposal]] = {}
        for proposal in proposals:
            by_field.setdefault(proposal.field.removeprefix("offences."), []).append(proposal)
        extent = by_field.get("extent", [])[:1]
        listed = list(extent)
        parts = [f"extent: {''.join(each.value for each in extent)}"]
        for name in ("categories", "excluded"):
            if offences := by_field.get(name):
                listed += offences
                parts.append(f"{name}: [{', '.join(each.value for each in offences)}]")
        quotations = list(dict.fromkeys(map(self._evidence, listed)))
        evidence = quotations[0] if len(quotations) == 1 else f"[{', '.join(quotations)}]"
        rules = ", ".join(dict.fromkeys(each.rule for each in listed))
        mark = "".join(f"; agreed: {each.value}" for each in listed if each in self._agreed)
        return f"offences: {{{', '.join(parts)}, evidence: {evidence}}}  # {rules}{mark}"

    def _evidence(self, proposal: Proposal) -> str:
        return quoted(unique_quotation(self._suggestion, self._body, proposal))


def _comments(proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield the comments on those values of a field that are not clear, each reason once.

    They name the values, unless it is all of them.
    """
    values: dict[str, list[str]] = {}
    for proposal in proposals:
        if not proposal.is_clear:
            values.setdefault(why_unclear(proposal), []).append(proposal.value)
    for reason, unclear in values.items():
        names = f" ({', '.join(unclear)})" if len(unclear) < len(proposals) else ""
        comment = f"Not clear. {reason}{names}"
        yield from wrap(comment, _COMMENT, initial_indent="# ", subsequent_indent="# ")


def unique_quotation(suggestion: Suggestion, body: str, proposal: Proposal) -> str:
    """Return the words that a proposal is based on, extended until the body has them only once.

    The body is in its normal form.
    """
    text = suggestion.text
    start, end = proposal.start, proposal.end
    for _ in range(_MOST_ADDED_WORDS):
        if occurs_once(body, suggestion.words(start, end)):
            break
        end = _end_of_next_word(text, end)
        if not occurs_once(body, suggestion.words(start, end)):
            start = _start_of_previous_word(text, start)
    return suggestion.words(start, end)


def quoted(words: str) -> str:
    """Return words as a quoted YAML string; JSON strings are valid YAML."""
    return json.dumps(words, ensure_ascii=False)


def _end_of_next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    while position < len(text) and not text[position].isspace():
        position += 1
    return position


def _start_of_previous_word(text: str, position: int) -> int:
    while position and text[position - 1].isspace():
        position -= 1
    while position and not text[position - 1].isspace():
        position -= 1
    return position
