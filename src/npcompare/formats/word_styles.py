"""The styles and the page of an annex in Word: those of styles.docx, or of a house template.

`make styles` makes styles.docx from the XML in tools/styles/. A house template keeps its own styles
and its own page; the styles that it lacks are copied into it from styles.docx.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt
from lxml import etree

from npcompare.errors import NpcompareError
from npcompare.files import read_bytes
from npcompare.formats import word_template
from npcompare.formats.registry import LARGEST_FILE
from npcompare.formats.word_package import custom_properties, open_document, pack
from npcompare.formats.word_xml import discard, element, qn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.parts.story import StoryPart
    from docx.shared import Length
    from docx.styles.style import BaseStyle
    from docx.styles.styles import Styles
    from docx.text.paragraph import Paragraph

#: The styles that an annex uses, by the names that a user sees in Word.
HEADING = "Heading 1"
CAPTION = "Caption"
TABLE = "Annex table"
TEXT = "Table text"
HEAD = "Table head"
SPANNER = "Table spanner"
ANSWER_HEAD = "Table answer head"
STUB = "Table stub"
ANSWER = "Table answer"
SOURCE = "Table source"
NOTE = "Table note"
REMARK = "Table remark"
HEADNOTE = "Table headnote"
FIGURE = "Annex figure"
FOOTER = "Footer"
PROVENANCE = "Annex provenance"
MARK = "Note mark"
STRONG = "Strong"
LAW = "Law text"
UPRIGHT_LAW = "Law text upright"
ASIDE = "Aside text"
INSERTED = "Inserted text"
DELETED = "Deleted text"

#: The size of text in Word unless a style has another.
_USUAL_SIZE = Pt(10)

#: The size of the text of a table that is too wide for a page of a house template.
_SMALL_SIZE = Pt(8)

#: The parts of a style that give its paragraphs and their letters a look.
_LOOKS = ("pPr", "rPr")

#: The least width and height between the margins of a page.
_LEAST_ROOM = Cm(5)

#: The ids of styles that have been used, by the part of a document and their names.
_IDS: WeakKeyDictionary[StoryPart, dict[str, str | None]] = WeakKeyDictionary()


def set_style(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph the style with a name.

    Setting `paragraph.style` does the same, but looks all styles of the document through each time.
    """
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    for earlier in properties.findall(qn("w:pStyle")):
        properties.remove(earlier)
    if (number := _style_id(paragraph, name, WD_STYLE_TYPE.PARAGRAPH)) is not None:
        properties.insert(0, element("w:pStyle", val=number))


def run_style(paragraph: Paragraph, name: str) -> list[Any]:
    """Return the property that gives a run in a paragraph the style with a name, if it has one."""
    number = _style_id(paragraph, name, WD_STYLE_TYPE.CHARACTER) if name else None
    return [] if number is None else [element("w:rStyle", val=number)]


def _style_id(paragraph: Paragraph, name: str, kind: WD_STYLE_TYPE) -> str | None:
    """Return the id of a style in the document of a paragraph; none for a default style."""
    ids = _IDS.setdefault(paragraph.part, {})
    if name not in ids:
        ids[name] = paragraph.part.get_style_id(name, kind)
    return ids[name]


#: What follows the mode of a file in its settings.
_AFTER_COMPAT = (
    *("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang"),
    *("w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures"),
    *("w:forceUpgrade", "w:captions", "w:readModeInkLockDown", "w:smartTagType"),
    *("w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator"),
)

#: In this order each style follows the one that it is based on.
_STYLES = (
    *(HEADING, CAPTION, TABLE, TEXT, HEAD, SPANNER, ANSWER_HEAD, STUB, ANSWER, SOURCE),
    *(NOTE, REMARK, HEADNOTE, FIGURE, FOOTER, PROVENANCE),
    *(MARK, STRONG, LAW, UPRIGHT_LAW, ASIDE, INSERTED, DELETED),
)


def open_styles() -> WordDocument:
    """Return an empty document with npcompare's own page and styles."""
    return open_document(_own_file())


def open_template(path: Path) -> WordDocument:
    """Return an empty document with the page and the styles of a house template.

    Raises NpcompareError if the file is missing, is not a Word file, or cannot be a template.
    """
    hint = "choose a Word file (.docx or .dotx)"
    try:
        word = open_document(read_bytes(path, LARGEST_FILE))
        _remove_text(word)
        word_template.contain(word)
        _set_current_mode(word)
        _add_missing_styles(word)
        _check_usable(word)
    except NpcompareError as error:
        message = f"the template {path} cannot be read: {error.message}"
        raise NpcompareError(message, error.hint or hint) from error
    except Exception as error:  # python-docx raises errors of many kinds for a damaged file
        message = f"the template {path} cannot be read: it has no page setup or no styles"
        raise NpcompareError(message, hint) from error
    require_parts(word, f"the template {path}")
    return word


def complete(word: WordDocument) -> None:
    """Add the styles that an earlier annex lacks; raise NpcompareError if it is damaged."""
    _add_missing_styles(word)
    _check_usable(word)


def require_parts(word: WordDocument, name: str) -> None:
    """Raise NpcompareError if a part that is needed to write into a file is damaged.

    No error is caught while an annex is written: a fault of the program is not one of the file.
    """
    try:
        _read_parts(word)
    except Exception as error:  # python-docx raises errors of many kinds for a damaged file
        message = f"{name} is damaged and cannot be written into"
        raise NpcompareError(message, "open it in Word, save it again, and try again") from error


def has_own_font(word: WordDocument) -> bool:
    """Return whether the text of tables has npcompare's own font, not that of a house template."""
    fonts = [
        styles.element.xpath("string(w:docDefaults//w:rFonts/@w:ascii)")
        for styles in (word.styles, open_styles().styles)
    ]
    return len(set(fonts)) == 1


def text_area(word: WordDocument) -> tuple[int, int]:
    """Return the width and height of the last page without its margins, in EMU."""
    page = word.sections[-1]
    width = page.page_width - page.left_margin - page.right_margin  # type: ignore[operator]
    return width, page.page_height - page.top_margin - page.bottom_margin  # type: ignore[operator]


def font_size(word: WordDocument) -> int:
    """Return the size of the text of tables, in EMU."""
    for style in _with_bases(word.styles[TEXT]):
        if style.font.size:
            return int(style.font.size)
    sizes = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val")
    return int(Pt(int(sizes[0]) / 2)) if sizes and sizes[0].isdecimal() else _USUAL_SIZE


def _with_bases(style: Any) -> Iterator[Any]:
    """Yield a style, and those that it is based on; a damaged file may have a circle of them."""
    ids = set()
    while style is not None and style.style_id not in ids:
        ids.add(style.style_id)
        yield style
        style = style.base_style


def make_text_smaller(word: WordDocument) -> bool:
    """Make the text of tables smaller, unless its style is one of the house's own."""
    style, own = (document.styles[TEXT].element for document in (word, open_styles()))
    if any(_canonical(getattr(style, part)) != _canonical(getattr(own, part)) for part in _LOOKS):
        return False
    _set_size(style.rPr, _SMALL_SIZE)
    return True


def make_text_usual(word: WordDocument) -> None:
    """Give the text of tables, which was made smaller, its size again."""
    _set_size(word.styles[TEXT].element.rPr, open_styles().styles[TEXT].font.size)


def turn_page(word: WordDocument) -> None:
    """Turn the last page; its margins stay where they are."""
    page = word.sections[-1]
    width, height = text_area(word)
    is_portrait = width < height
    page.orientation = WD_ORIENT.LANDSCAPE if is_portrait else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = page.page_height, page.page_width


def start_page(word: WordDocument) -> None:
    """Start a page that can be turned without turning those before it."""
    word.add_section(WD_SECTION.NEW_PAGE)


@cache
def _own_file() -> bytes:
    return (files("npcompare.formats") / "styles.docx").read_bytes()


def _check_usable(word: WordDocument) -> None:
    """Read what is needed later, so that a damaged template fails before an annex is written."""
    if min(text_area(word)) < _LEAST_ROOM:
        raise NpcompareError(
            "its margins leave too little room for a table",
            "make the margins of the template narrower, or its page larger",
        )
    custom_properties(word)


def _read_parts(word: WordDocument) -> None:
    """Read and pack what an annex is written into, so that any damage shows."""
    for name in _STYLES:
        word.styles.get_style_id(name, word.styles[name].type)
        for style in _with_bases(word.styles[name]):
            str.encode(style.style_id)
            int(style.font.size or 0)
    font_size(word)
    str.encode(word.core_properties.title)
    bool(word.settings.odd_and_even_pages_header_footer)
    for section in word.sections:
        for footer in (section.footer, section.first_page_footer, section.even_page_footer):
            if not footer.is_linked_to_previous:
                list(footer.paragraphs)
    names = [part.partname for part in word.part.package.iter_parts()]
    if len(set(names)) < len(names):
        raise ValueError("two parts have the same name")
    pack(word)


def _canonical(part: Any) -> bytes:
    """Return the XML of a part without regard to what is declared around it."""
    return b"" if part is None else etree.tostring(part, method="c14n", exclusive=True)


def _set_size(properties: Any, size: Length) -> None:
    """Set the size of letters in run properties, and that of letters of complex scripts."""
    for name in ("w:sz", "w:szCs"):
        properties.find(qn(name)).set(qn("w:val"), str(int(size.pt * 2)))


def _remove_text(word: WordDocument) -> None:
    """Remove the text of a document; its last section has the page setup."""
    body = word.element.body
    discard(body, [part for part in body if part.tag != qn("w:sectPr")])


def _set_current_mode(word: WordDocument) -> None:
    """Let Word open a document as one of today's, not in the compatibility mode of its template."""
    settings: Any = word.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.insert_element_before(compat, *_AFTER_COMPAT)
    for previous in compat.findall(qn("w:compatSetting")):
        if previous.get(qn("w:name")) == "compatibilityMode":
            compat.remove(previous)
    address = "http://schemas.microsoft.com/office/word"
    compat.append(element("w:compatSetting", name="compatibilityMode", uri=address, val="15"))


def _add_missing_styles(word: WordDocument) -> None:
    """Copy the styles that a document lacks from styles.docx."""
    bundled = open_styles().styles
    for name in _STYLES:
        if name not in word.styles:
            word.styles.element.append(_adapted(bundled[name], bundled, word))
        elif word.styles[name].type != bundled[name].type:
            kind = bundled[name].type.name.lower()
            raise NpcompareError(f"its style “{name}” is not a {kind} style")


def _adapted(style: BaseStyle, bundled: Styles, word: WordDocument) -> Any:
    """Return a copy of a style whose references are to the styles of another document."""
    copy = deepcopy(style.element)
    ids = {other.styleId for other in word.styles.element.style_lst}
    while copy.styleId in ids:
        copy.styleId += "X"
    for reference in (copy.basedOn, copy.next):
        if reference is None:
            continue
        target = _counterpart(reference.val, style.type, bundled, word.styles)
        if target is None:
            copy.remove(reference)
        else:
            reference.val = target.style_id
    return copy


def _counterpart(style_id: str, kind: Any, bundled: Styles, house: Styles) -> Any:
    """Return the house's default style for our default style, and for any other its namesake."""
    style = bundled.get_by_id(style_id, kind)
    if style.element is bundled.default(kind).element:
        return house.default(kind)
    return house[style.name]
