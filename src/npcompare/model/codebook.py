"""The codebook: the words, dimensions and rules for coding law, as data with their labels."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field

from npcompare.errors import NpcompareError
from npcompare.messages import current, deferred, enumerated, listed, message
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.logic import Answer
from npcompare.model.offences import ANY, ANY_BUT_EXCLUDED, LISTED
from npcompare.model.provision import NONE_REPORTED, Basis, Coded
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.model.offences import Offences
    from npcompare.model.provision import Citation, Provision
    from npcompare.model.results import Authority, Classified, LimbValue, Reason
    from npcompare.model.scale import Scale

#: Each field of a limb or provision with the vocabulary it is coded in.
FIELDS = {
    "persons": "persons",
    "offences.extent": "extent",
    "offences.categories": "category",
    "offences.excluded": "category",
    **{
        name: name
        for name in (
            *("link", "graded", "compulsion", "compelled_by", "tests", "timing", "relief"),
            *("liability", "force", "duty", "requires", "addressee", "conditions"),
            *("status_required", "status_decider", "cooperation", "decision", "evidence"),
            *("records", "records_procedure", "records_effect", "beneficiaries"),
            *("raised_by", "burden", "standard"),
        )
    },
}

#: The labels of what a provision has in place of classes.
WITHOUT_CLASS = {
    Basis.SILENT: deferred("silent"),
    Basis.UNKNOWN: deferred("unknown"),
    NONE_REPORTED: deferred("none reported"),
}

#: The victims for whom provisions are compared separately.
PERSONS = ("adult", "child")


class Term(Struct, frozen=True):
    """A word of the vocabulary, or a class."""

    word: str
    label: str
    definition: str
    source: Citation | None
    #: The word and all words that it includes; only its parts if it means exactly these.
    stands_for: frozenset[str]
    #: Whether each law defines this category of offences for itself.
    varies: bool = False
    #: The label of a category of offences after "any offence other than".
    excluded_label: str = ""


class Dimension(Struct, frozen=True):
    """One question about every provision, with its possible answers and their order."""

    id: str
    label: str
    question: str
    #: None for a question that the background paper does not ask.
    source: Citation | None
    #: Whether the overall relation depends on it.
    core: bool
    #: The coded field whose words are the classes; empty if rules give the classes.
    field: str
    classes: Mapping[str, Term]
    #: Whether silence of a full text means "none"; otherwise the value is not known.
    silence_is_none: bool
    silence: str
    order: tuple[Authority, ...]
    #: Whether the unavailable part of a text may add values.
    open_ended: bool
    #: The dimension that this one describes in more detail; empty for most.
    under: str
    #: Whether it is shown only where something is known of it.
    is_detail: bool
    scale: Scale

    def label_of(self, answer: str) -> str:
        """Return the label of a class, or of what a provision has in place of classes."""
        if answer in self.classes:
            return self.classes[answer].label
        return (
            message(WITHOUT_CLASS[answer]) if answer in WITHOUT_CLASS else answer.replace("_", " ")
        )


class Rule(Struct, frozen=True):
    """Gives a class to a limb for which the condition is true."""

    id: str
    dimension: str
    when: Mapping[str, Any]
    then: str
    because: str
    source: Citation | None
    #: Whether the class counts in comparisons only and is not shown as a class.
    is_implied: bool = False


class Codebook(Struct, frozen=True, dict=True):
    """The words, dimensions and rules that provisions are coded and classified by."""

    version: str
    title: str
    vocabulary: Mapping[str, Mapping[str, Term]]
    dimensions: Mapping[str, Dimension]
    rules: tuple[Rule, ...]
    #: Words that often introduce an exception, by language.
    exception_words: Mapping[str, tuple[str, ...]]
    #: Each effect of provisions with the condition for it; the first that is true decides.
    effects: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    #: By vocabulary, the words of earlier codebooks, each with what to write now.
    moved: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def effect(self, provision: Provision) -> str:
        """Return the effect of a provision, from its form and the kind of its instrument.

        If neither is known, the effect is "unknown".
        """
        values = {
            "form": provision.form,
            "instrument_kind": provision.instrument.kind,
        }
        coded = {
            name: (Coded(word, Basis.TEXT, (), None),) if word else ()
            for name, word in values.items()
        }
        for effect, condition in self.effects:
            if evaluate(condition, coded)[0] is Answer.YES:
                return effect
        return str(Basis.UNKNOWN)

    @property
    def scope(self) -> Dimension:
        """The dimension of the offences that provisions reach."""
        return self.dimensions["scope"]

    @property
    def offences(self) -> Offences:
        """The scale of that dimension."""
        return cast("Offences", self.scope.scale)

    @property
    def stage(self) -> Dimension:
        """The dimension of the stages at which provisions apply."""
        return self.dimensions["stage"]

    @property
    def core(self) -> tuple[Dimension, ...]:
        """The dimensions that decide the overall relation."""
        return tuple(dimension for dimension in self.dimensions.values() if dimension.core)

    def chosen(self, names: str | None) -> tuple[Dimension, ...]:
        """Return the dimensions in a list separated by commas; without a list, the core ones."""
        if names is None:
            return self.core
        dimensions = (self.dimension(name.strip()) for name in names.split(","))
        return tuple({dimension.id: dimension for dimension in dimensions}.values())

    def label(self, vocabulary: str, word: str) -> str:
        """Return the label of a word, or the word itself if it has none."""
        term = self.vocabulary[vocabulary].get(word)
        return term.label if term else word

    def dimension(self, name: str) -> Dimension:
        """Return a dimension by its name; raise NpcompareError if it does not exist."""
        dimension = self.dimensions.get(name.casefold())
        if dimension is None:
            hint = suggestion(name, "the dimensions are", self.dimensions)
            # A coder may use the name of the field in the file, such as "offences".
            prefix = f"{name.casefold()}."
            for rule in self.rules:
                if any(coded.startswith(prefix) for coded, _ in leaves(rule.when)):
                    hint = f'did you mean "{rule.dimension}"? it shows the words for {name} too'
                    break
            raise NpcompareError(f'there is no dimension "{name}"', hint)
        return dimension

    def rules_of(self, dimension: str) -> tuple[Rule, ...]:
        """Return the rules that give the classes of a dimension."""
        return self._rules.get((dimension, False), ())

    def implied_rules_of(self, dimension: str) -> tuple[Rule, ...]:
        """Return the rules that give classes which count in comparisons only."""
        return self._rules.get((dimension, True), ())

    def fields_of(self, dimension: str) -> tuple[str, ...]:
        """Return the coded fields that the classes of a dimension are based on."""
        return self._fields[dimension]

    # Both are asked for once for each limb in each dimension.
    @cached_property
    def _rules(self) -> dict[tuple[str, bool], tuple[Rule, ...]]:
        rules: dict[tuple[str, bool], list[Rule]] = {}
        for rule in self.rules:
            rules.setdefault((rule.dimension, rule.is_implied), []).append(rule)
        return {key: tuple(group) for key, group in rules.items()}

    @cached_property
    def _fields(self) -> dict[str, tuple[str, ...]]:
        return {
            name: (dimension.field,)
            if dimension.field
            else tuple(
                dict.fromkeys(
                    coded for rule in self.rules_of(name) for coded, _ in leaves(rule.when)
                )
            )
            for name, dimension in self.dimensions.items()
        }


# --- Labels ----------------------------------------------------------------------


def spoken_limb(limb_id: str) -> str:
    """Return the id of a limb as words: "unlawful activities" for "unlawful-activities"."""
    return current().text(english_words(limb_id))


def english_words(limb_id: str) -> str:
    """Return the id of a limb as words in English, of which there may be a translation."""
    return limb_id.replace("-", " ").replace("_", " ")


def class_words(book: Codebook, classified: Classified) -> str:
    """Return the classes of a dimension in the codebook's labels, or why there are none.

    If limbs differ, each is named with its classes.
    """
    if not classified.values:
        return book.dimensions[classified.dimension].label_of(classified.answers[0])
    limbs = [limb for limb in classified.differing_limbs if limb.limb]
    is_persons = (
        book.dimensions[classified.dimension].field == "persons" and not classified.unknown_limbs
    )
    if not limbs or is_persons:
        return _labels_with_categories(book, classified.dimension, classified.values, classified)
    words = {limb.limb: _words_of_limb(book, classified, limb) for limb in limbs}
    names: dict[str, list[str]] = {}
    for name, classes in words.items():
        names.setdefault(classes, []).append(name)
    return "\n".join(
        message("{limb}: {classes}", limb=limb, classes=classes)
        for name, classes in words.items()
        if (limb := _name_in_line(name, names[classes]))
    )


def _words_of_limb(book: Codebook, classified: Classified, limb: LimbValue) -> str:
    """Return the classes of a limb, or why there are none."""
    values = [word for word in classified.values if word in (limb.values or ())]
    class_labels = _labels_with_categories(book, classified.dimension, values, limb)
    # A limb of which something is reported, but no class, is reported to have none.
    without_class = NONE_REPORTED if limb.basis is Basis.REPORTED else str(limb.basis)
    return class_labels or book.dimensions[classified.dimension].label_of(without_class)


#: More limbs with the same classes are in one line.
_MOST_LINES = 3


def _name_in_line(limb_id: str, alike: Sequence[str]) -> str:
    """Return what a line begins with: a limb, or many with its classes; nothing but for the first.

    Args:
        limb_id: The id of the limb.
        alike: The ids of the limbs with the same classes, itself among them.
    """
    if len(alike) <= _MOST_LINES:
        return limb_name(limb_id)
    if limb_id != alike[0]:
        return ""
    if not all(map(str.isdecimal, alike)):
        return enumerated([limb_name(each) for each in alike])
    return message("limbs {numbers}", numbers=enumerated(_ranges(map(int, alike))))


def limb_name(limb_id: str) -> str:
    """Return the name of a limb: "limb 2", or its id in words."""
    return message("limb {number}", number=limb_id) if limb_id.isdecimal() else spoken_limb(limb_id)


def _ranges(numbers: Iterable[int]) -> list[str]:
    """Return numbers in ascending order with those that follow one another as a range."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ["\N{EN DASH}".join(map(str, ends)) for ends in ranges]


def reason_words(book: Codebook, classified: Classified, reason: Reason) -> str:
    """Return the class that a reason gives, with what its own limb names and excludes."""
    limbs = [limb for limb in classified.limbs if limb.limb == reason.limb]
    return _labels_with_categories(
        book,
        classified.dimension,
        [reason.value],
        limbs[0] if reason.limb and limbs else classified,
    )


def _labels_with_categories(
    book: Codebook, dimension: str, values: Iterable[str], by: Classified | LimbValue
) -> str:
    class_labels = []
    for value in values:
        # "Any offence other than ..." says what the label of the class says in general.
        is_spelt_out = value == ANY_BUT_EXCLUDED and by.excluded
        label = book.dimensions[dimension].label_of(ANY if is_spelt_out else value)
        if value == LISTED and by.categories:
            label = _with_categories(label, labels(book, "category", by.categories), by)
        elif by.is_open:
            label = message("at least {label}", label=label)
        class_labels.append(label)
    words = enumerated(class_labels, is_strong=True)
    if not by.excluded:
        return words
    excluded = _excluded(book, by.excluded)
    return message("{classes} other than {excluded}", classes=words, excluded=excluded)


def _with_categories(label: str, categories: str, by: Classified | LimbValue) -> str:
    """Return the label of a list of offences with the categories of these offences."""
    if by.is_open:
        return message("{label}, among them {categories}", label=label, categories=categories)
    return message("{label}: {categories}", label=label, categories=categories)


def _excluded(book: Codebook, categories: Iterable[str]) -> str:
    """Return the excluded categories of offences as a list in a sentence."""
    terms = book.vocabulary["category"]
    selected = set(categories)
    return listed([terms[word].excluded_label for word in terms if word in selected])


def note_on_persons(book: Codebook, persons: Iterable[str], note: str) -> str:
    """Return the note on a reported class, with the persons to whom the report applies.

    The note continues after a colon, so that in a file it begins with a small letter.
    """
    applies = labels(book, "persons", persons)
    if not applies:
        return note
    if note:
        return message("Applies to {persons}: {note}", persons=applies, note=note)
    return message("Applies to {persons} only.", persons=applies)


def labels(book: Codebook, vocabulary: str, words: Iterable[str]) -> str:
    """Return the labels of words, in the order of the vocabulary."""
    selected = set(words)
    return enumerated(
        [term.label for word, term in book.vocabulary[vocabulary].items() if word in selected]
    )
