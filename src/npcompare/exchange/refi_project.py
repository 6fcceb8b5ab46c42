"""Provisions as a REFI-QDA project (.qdpx): texts, codes, coded words, cases, variables and notes.

Positions are those of Unicode code points. Programs do not agree on how many characters a line
break has, so every text is one line. A value that no words prove is in the note on its provision,
and never on words.
"""

from __future__ import annotations

from itertools import groupby, starmap
from typing import TYPE_CHECKING, NamedTuple

from npcompare.analysis.classification import classify
from npcompare.coding.double_coding import load_double_coding
from npcompare.exchange.case_variables import (
    Subject,
    add_values,
    add_variables,
    case_variables,
    text_variables,
    used_variables,
)
from npcompare.exchange.coded_passages import CORPUS, PROPOSAL, RULES, coded_texts
from npcompare.exchange.coding_frame import add_codes, coding_frame
from npcompare.exchange.provision_record_text import (
    case_description,
    note_text,
    text_description,
)
from npcompare.exchange.refi_xml import (
    ORIGIN,
    UniqueNames,
    add,
    add_reference,
    as_bytes,
    described,
    guid,
    packed,
    root,
)
from npcompare.formats.registry import EPOCH, timestamp
from npcompare.law.checking import DEFAULT_OPTIONS
from npcompare.messages import current, message, number, sentences
from npcompare.model.codebook import limb_name
from npcompare.model.language_versions import in_language
from npcompare.model.provision import Basis
from npcompare.reports.basis_words import basis_label
from npcompare.reports.cells import provenance, provision_namer
from npcompare.reports.doubts import note_with_doubt
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from npcompare.exchange.coded_passages import CodedPassage, CodedText
    from npcompare.exchange.coding_frame import CodingFrame
    from npcompare.law.corpus import Corpus
    from npcompare.law.dataset_file import Dataset
    from npcompare.model.provision import Provision

_NAMESPACE = "urn:QDA-XML:project:1.0"

#: Characters that a file of some system cannot have in its name, as programs name files by texts.
_NOT_IN_FILE_NAMES = str.maketrans('/\\:*?"<>|', "-" * 9)

#: Programs add an ending, and file systems allow 255 bytes.
_LONGEST_NAME = 100
_FIRST_OF_THREE_BYTES = "\u0800"


class _Case(NamedTuple):
    """A provision with its name in the project, and each version of its text."""

    subject: Subject
    name: str
    texts: tuple[CodedText, ...]
    #: The provision with each of its texts, by language.
    views: Mapping[str, Subject]

    @property
    def provision(self) -> Provision:
        return self.subject.provision

    @property
    def key(self) -> str:
        """What identifies the case: for a text that is not coded, the id is a path."""
        return self.name if self.provision.is_proposed else self.provision.id

    @property
    def guid(self) -> str:
        return guid("case", self.key)

    @property
    def note_guid(self) -> str:
        return guid("note", self.key)

    def text_guid(self, text: CodedText) -> str:
        return guid("text", self.key, text.text.language)


class _Writer:
    """What the parts of a project share."""

    def __init__(
        self, corpus: Corpus, provisions: Sequence[Provision], coders: Mapping[str, Corpus]
    ) -> None:
        self.corpus = corpus
        self.frame = coding_frame(corpus)
        self.date = _date(corpus)
        self.cases = tuple(_cases(corpus, self.frame, provisions, coders))
        # QualCoder takes a variable that no case has for one of texts.
        self.case_variables = used_variables(
            case_variables(corpus), [case.subject for case in self.cases]
        )
        self.text_variables = used_variables(
            text_variables(corpus), [view for case in self.cases for view in case.views.values()]
        )

    @property
    def users(self) -> tuple[str, ...]:
        """The users whose codings the project has; the first one stands for the whole project."""
        users = {passage.user for case in self.cases for passage in _passages(case)}
        own_names = (CORPUS, RULES, PROPOSAL)
        coders = sorted(users.difference(own_names))
        return tuple(name for name in (*own_names, *coders) if name in {CORPUS, *users})

    def signed(self, user: str = CORPUS) -> dict[str, str]:
        """Return the attributes that say who made a part of the project, and when."""
        return {"creatingUser": guid("user", user), "creationDateTime": self.date}


def _coders_of(corpus: Corpus) -> Mapping[str, Corpus]:
    double_coding = load_double_coding(corpus, DEFAULT_OPTIONS)
    if double_coding is None:
        return {}
    names = (message("First coder"), message("Second coder"))
    return dict(zip(names, double_coding.corpora, strict=True))


def _date(corpus: Corpus) -> str:
    """Return the time of every part: that of SOURCE_DATE_EPOCH, of the release, or the earliest."""
    released = corpus.dataset.released if corpus.dataset else ""
    if timestamp() == EPOCH and len(released) == len("2026-01-31"):
        return f"{released}T00:00:00Z"
    return timestamp().strftime("%Y-%m-%dT%H:%M:%SZ")


def write_project(
    corpus: Corpus, provisions: Sequence[Provision], coders: Mapping[str, Corpus] | None = None
) -> bytes:
    """Return provisions as a REFI-QDA project: an archive with the project and its texts.

    Args:
        corpus: The corpus.
        provisions: Its provisions that the project has.
        coders: The same provisions as others coded them, by the name of the coder; by default,
            those that the corpus keeps in its folder of double coding.
    """
    unique = {provision.id: provision for provision in provisions}
    if coders is None:
        coders = _coders_of(corpus)
    writer = _Writer(corpus, tuple(unique.values()), coders)
    files = {}
    for case in writer.cases:
        for text in case.texts:
            files[f"sources/{case.text_guid(text)}.txt"] = text.words.encode()
        note = visible(_note(writer, case)).replace("\n", "\r\n")
        files[f"sources/{case.note_guid}.txt"] = note.encode()
    project = as_bytes(_project(writer))
    return packed({"project.qde": project, **dict(sorted(files.items()))}, EPOCH.timetuple()[:6])


# --- Names ----------------------------------------------------------------------------------------


def _cases(
    corpus: Corpus,
    frame: CodingFrame,
    provisions: Sequence[Provision],
    coders: Mapping[str, Corpus],
) -> Iterable[_Case]:
    name_of = provision_namer(provisions)
    collections = {file.header.id: file.collection for file in corpus.files}
    codings = {
        coder: {provision.id: provision for provision in coded.all_provisions()}
        for coder, coded in coders.items()
    }
    names = UniqueNames()
    for provision in provisions:
        name = names.unique(_file_name(name_of(provision)))
        second_codings = {
            coder: coding[provision.id]
            for coder, coding in codings.items()
            if provision.id in coding
        }
        texts = coded_texts(corpus.codebook, frame, provision, second_codings)
        subject = _subject(corpus, provision, collections.get(provision.id, ""))
        views = {
            text.text.language: subject
            if text.text is provision.text
            else _subject(corpus, in_language(provision, text.text.language), subject.collection)
            for text in texts
        }
        yield _Case(subject, name, texts, views)


def _subject(corpus: Corpus, provision: Provision, collection: str) -> Subject:
    return Subject(corpus, classify(corpus.codebook, provision), collection)


def _file_name(name: str) -> str:
    plain = fold(visible(name).translate(_NOT_IN_FILE_NAMES)).strip(" .") or "-"
    longest = _LONGEST_NAME if max(plain) < _FIRST_OF_THREE_BYTES else _LONGEST_NAME // 2
    if len(plain) <= longest:
        return plain
    start = plain[: longest - 1]
    return f"{start.rpartition(' ')[0] or start}…"


def _text_name(case: _Case, text: CodedText) -> str:
    """Return the name of a text: that of its case, and whether it is not the law's own words."""
    remarks = [text.text.language] if len(case.texts) > 1 else []
    remarks += [message("paraphrase")] if text.text.is_description else []
    remarks += [basis_label(Basis.PROPOSED)] if case.provision.is_proposed else []
    return f"{case.name} [{', '.join(remarks)}]" if remarks else case.name


# --- The project ----------------------------------------------------------------------------------


def _project(writer: _Writer) -> Element:
    dataset = writer.corpus.dataset
    project = root(
        "Project",
        _NAMESPACE,
        name=message(dataset.title) if dataset else writer.corpus.codebook.title,
        origin=ORIGIN,
        creatingUserGUID=guid("user", CORPUS),
        creationDateTime=writer.date,
    )
    users = add(project, "Users")
    for name in writer.users:
        add(users, "User", guid=guid("user", name), name=name)
    add_codes(add(project, "CodeBook"), writer.frame)
    if variables := (*writer.case_variables, *writer.text_variables):
        add_variables(project, variables)
    _add_parts(project, "Cases", writer, _add_case)
    if any(case.texts for case in writer.cases):
        _add_parts(project, "Sources", writer, _add_texts)
    _add_parts(project, "Notes", writer, _add_note)
    _add_sets(project, writer)
    add(project, "Description", _description(writer))
    return project


def _add_parts(
    project: Element, tag: str, writer: _Writer, add_part: Callable[[Element, _Writer, _Case], None]
) -> None:
    """Add a part of each case; an element without any is not allowed."""
    if writer.cases:
        parent = add(project, tag)
        for case in writer.cases:
            add_part(parent, writer, case)


def _add_case(parent: Element, writer: _Writer, case: _Case) -> None:
    element = add(parent, "Case", guid=case.guid, name=case.name)
    described(element, case_description(case.provision, writer.corpus))
    add_values(element, writer.case_variables, case.subject)
    for text in case.texts:
        add_reference(element, "SourceRef", case.text_guid(text))


def _add_texts(parent: Element, writer: _Writer, case: _Case) -> None:
    for text in case.texts:
        view = case.views[text.text.language]
        element = add(
            parent,
            "TextSource",
            guid=case.text_guid(text),
            name=_text_name(case, text),
            plainTextPath=f"internal://{case.text_guid(text)}.txt",
            **writer.signed(),
        )
        described(element, text_description(view.provision, writer.corpus))
        for _, group in groupby(text.passages, _selection_key):
            _add_selection(element, writer, case, text, list(group))
        add_values(element, writer.text_variables, view)


def _selection_key(passage: CodedPassage) -> tuple[int, int, str]:
    """Return what the passages of one selection have in common; it has only one user."""
    return passage.start, passage.end, passage.user


def _add_selection(
    parent: Element, writer: _Writer, case: _Case, text: CodedText, passages: Sequence[CodedPassage]
) -> None:
    """Add words of a text with all codes that a user applies to them."""
    start, end, user = _selection_key(passages[0])
    place = (case.key, text.text.language, str(start), str(end), user)
    signature = writer.signed(user)
    element = add(
        parent,
        "PlainTextSelection",
        guid=guid("selection", *place),
        name=text.words[start:end],
        startPosition=str(start),
        endPosition=str(end),
        **signature,
    )
    remarks = (_remark(case, passage) for passage in passages)
    described(element, "\n".join(dict.fromkeys(filter(None, remarks))))
    for code in dict.fromkeys(passage.code.guid for passage in passages):
        coding = add(element, "Coding", guid=guid("coding", *place, code), **signature)
        add_reference(coding, "CodeRef", code)


def _remark(case: _Case, passage: CodedPassage) -> str:
    """Return what is to be said of a coding: its limb, if there are several, its note and doubt."""
    note = note_with_doubt(passage.note, passage.doubt)
    has_limb = passage.limb and len(case.provision.limbs) > 1
    if not (note or has_limb):
        return ""
    name = passage.code.name
    if has_limb:
        name = message("{name} ({detail})", name=name, detail=limb_name(passage.limb))
    return sentences(message("{words}.", words=name), note)


def _passages(case: _Case) -> Iterable[CodedPassage]:
    return (passage for text in case.texts for passage in text.passages)


def _note(writer: _Writer, case: _Case) -> str:
    placed = {
        (passage.limb, *writer.frame.key_of(passage.code))
        for passage in _passages(case)
        if passage.user in {CORPUS, PROPOSAL}
    }
    return note_text(writer.corpus, writer.frame, case.provision, placed)


def _add_note(parent: Element, writer: _Writer, case: _Case) -> None:
    """Add the note on a provision.

    No text refers to it, because QualCoder leaves out notes to which a text refers.
    """
    add(
        parent,
        "Note",
        guid=case.note_guid,
        name=case.name,
        plainTextPath=f"internal://{case.note_guid}.txt",
        **writer.signed(),
    )


def _add_sets(project: Element, writer: _Writer) -> None:
    """Add a set for each collection, with its texts and notes."""
    collections = sorted(
        {case.subject.collection for case in writer.cases if case.subject.collection}
    )
    parent = add(project, "Sets") if collections else project
    for collection in collections:
        name = message("{heading}: {words}", heading=message("Collection"), words=collection)
        element = add(parent, "Set", guid=guid("set", collection), name=name)
        members = [case for case in writer.cases if case.subject.collection == collection]
        for case in members:
            for text in case.texts:
                add_reference(element, "MemberSource", case.text_guid(text))
        for case in members:
            add_reference(element, "MemberNote", case.note_guid)


def _description(writer: _Writer) -> str:
    texts = [text for case in writer.cases for text in case.texts]
    places = {
        (case.key, text.text.language, passage.start, passage.end)
        for case in writer.cases
        for text in case.texts
        for passage in text.passages
    }
    counts = {
        message("Provisions"): number(len(writer.cases)),
        message("Texts"): number(len(texts)),
        message("Coded passages"): number(len(places)),
    }
    lines = (
        *_about_dataset(writer.corpus.dataset),
        *starmap(_line, counts.items()),
        message("A provision without a text is a case with a note."),
        message(
            "npcompare records no times of coding: all dates are {date}.", date=writer.date[:10]
        ),
        _line(message("Made with"), provenance(writer.corpus)),
        message("Unofficial translation.") if current().proposed else "",
    )
    return "\n".join(filter(None, lines))


def _line(heading: str, words: str) -> str:
    return message("{heading}: {words}", heading=heading, words=words)


def _about_dataset(dataset: Dataset | None) -> tuple[str, ...]:
    """Return what a corpus says of itself, and on what terms its coding and the words are."""
    if dataset is None:
        return (
            message(
                "The words of laws and documents belong to their authors; a licence of this "
                "coding does not cover them."
            ),
        )
    licence = _line(message("Licence of the coding"), dataset.licence.name)
    return message(dataset.description), licence, message(dataset.quotations)
