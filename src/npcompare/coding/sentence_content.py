"""What a sentence is about: whether it states a rule, may limit one, or is about something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.coding.beneficiaries import UNCLEAR
from npcompare.coding.limb_drafts import FORCES
from npcompare.coding.phrasebook import SIGNALS
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.field_sets import OF_LINK, REACHED_OFFENCES

if TYPE_CHECKING:
    from npcompare.coding.passages import Passage

#: Fields that a sentence without relief adds to the limbs before it, or to the whole provision.
_CONDITIONS = ("conditions", "cooperation", "status_required", "decision")
ADDED_FIELDS = (
    "compulsion",
    "compelled_by",
    "tests",
    "offences.excluded",
    *_CONDITIONS,
    "liability",
)

#: A sentence counts as read if it has one of these fields or signals.
_MEANINGFUL = frozenset(
    {"relief", *SIGNALS, *ADDED_FIELDS, *FIELDS_OF_PROVISION}
    - {"plain", "inserted", "about_rule", "about_article", "about_law", "about_part"}
    - {"defined", "required"}
)

#: The fields and signals of a sentence that gives relief.
_GIVES_RELIEF = frozenset({"relief", "likewise", "relaxed"})

#: What a clause has that gives relief or refers to a rule.
_OF_RULE = frozenset(
    {
        *("relief", "likewise", "relaxed", "further", "reference", "scope", "about_rule"),
        *("about_law", "exception", "excepted"),
    }
)

#: What limits a rule to some acts.
_LIMITS = frozenset({"link", "offences.categories"})

#: What a main clause has that states a rule, or something about one.
_OF_CLAUSE = frozenset({"relief", "likewise", "burden", "standard", "denial", "exception"})

#: The fields of a sentence that gives relief to a victim.
_RELIEF_FOR_VICTIMS = frozenset({"relief", "persons"})

#: What no title with a full stop has: "Judicial pardon."
_PREDICATES = frozenset(
    {
        *("force", "no_force", "likewise", "relaxed", "further", "denial"),
        *("addressee", "raised_by", "burden"),
    }
)

#: The signals of a sentence that makes an exception from a rule.
_EXCEPTIONS = frozenset({"exception", "excepted", "denial"})

#: The fields of a rule about victims, even if its relief was not recognized, besides the offences.
_RULE_FIELDS = frozenset({"persons", "link"})
_OFFENCES = frozenset(REACHED_OFFENCES)


class SentenceContent(Struct, frozen=True):
    """What a sentence is about, by the fields and signals of its passages."""

    fields: frozenset[str]
    has_force: bool
    #: Whether it ends where a sub-section begins, without a full stop.
    is_open: bool
    #: Whether it gives relief, and it is unclear to whom.
    is_unclear: bool = False
    #: Whether it is as short as a title, and without a word such as "shall".
    is_short: bool = False
    #: The weakest force that its words give, which governs the others.
    force: str = ""

    @classmethod
    def of(cls, passages: list[Passage], *, is_open: bool, is_short: bool) -> SentenceContent:
        """Return the content of a sentence with some passages."""
        has_force = any(
            passage.field == "force" and not passage.rule.is_weak for passage in passages
        )
        is_unclear = any(passage.rule.id == UNCLEAR for passage in passages)
        fields = frozenset(passage.field for passage in passages)
        forces = {passage.value for passage in passages if passage.field == "force"}
        force = next((each for each in FORCES if each in forces), "")
        return cls(fields, has_force, is_open, is_unclear, is_short, force)

    @property
    def gives_relief(self) -> bool:
        """Whether it gives relief."""
        return bool(self.fields & _GIVES_RELIEF)

    @property
    def is_clause(self) -> bool:
        """Whether it is a main clause that states a rule, or something about one."""
        return "force" in self.fields and bool(self.fields & _OF_CLAUSE)

    def is_other_rule(self, before: SentenceContent) -> bool:
        """Return whether it is a clause with a relief and a force other than those before it.

        The rule before it must be complete: it has limits of its own.
        """
        is_complete = "relief" in before.fields and bool(before.fields & _LIMITS)
        return is_complete and "relief" in self.fields and self.force not in ("", before.force)

    @property
    def is_of_rule(self) -> bool:
        """Whether it gives relief or refers to a rule."""
        return bool(self.fields & _OF_RULE)

    @property
    def is_heading(self) -> bool:
        """Whether it names the subject of the law, as a heading does, and gives no relief."""
        is_title = self.is_short and self.gives_relief and not self.fields & _PREDICATES
        return is_title or (self.is_open and not self.has_force)

    @property
    def is_request(self) -> bool:
        """Whether a later sentence gives the relief: that victims may ask for, or of the title."""
        if self.is_heading:
            return self.fields >= _RELIEF_FOR_VICTIMS
        is_apart = self.is_of_others or self.is_rule or "definition" in self.fields
        if is_apart or "persons" not in self.fields:
            return False
        # "A defendant may ask the court"; "This section applies to a victim".
        names_offences = bool(self.fields & (_OFFENCES | {"link"}))
        return (names_offences and "raised_by" in self.fields) or "about_rule" in self.fields

    @property
    def is_about_rule(self) -> bool:
        """Whether it may limit a rule that another sentence of its article states."""
        return bool(self.fields & {"about_rule", *OF_LINK, *_EXCEPTIONS})

    @property
    def is_about_law(self) -> bool:
        """Whether it may limit a rule of another article."""
        return bool(self.fields & _EXCEPTIONS) and bool(self.fields & {"about_law", "persons"})

    @property
    def is_about_part(self) -> bool:
        """Whether it may limit all rules of its Part, Chapter or Act, and is none itself."""
        return "about_part" in self.fields and not self.is_rule

    def may_add(self, passage: Passage) -> bool:
        """Return whether it adds a value to the limbs before it, if it gives no relief.

        Words that bound the offences of a rule that was not understood bound no other rule. That
        nobody need have recognized the victim is said of the rules before it.
        """
        if passage.field == "offences.excluded":
            return bool(self.fields & {"about_rule", "scope", *_EXCEPTIONS})
        is_requirement = passage.field == "status_required" and passage.value != "none"
        return self.is_about_rule or not is_requirement

    @property
    def is_of_others(self) -> bool:
        """Whether it gives relief to other persons, or names a subject only."""
        return self.is_heading or "aside" in self.fields

    @property
    def is_passed_over(self) -> bool:
        """Whether it is about other persons and no more."""
        is_limit = self.is_about_rule or self.is_about_law
        is_listed = is_limit or self.is_unclear or self.fields >= _RELIEF_FOR_VICTIMS
        return "aside" in self.fields and not is_listed

    @property
    def may_be_plain(self) -> bool:
        """Whether it may consist of words that add nothing to any value."""
        return "plain" in self.fields and not self.is_read

    @property
    def is_of_rules(self) -> bool:
        """Whether it seems to state a rule for victims, or to limit one of another article."""
        if "definition" in self.fields:
            return self.fields >= _RELIEF_FOR_VICTIMS
        return self.is_about_law or bool(self.fields & {"relief", "persons", "link"})

    @property
    def is_rule(self) -> bool:
        """Whether it makes limbs: it gives relief, or is a rule whose relief was not recognized."""
        names_offences = bool(self.fields & _OFFENCES) and "denial" not in self.fields
        is_rule = self.has_force and self.fields >= _RULE_FIELDS and names_offences
        return (is_rule or self.gives_relief) and "definition" not in self.fields

    @property
    def is_read(self) -> bool:
        """Whether it was recognized what the sentence does."""
        is_meaningful = bool(self.fields & _MEANINGFUL)
        return is_meaningful and not self.is_of_others and (self.gives_relief or not self.is_rule)


def proven_link(passages: list[Passage]) -> list[Passage]:
    """Return the link that the accused must prove: "has the burden of proving that it was".

    Several links may be alternatives, so that none of them is returned.
    """
    must_prove = any(each.field == "burden" and each.value == "accused" for each in passages)
    links = [each for each in passages if each.field == "link"]
    return links if must_prove and len({each.value for each in links}) == 1 else []
