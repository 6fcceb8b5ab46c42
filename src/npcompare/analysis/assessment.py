"""The status of a provision in one element of a benchmark, with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.law.benchmark import Element, Status
from npcompare.messages import deferred, message

if TYPE_CHECKING:
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Reason

#: The statuses from the worst to the best.
_FROM_WORST_TO_BEST = (
    Status.UNKNOWN,
    Status.SILENT,
    Status.NOT_MET,
    Status.PARTLY,
    Status.POLICY_CHOICE,
    Status.MET,
    Status.NOT_APPLICABLE,
)


class Assessment(Struct, frozen=True):
    """The status of one element, the explanation, and the classes it is based on."""

    element: Element
    status: Status
    because: str
    reasons: tuple[Reason, ...] = ()
    #: Whether it follows from a coding that is only proposed.
    is_proposed: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether the element is not met, although it applies and States have no choice."""
        return self.status not in (Status.MET, Status.POLICY_CHOICE, Status.NOT_APPLICABLE)

    @property
    def rank(self) -> int:
        """The place of the status from the worst to the best."""
        return _FROM_WORST_TO_BEST.index(self.status)


def why_absent() -> str:
    """Return why nothing is met where no specific provision was found."""
    return message("The law that was examined has no specific provision; another law may have one.")


#: Why nothing is known of a point, by the status of the text; of a description, by whether the text
#: is a law. Any other status is that of a text that is available in part.
_NOT_HELD = deferred("The text was not available, and no source consulted addresses this point.")
_DESCRIPTION_OF_LAW = deferred(
    "Only a description of the law was available, and it does not address this point."
)
_DESCRIPTION_OF_TEXT = deferred(
    "Only a description of the text was available, and it does not address this point."
)
_PART = deferred(
    "The part of the text that was available does not address this point; the rest was not "
    "available."
)


def why_unknown(codebook: Codebook, provision: Provision, *, is_in_part: bool = False) -> str:
    """Return why a point is not known, of which a proposed coding may have a part."""
    if provision.text.is_whole:
        return message("This article was available in full, but this point has not been coded.")
    if provision.is_proposed and is_in_part:
        return message(
            "npcompare found something on this point, but not all that is needed; please check the "
            "text."
        )
    if provision.is_proposed:
        return message("npcompare found nothing on this point in the text; please check the text.")
    is_law = codebook.effect(provision) == "operative"
    description = _DESCRIPTION_OF_LAW if is_law else _DESCRIPTION_OF_TEXT
    reasons = {"not_held": _NOT_HELD, "paraphrase": description}
    return message(reasons.get(provision.text.status, _PART))
