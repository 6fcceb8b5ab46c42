"""A limb under construction: the passages of each field, and what is decided between them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from npcompare.model.field_sets import OF_COMPULSION, OF_LINK, REACHED_OFFENCES
from npcompare.model.offences import GENERAL_EXTENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.coding.passages import Passage

#: The rule without a phrase: the text was read to its end, and requires no link.
NO_LINK = "no-tie-asked"

#: The kinds of force, the weakest first.
FORCES = ("consideration", "discretionary", "mandatory")

#: The kinds of force that bind an authority to act or to consider.
_BINDING = frozenset({"mandatory", "consideration"})

#: The authorities that can decide on relief, and what leaves the decision to them: the force of a
#: choice, or relief that is an act. Other relief that they must grant only forbids them to act.
_AUTHORITIES = frozenset({"police", "prosecutor", "court"})
_CHOICES = frozenset({"consideration", "discretionary"})
_ACTS = frozenset({"discontinuance", "mitigation", "vacatur", "expungement"})

#: Relief from a prosecution.
_NO_PROSECUTION = frozenset({"no_charge", "no_prosecution", "discontinuance"})

#: Relief from what was done to a victim before.
_UNDOING = frozenset({"discontinuance", "vacatur", "expungement"})

#: Relief that may be given whatever the victim did; a sentence of imprisonment is for an offence.
CUSTODY = frozenset({"no_arrest", "no_detention"})

#: The rule for "any other victim", who is an adult only after a rule for children.
OTHER_VICTIMS = "other-victims"

#: What a petition and its answer have in common.
_WHOM = ("persons", "offences.categories")


class LimbDraft(Struct, eq=False):
    """A limb under construction, with the passages of each field."""

    #: The number of its sub-section, and the label of the article that this is part of.
    section: int = 0
    article: str = ""
    #: Where its sentence begins.
    start: int = 0
    #: The labels of its sub-section, as in a reference: "12(1)".
    number: str = ""
    #: Whether it refers back to the offences of the limb before it: "such an offence".
    refers_back: bool = False
    #: Whether the words for its offences refer back.
    refers_to_offences: bool = False
    #: Whether it names no offence but one that was mentioned: "the offence".
    refers_only: bool = False
    #: Whether it has the conditions of the limb before it: "on the same grounds".
    is_on_same_terms: bool = False
    #: Whether its compulsion is that of the limb before it: "under such coercion".
    refers_to_compulsion: bool = False
    #: Whether its relief is that of the limb before it: "the same shall apply".
    is_likewise: bool = False
    #: Whether it is the rule before it, without the compulsion: "for a child it is enough that".
    is_relaxed: bool = False
    #: Whether its words only ask for the relief: "may apply to the court to vacate".
    is_asked: bool = False
    #: Whether its words name no victim, so that it has those of the limb before it.
    takes_persons: bool = False
    passages: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    #: Whether words of its sentences are not understood; they may contain a link or a condition.
    has_unread: bool = False
    #: Whether such words may narrow "an offence".
    may_be_narrower: bool = False
    #: Whether its sentence names a rule or has a condition, unlike "they shall not be detained".
    is_of_case: bool = False
    #: Whether another sentence says which offences the article covers.
    is_scoped: bool = False
    #: The names of the requirements that it refers to, and whether some of them are not stated.
    requirements: frozenset[str] = frozenset()
    lacks_requirements: bool = False
    #: The limb that it takes values from.
    model: LimbDraft | None = None
    #: The links, with their means and tests, of which the act need only have one.
    links: list[list[Passage]] = []

    def values(self, *fields: str) -> set[str]:
        """Return the values of fields."""
        return {passage.value for name in fields for passage in self.passages.get(name, ())}

    def certain(self, name: str) -> list[Passage]:
        """Return the passages of a field that do not give way to others."""
        return [passage for passage in self.passages.get(name, ()) if not passage.rule.is_weak]

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages, at most one weak and one certain passage for each value.

        Of the words for any offence all are kept, since the offences named may narrow only some.
        """
        for passage in passages:
            present = self.passages[passage.field]
            key = (passage.value, passage.rule.is_weak)
            is_extent = passage.field == "offences.extent" and passage not in present
            if is_extent or key not in [(each.value, each.rule.is_weak) for each in present]:
                present.append(passage)

    @property
    def listed(self) -> set[str]:
        """The categories of offences that its words name."""
        return self.values("offences.categories") - {"scheduled", "gravest"}

    def replace(self, name: str, passages: Iterable[Passage]) -> None:
        """Replace the passages of a field."""
        self.passages.pop(name, None)
        if new := list(passages):
            self.passages[name] = new

    def may_take(self, passage: Passage, limbs: Iterable[LimbDraft]) -> bool:
        """Return whether a sentence about some limbs may add a passage to this limb.

        Means of compulsion are of a rule that requires it. Consent to a prosecution is needed under
        the rules that leave a choice to prosecute, and not under those beside them that forbid it.
        """
        if passage.field in OF_COMPULSION:
            return "compulsion" in self.values("link")
        is_consent = passage.value == "consent_to_prosecute"
        return self.leaves_prosecution or not (
            is_consent and any(limb.leaves_prosecution for limb in limbs)
        )

    @property
    def leaves_prosecution(self) -> bool:
        """Whether an authority may prosecute under it: it has a choice, or only "should not"."""
        is_open = self.values("force") & _CHOICES or "should" in self.values("duty")
        return bool(is_open and self.values("relief") & _NO_PROSECUTION)

    def answers(self, before: LimbDraft) -> bool:
        """Return whether it says how the petition is decided that the limb before it allows."""
        named = ("offences.categories",) if before.takes_persons else _WHOM
        is_about_others = any(self.values(name) - before.values(name) for name in named)
        return before.is_asked and not self.is_asked and not is_about_others

    def follows(self, before: LimbDraft) -> bool:
        """Return whether its relief undoes what the relief before it came too late for."""
        is_later = bool(self.values("relief")) and self.values("relief") <= _UNDOING
        is_other = self.values("persons") - before.values("persons")
        named = self.certain("offences.extent") or self.values("offences.categories", "link")
        is_earlier = not before.values("relief") & self.values("relief")
        return is_later and is_earlier and not is_other and not named

    def continues(self, before: LimbDraft) -> bool:
        """Return whether it varies the rule before it: "if that person is a child, the offence"."""
        has_offences = before.values(*REACHED_OFFENCES)
        return self.refers_only and self.section == before.section and bool(has_offences)

    def differs_in_force(self, before: LimbDraft) -> bool:
        """Return whether its words give another force than the choice that is left before it."""
        own = {passage.value for passage in self.certain("force")}
        return bool(own and before.values("force") & _CHOICES) and own != before.values("force")

    def settle_force(self) -> None:
        """Keep the weakest force, which governs the others."""
        for force in FORCES:
            passages = [each for each in self.passages.get("force", ()) if each.value == force]
            if passages:
                self.replace("force", passages[:1])
                return

    def settle_duty(self) -> None:
        """Keep the duty that governs the relief: the last one before it, and else the first."""
        duties = self.passages.get("duty", [])
        if len(duties) > 1:
            relief = min((each.start for each in self.passages.get("relief", ())), default=0)
            before = [each for each in duties if each.start <= relief]
            self.replace("duty", before[-1:] or duties[:1])

    def settle_persons(self) -> None:
        """Keep adults or children if the words name them, and otherwise victims."""
        persons = self.passages.get("persons", ())
        if named := [passage for passage in persons if passage.value != "any_victim"]:
            self.replace("persons", named)

    def settle_other_victims(self, near: Iterable[LimbDraft]) -> None:
        """Keep that "any other victim" is an adult, if a rule for children is before it."""
        others = [
            passage
            for passage in self.passages.get("persons", ())
            if passage.rule.id == OTHER_VICTIMS
        ]
        if others and not any("child" in limb.values("persons") for limb in near):
            self.replace("persons", [others[0].as_field("persons", "any_victim")])

    def settle_reference(self, before: LimbDraft) -> None:
        """Leave out an offence that only refers to those of the limb before: "such acts"."""
        if self.continues(before):
            self.refers_back = self.refers_to_offences = True
        if self.refers_to_offences and before.values("offences.extent"):
            self.replace("offences.extent", self.certain("offences.extent"))

    def settle_exclusions(self) -> None:
        """Leave out the exceptions that only limit a category that is named.

        The codebook has one value for both: "a scheduled offence, except murder".
        """
        named = self.values("offences.categories")
        excluded = self.passages.get("offences.excluded", ())
        self.replace("offences.excluded", [each for each in excluded if each.value not in named])

    def settle_link(self) -> None:
        """Read words on who compels as a link, if there is no other."""
        compelling = self.passages.get("compelled_by")
        if compelling and not self.values("link"):
            self.add([compelling[0].as_field("link", "compulsion")])

    def settle_victims(self) -> None:
        """Read words on the link to the trafficking as words on a victim, if none names one."""
        links = [each for each in self.passages.get("link", ()) if each.value != "none"]
        if links and not self.values("persons"):
            self.add([links[0].as_field("persons", "any_victim")])

    def settle_needs(self) -> None:
        """Keep that cooperation or recognition is not needed, and not the words for what is not."""
        for name, value in (("cooperation", "expressly_irrelevant"), ("status_required", "none")):
            if value in self.values(name):
                self.replace(name, [each for each in self.passages[name] if each.value == value])

    def settle_defence(self) -> None:
        """Give force to a defence without words of force: it must be given once made out."""
        defences = [each for each in self.passages.get("relief", ()) if each.value == "defence"]
        if defences and not self.values("force"):
            self.add([defences[0].as_field("force", "mandatory")])

    def settle_burden(self) -> None:
        """Leave to an accused who must only point to evidence no more than to raise the matter."""
        if evidential := [
            passage for passage in self.passages.get("burden", ()) if passage.value == "evidential"
        ]:
            others = [each for each in self.passages["burden"] if each.value != "accused"]
            self.replace("burden", others)
            self.add([evidential[0].as_field("raised_by", "accused")])

    def settle_decision(self) -> None:
        """Let an authority that is to act on the relief decide on it."""
        if self.values("force") & _CHOICES or self.values("relief") & _ACTS:
            self.add(
                passage.as_field("decision")
                for passage in self.passages.get("addressee", ())
                if passage.value in _AUTHORITIES
            )

    @property
    def is_silent(self) -> bool:
        """Whether all words are understood that may limit it, or the limb it takes values from."""
        return not self.has_unread and (self.model is None or self.model.is_silent)

    def conclude(self) -> bool:
        """Conclude from silence that no link is required, where there is silence.

        Means of compulsion, who compels, and "but for the trafficking" presuppose a link. "An
        offence" means any offence only if no words may narrow it that are not understood. Return
        whether that value had to be removed.
        """
        extents = self.passages.get("offences.extent", [])
        certain = self.certain("offences.extent")
        is_removed = self.may_be_narrower and len(certain) < len(self.values("offences.extent"))
        if is_removed:
            self.replace("offences.extent", certain)
            extents = certain
        bases = extents or self._relief_for_any_reason
        has_link = self.values("link", *OF_COMPULSION) or "but_for" in self.values("tests")
        if bases and not has_link and self.is_silent:
            self.replace("link", [bases[0].as_field("link", "none", NO_LINK)])
        if not self.has_unread:
            self._settle_invitation()
        return is_removed

    def _settle_invitation(self) -> None:
        """Give force to relief that others are invited to give: "States are invited to expunge"."""
        if not self.values("force") and not self.is_asked:
            duties = self.passages.get("duty", ())
            self.add(
                passage.as_field("force", "mandatory")
                for passage in duties
                if passage.value == "encouraged"
            )

    @property
    def _relief_for_any_reason(self) -> list[Passage]:
        """The words of relief that victims have whatever they did: "shall not be detained".

        Any other relief is for an offence, which the rule before may limit.
        """
        is_custody = bool(self.values("relief")) and self.values("relief") <= CUSTODY
        if not is_custody or self.values(*REACHED_OFFENCES):
            return []
        return self.passages["relief"] if self.values("persons") else []

    @property
    def lacks_value(self) -> bool:
        """Whether no words give its offences, its link or its force, and none was concluded.

        Relief for any reason is for no offence; words that ask for relief give none by force.
        """
        has_offences = self.values(*REACHED_OFFENCES)
        is_covered = has_offences or self.values("link") == {"none"}
        has_force = self.is_asked or self.values("force")
        return not (is_covered and self.values("link") and has_force)

    def take_alternatives(self, limbs: Iterable[LimbDraft]) -> None:
        """Take the links of limbs, with their means and tests, as alternatives."""
        links = [
            [each for name in OF_LINK for each in limb.passages.get(name, ())] for limb in limbs
        ]
        self.links = [link for index, link in enumerate(links) if link not in links[:index]]
        self.add(self.links[0])

    def alternatives(self) -> Iterator[LimbDraft]:
        """Yield it, and a limb that is else the same for each further link."""
        yield self
        for link in self.links[1:]:
            limb = replace(self, passages=defaultdict(list), links=[])
            for passages in self.passages.values():
                limb.add(passage for passage in passages if passage not in self.links[0])
            limb.add(link)
            yield limb


def exclude_gravest(limbs: list[LimbDraft]) -> None:
    """Leave the gravest offences out of a rule, if the next one gives a lesser relief for them.

    "However, if the offence is a felony, the penalty is reduced by half."
    """
    for before, limb in pairwise(limbs):
        is_lesser = limb.values("relief") == {"mitigation"} != before.values("relief")
        is_of_gravest = limb.values("offences.categories") == {"gravest"}
        is_same = before.article == limb.article and before.values("persons") == limb.values(
            "persons"
        )
        is_general = before.values("offences.extent") <= GENERAL_EXTENTS
        if is_lesser and is_of_gravest and is_same and is_general:
            gravest = limb.passages["offences.categories"]
            before.add(each.as_field("offences.excluded") for each in gravest)


def settle_duties(limbs: list[LimbDraft]) -> None:
    """Read the other rules of a text that binds States or authorities as duties also.

    Those addressed to States have words of their own for it.
    """
    if not any(limb.values("duty") for limb in limbs):
        return
    for limb in limbs:
        forces = [each for each in limb.passages.get("force", ()) if each.value in _BINDING]
        if not limb.values("duty") and "state" not in limb.values("addressee"):
            limb.add(each.as_field("duty", "shall") for each in forces[:1])
