"""The sheets and columns of a coding form, and the place of each in the data of a provision.

Columns are found by their headings, so that they can be moved and sheets can be renamed.
"""

from __future__ import annotations

from functools import cache

from npcompare.coding.sheet_columns import Group, Kind, SheetColumn, SheetLayout
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION

#: The coded fields that have one value only.
_SINGLE = frozenset({"offences", "force", "duty"})
#: The most values of a field for which columns are recognized.
MOST_VALUES = 20

_PROVISION = SheetColumn("Provision", Kind.ID, help="The id of the provision, such as freedonia-4.")
_ORDER = SheetColumn(
    "No.", Kind.NUMBER, width=6, help="The place among the rows of the same provision: 1, 2, 3 …"
)
_CITATION_HELP = (
    "A document of the sheet Bibliography by its id, then the place in it after a semicolon:\n"
    "background-paper; para. 57\nbackground-paper; footnote 12\nalmeezan-15-2011; article 4"
)


def _citation(heading: str, *pointer: str, is_rare: bool = False) -> SheetColumn:
    return SheetColumn(
        heading, Kind.CITATION, pointer, help=_CITATION_HELP, width=28, is_rare=is_rare
    )


def _confidence(*pointer: str) -> SheetColumn:
    reliability = "How reliable the information is, where the text of the law was not available."
    return SheetColumn(
        "Confidence", Kind.WORD, pointer, "confidence", reliability, width=12, is_rare=True
    )


_TEXTS = SheetLayout(
    "Texts",
    ("Provision", "Status of the text"),
    (
        _PROVISION,
        SheetColumn(
            "Status of the text",
            Kind.WORD,
            ("status",),
            "text_status",
            help="How far the text is available. A law in several languages has a row for each "
            "version, which is authentic, official, translation or paraphrase; the first row is "
            "the version that words without a language are quoted from.",
            width=14,
        ),
        SheetColumn("Complete", Kind.YES, ("complete",), "yes_no", width=11),
        SheetColumn("Language", Kind.ID, ("language",), width=11),
        _citation("Source of the text", "source"),
        SheetColumn("Note on the text", Kind.TEXT, ("note",), width=30),
        SheetColumn(
            "Misprints",
            Kind.PASSAGES,
            ("misprints",),
            width=18,
            is_rare=True,
            help="Words that the source misprints, as they are in the text, separated by |. They "
            "are followed by [sic] where they are quoted.",
        ),
        SheetColumn(
            "Text",
            Kind.BODY,
            ("body",),
            width=90,
            help="The words, exactly as the source prints them. Excel allows 32,767 characters in "
            "a cell; a longer text goes on in the columns Text 2, Text 3 and so on.",
        ),
    ),
)

#: The columns in which a long text goes on. No coded file has room for more.
FURTHER_TEXTS = tuple(
    SheetColumn(f"Text {number}", Kind.BODY, ("body", str(number)), width=90)
    for number in range(2, 300)
)

_NOTES = SheetLayout(
    "Notes",
    ("Provision", "Kind of note"),
    (
        _PROVISION,
        _ORDER,
        SheetColumn("Kind of note", Kind.WORD, ("kind",), "note_kind", width=12),
        SheetColumn("Note", Kind.TEXT, ("note",), width=80),
        SheetColumn("Date", Kind.DATE, ("date",), width=12),
        _citation("Source", "source"),
        _confidence("confidence"),
    ),
    "notes",
)

_REPORTED = SheetLayout(
    "Reported classes",
    ("Provision", "Dimension"),
    (
        _PROVISION,
        _ORDER,
        SheetColumn("Dimension", Kind.WORD, ("dimension",), "dimension"),
        SheetColumn("Classes", Kind.WORDS, ("values",), width=30),
        SheetColumn("Persons", Kind.WORDS, ("persons",), "persons"),
        SheetColumn("Open", Kind.YES, ("open",), "yes_no", width=9),
        _citation("Source", "source"),
        SheetColumn("Note", Kind.TEXT, ("note",), width=50),
        _confidence("confidence"),
    ),
    "reported",
)

_SETTLED = SheetLayout(
    "Settled words",
    ("Provision", "Settled words"),
    (
        _PROVISION,
        _ORDER,
        SheetColumn("Settled words", Kind.TEXT, ("words",), width=50),
        SheetColumn("Language", Kind.ID, ("language",), width=11, is_rare=True),
        SheetColumn("Reason", Kind.TEXT, ("note",), width=60),
    ),
    "settled",
)

_WORDINGS = SheetLayout(
    "Other versions",
    ("Provision", "Words of the version"),
    (
        _PROVISION,
        _ORDER,
        SheetColumn("Language", Kind.ID, ("language",), width=11),
        SheetColumn("Name of the limb", Kind.ID, ("limb",), width=14),
        SheetColumn("Field", Kind.ID, ("field",), width=16),
        SheetColumn("Words of the version", Kind.TEXT, ("words",), width=50),
        SheetColumn("Value", Kind.ID, ("value",)),
        SheetColumn("Without", Kind.TEXT, ("lacks",), width=20),
        _citation("Source", "source"),
        SheetColumn("Note", Kind.TEXT, ("note",), width=50),
        _confidence("confidence"),
    ),
    "reported_wordings",
)

_DECISIONS = SheetLayout(
    "Court decisions",
    ("Provision", "Case"),
    (
        _PROVISION,
        _ORDER,
        SheetColumn("Case", Kind.TEXT, ("case",), width=40),
        SheetColumn("Date", Kind.DATE, ("date",), width=12),
        SheetColumn("What was held", Kind.TEXT, ("note",), width=60),
        _citation("Source", "source"),
    ),
    "interpreted_by",
)

BIBLIOGRAPHY = SheetLayout(
    "Bibliography",
    ("Document", "Short title"),
    (
        SheetColumn("Document", Kind.ID, help="The id by which cells name the document.", width=28),
        SheetColumn("Title", Kind.TEXT, ("title",), width=50),
        SheetColumn("Short title", Kind.TEXT, ("short",), width=32),
        SheetColumn("Author", Kind.TEXT, ("author",), width=24),
        SheetColumn("Kind of document", Kind.WORD, ("kind",), "document_kind", width=14),
        SheetColumn("Symbol", Kind.TEXT, ("symbol",)),
        SheetColumn("Date", Kind.DATE, ("date",), width=12),
        SheetColumn("Web address", Kind.TEXT, ("url",), width=40),
        SheetColumn("Remark", Kind.TEXT, ("note",), width=40),
    ),
)

SPELLING = SheetLayout(
    "Spelling",
    ("Provision", "Written in the file"),
    (
        _PROVISION,
        SheetColumn("Place", Kind.BODY),
        SheetColumn("Read from the sheets", Kind.BODY),
        SheetColumn("Written in the file", Kind.BODY),
    ),
)

#: The sheets whose rows are items of a list in a provision.
LISTS = (_NOTES, _REPORTED, _SETTLED, _WORDINGS, _DECISIONS)


def group_columns(group: Group) -> tuple[SheetColumn, ...]:
    """Return the columns of one coded value: its words, the quotation, the source and so on."""
    name = group.heading
    if group.field == "offences":
        words = _offence_columns(name)
    else:
        vocabulary = group.field
        words = (
            SheetColumn(name, Kind.CODED, ("value",), vocabulary),
            SheetColumn(
                f"{name}: other reading",
                Kind.CODED,
                ("doubtful", "value"),
                vocabulary,
                is_rare=True,
            ),
        )
    proof = (
        SheetColumn(
            f"{name}: words of the law",
            Kind.QUOTATIONS,
            ("evidence",),
            width=30,
            help="The words of the text on which the value is based, letter for letter. Between "
            "several quotations, write a vertical line: shall not be | prosecuted\nFor a law in "
            "several languages, name the language of each: [en] punished | [fr] punie",
        ),
        _citation(f"{name}: source", "source", is_rare=True),
        SheetColumn(f"{name}: note", Kind.TEXT, ("note",), width=30, is_rare=True),
        SheetColumn(f"{name}: confidence", Kind.WORD, ("confidence",), "confidence", is_rare=True),
    )
    reason = SheetColumn(
        f"{name}: why doubtful",
        Kind.TEXT,
        ("doubtful", "note"),
        width=30,
        is_rare=True,
        help="Why the reading is doubtful. The other reading can be empty if it cannot be coded.",
    )
    is_other = [column.pointer[0] == "doubtful" for column in words]
    coded = [column for column, other in zip(words, is_other, strict=True) if not other]
    doubt = [column for column, other in zip(words, is_other, strict=True) if other]
    return tuple(_grouped(column, group) for column in (*coded, *proof, *doubt, reason))


def _offence_columns(name: str) -> tuple[SheetColumn, ...]:
    columns: list[SheetColumn] = []
    for prefix, pointer in ((name, ()), (f"{name}: other reading", ("doubtful",))):
        is_rare = bool(pointer)
        separator = ", " if is_rare else ": "
        columns += [
            SheetColumn(prefix, Kind.WORD, (*pointer, "extent"), "extent", is_rare=is_rare),
            *(
                SheetColumn(
                    f"{prefix}{separator}{key}",
                    Kind.WORDS,
                    (*pointer, key),
                    "category",
                    is_rare=is_rare,
                )
                for key in ("categories", "excluded")
            ),
            SheetColumn(
                f"{prefix}{separator}open", Kind.YES, (*pointer, "open"), "yes_no", is_rare=True
            ),
        ]
    return tuple(columns)


def _grouped(column: SheetColumn, group: Group) -> SheetColumn:
    from msgspec.structs import replace

    return replace(column, group=group)


_LIMB_COLUMNS = (
    _PROVISION,
    SheetColumn(
        "Limb",
        Kind.NUMBER,
        width=6,
        help="The number of the limb: 1, 2, 3 … A limb is one operative rule; one row for each.",
    ),
    SheetColumn("Name of the limb", Kind.ID, ("id",), width=14),
    SheetColumn(
        "Source of values without words",
        Kind.CITATION,
        width=28,
        help="The source of every value in this row that has neither words of the law nor a source "
        f"of its own. {_CITATION_HELP}",
    ),
)
_LIMB_NOTE = SheetColumn("Note on the limb", Kind.TEXT, ("note",), width=30)
#: The heading of the source of a whole row.
ROW_SOURCE = _LIMB_COLUMNS[3].heading

_FACTS = (
    SheetColumn("Provision", Kind.ID, ("id",), help=_PROVISION.help),
    SheetColumn("Aliases", Kind.IDS, ("aliases",), is_rare=True),
    SheetColumn("Jurisdiction", Kind.TEXT, ("jurisdiction", "name")),
    SheetColumn("Code", Kind.ID, ("jurisdiction", "code"), width=8, is_nullable=True),
    SheetColumn("Kind of jurisdiction", Kind.WORD, ("jurisdiction", "kind"), "jurisdiction_kind"),
    SheetColumn("Instrument", Kind.TEXT, ("instrument", "title"), width=36),
    SheetColumn("Kind of instrument", Kind.WORD, ("instrument", "kind"), "instrument_kind"),
    SheetColumn("Number", Kind.ID, ("instrument", "number")),
    SheetColumn("Year", Kind.YEAR, ("instrument", "year"), width=8),
    SheetColumn("Languages", Kind.IDS, ("instrument", "languages"), is_rare=True),
    SheetColumn("Pinpoint", Kind.ID, ("pinpoint",), is_nullable=True),
    SheetColumn("Form", Kind.WORD, ("form",), "form", is_nullable=True),
    SheetColumn("Enacted", Kind.DATE, ("dates", "enacted"), width=12),
    SheetColumn("In force from", Kind.DATE, ("dates", "in_force_from"), width=12),
    SheetColumn("In force to", Kind.DATE, ("dates", "in_force_to"), width=12),
    SheetColumn("Version of", Kind.ID, ("version_of",), is_rare=True),
    SheetColumn("Succeeds", Kind.ID, ("succeeds", "id"), is_rare=True),
    SheetColumn("Succeeds, because", Kind.TEXT, ("succeeds", "because"), width=30, is_rare=True),
    _citation("Succeeds: source", "succeeds", "source", is_rare=True),
    SheetColumn("Fuller", Kind.IDS, ("fuller",), is_rare=True),
    SheetColumn("Akoma Ntoso", Kind.ID, ("identifiers", "akn"), is_rare=True),
    SheetColumn("ELI", Kind.ID, ("identifiers", "eli"), is_rare=True),
    SheetColumn("Web address", Kind.ID, ("identifiers", "url"), is_rare=True),
    SheetColumn(
        "Sources",
        Kind.CITATIONS,
        ("sources",),
        width=34,
        help=f"The documents on which the coding is based, one a line. {_CITATION_HELP}",
    ),
    SheetColumn("Confidence", Kind.WORD, ("confidence",), "confidence", width=12),
)


@cache
def sheets(most_values: int = MOST_VALUES) -> tuple[SheetLayout, ...]:
    """Return all sheets; each coded field has columns for so many values."""
    return (
        SheetLayout(
            "Coding",
            ("Provision", "Limb"),
            (*_LIMB_COLUMNS, *_coded_columns(FIELDS_OF_LIMB, most_values), _LIMB_NOTE),
            "limbs",
        ),
        SheetLayout(
            "Provisions",
            ("Provision", "Jurisdiction"),
            (*_FACTS, *_coded_columns(FIELDS_OF_PROVISION, most_values)),
        ),
        _TEXTS,
        *LISTS,
        BIBLIOGRAPHY,
        SPELLING,
    )


def _coded_columns(fields: tuple[str, ...], most_values: int) -> list[SheetColumn]:
    return [
        column
        for field in fields
        for number in range(1, 2 if field in _SINGLE else most_values + 1)
        for column in group_columns(Group(field, number))
    ]
