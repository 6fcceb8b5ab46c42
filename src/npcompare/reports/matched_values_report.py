"""The report of `new --from`: what was found in a text for each reported value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.coding.text_matching import CLASS, MatchOutcome
from npcompare.document import Document, Table, columns, flat_table, rows
from npcompare.messages import deferred, enumerated, in_quotation_marks, message
from npcompare.model.codebook import FIELDS
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.coding.provision_with_text import ProvisionWithText
    from npcompare.coding.text_matching import MatchedValue
    from npcompare.model.codebook import Codebook

_REMARKS = {
    MatchOutcome.CONFIRMED: deferred(
        "Confirmed values are now based on the words of the text; read each quotation."
    ),
    MatchOutcome.MISSING: deferred("Values that were not found are kept with their source."),
    MatchOutcome.KEPT: deferred(
        "A class, or offences of which another part was not found, is kept with its source."
    ),
    MatchOutcome.OTHER: deferred(
        "Where the text has another value, the reported one is kept: read both, and correct the "
        "file."
    ),
    MatchOutcome.ADDED: deferred(
        "Values that only the text has are comments at the end of the file."
    ),
}

#: What was found for a value, in a table.
_RESULTS = {
    MatchOutcome.CONFIRMED: deferred("confirmed"),
    MatchOutcome.KEPT: deferred("found, but kept as reported"),
    MatchOutcome.MISSING: deferred("not found"),
    MatchOutcome.OTHER: deferred("the text has another value"),
    MatchOutcome.ADDED: deferred("only in the text"),
}


def matched_values(name: str, provision: ProvisionWithText, codebook: Codebook) -> Document:
    """Return the values of a provision with what was found for each, and how many of each kind.

    Args:
        name: The title of the table.
        provision: The file with its values.
        codebook: The codebook, for the labels.
    """
    table = Table(
        name,
        columns(limb="Limb", field="Field", value="Value", result="Result", words="Words"),
        rows(
            [
                value.limb or message("all"),
                value.field.replace(".", ": "),
                _label(codebook, value, value.value),
                _result(value, codebook),
                in_quotation_marks(value.words) if value.words else "",
            ]
            for value in provision.values
        ),
        remarks=tuple(
            message(text)
            for outcome, text in _REMARKS.items()
            if outcome in {*map(_outcome, provision.values)}
        ),
    )
    flat = flat_table(
        name,
        "limb field value result words",
        [
            [value.limb, value.field, value.value, str(value.outcome), value.words]
            for value in provision.values
        ],
    )
    return Document(name, (table,), {}, flat)


def summary(provision: ProvisionWithText) -> str:
    """Return how many values have each outcome, such as "9 values confirmed, 2 not found"."""
    counts = Counter(map(_outcome, provision.values))
    parts = [f"{counts[outcome]} {outcome}" for outcome in MatchOutcome if counts[outcome]]
    reported = len(provision.values) - counts[MatchOutcome.ADDED]
    return f"{counted(reported, 'reported value')}: {', '.join(parts)}" if parts else "no values"


def _outcome(value: MatchedValue) -> MatchOutcome:
    return value.outcome


def _result(value: MatchedValue, codebook: Codebook) -> str:
    result = message(_RESULTS[value.outcome])
    if not value.other_values:
        return result
    names = enumerated([_label(codebook, value, other) for other in value.other_values])
    return message("{heading}: {words}", heading=result, words=names)


def _label(codebook: Codebook, value: MatchedValue, word: str) -> str:
    """Return the label of a value, or of a class."""
    if value.field.startswith(CLASS):
        return codebook.dimensions[value.field.removeprefix(CLASS)].label_of(word)
    return codebook.label(FIELDS[value.field], word)
