"""Generated bills in Word, whose numbers and words are known from how they are made.

A bill is a tree of provisions. The number of a provision is its place among its visible siblings,
written with the lists of numbers below; nothing here counts paragraphs as a reader does.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_REL}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

#: The first numbers of each format.
NUMBERS: dict[str, list[str]] = {
    "decimal": [str(number) for number in range(1, 80)],
    "decimalZero": [*(f"0{number}" for number in range(1, 10)), *map(str, range(10, 80))],
    "lowerLetter": [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb", "cc", "dd"],
    "upperLetter": [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "BB", "CC", "DD"],
    "lowerRoman": [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
        "xxi",
        "xxii",
        "xxiii",
        "xxiv",
        "xxv",
        "xxvi",
        "xxvii",
        "xxviii",
        "xxix",
        "xxx",
        "xxxi",
        "xxxii",
        "xxxiii",
        "xxxiv",
        "xxxv",
        "xxxvi",
        "xxxvii",
        "xxxviii",
        "xxxix",
        "xl",
        "xli",
        "xlii",
    ],
    "ordinal": [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "5th",
        "6th",
        "7th",
        "8th",
        "9th",
        "10th",
        "11th",
        "12th",
        "13th",
        "14th",
        "15th",
        "16th",
        "17th",
        "18th",
        "19th",
        "20th",
        "21st",
        "22nd",
        "23rd",
        "24th",
        "25th",
        "26th",
        "27th",
        "28th",
        "29th",
        "30th",
    ],
    "cardinalText": [
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
        "Thirteen",
        "Fourteen",
        "Fifteen",
        "Sixteen",
        "Seventeen",
        "Eighteen",
        "Nineteen",
        "Twenty",
        "Twenty-one",
        "Twenty-two",
        "Twenty-three",
    ],
    "ordinalText": [
        "First",
        "Second",
        "Third",
        "Fourth",
        "Fifth",
        "Sixth",
        "Seventh",
        "Eighth",
        "Ninth",
        "Tenth",
        "Eleventh",
        "Twelfth",
        "Thirteenth",
        "Fourteenth",
        "Fifteenth",
        "Sixteenth",
        "Seventeenth",
        "Eighteenth",
        "Nineteenth",
        "Twentieth",
        "Twenty-first",
        "Twenty-second",
        "Twenty-third",
    ],
    "chineseCounting": [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
        "十三",
        "十四",
        "十五",
        "十六",
        "十七",
        "十八",
        "十九",
        "二十",
        "二十一",
        "二十二",
    ],
    "arabicAlpha": [*"أبتثجحخدذرزسشصضطظعغفقكلمنهوي"],
    "arabicAbjad": [*"أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"],
    "russianLower": [*"абвгдежзиклмнопрстуфхцчшщыэюя"],
}
NUMBERS["upperRoman"] = [number.upper() for number in NUMBERS["lowerRoman"]]

#: The formats and texts of the levels of a bill.
SCHEMES: list[list[tuple[str, str]]] = [
    [("decimal", "%1."), ("decimal", "(%2)"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")],
    [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("lowerLetter", "(%4)")],
    [
        *(("decimal", "Section %1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
        ("upperLetter", "(%4)"),
    ],
    [
        *(("upperRoman", "Article %1"), ("decimalZero", "Section %1.%2"), ("ordinal", "%3")),
        ("lowerLetter", "%4)"),
    ],
    [
        *(("decimal", "Clause %1(%1)"), ("upperLetter", "%2."), ("lowerRoman", "%2.%3")),
        ("upperRoman", "%4."),
    ],
    [
        *(("arabicAlpha", "%1-"), ("arabicAbjad", "(%2)"), ("decimal", "%3.")),
        ("lowerLetter", "%4"),
    ],
    [
        *(("chineseCounting", "第%1条"), ("chineseCounting", "\uff08%2\uff09")),
        *(("decimal", "%3."), ("lowerLetter", "%4)")),
    ],
    [
        *(("ordinalText", "%1 rule:"), ("cardinalText", "Part %2"), ("russianLower", "%3)")),
        ("decimal", "%4)"),
    ],
]

#: How a paragraph gets its number: from itself, from its style, from a style based on another, or
#: by way of a list style.
LINKS = ("direct", "style", "derived style", "list style")


@dataclass
class Provision:
    """A provision: its pieces of XML, its words in both views, and what is below it."""

    xml: str
    accepted: str
    rejected: str
    #: kept, inserted or deleted, with all that is below it.
    state: str = "kept"
    children: list[Provision] = field(default_factory=list)


@dataclass
class WordBill:
    """A bill: its file, and the labels and words that a reader must find."""

    content: bytes
    accepted: list[tuple[str, str]]
    rejected: list[tuple[str, str]]
    #: How often each kind is left out when revisions are accepted.
    left_out: Counter[str]
    features: set[str]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def run(text: str, properties: str = "", tag: str = "t") -> str:
    """Return a run of text."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escaped(text)}</w:{tag}></w:r>'


def revision(tag: str, content: str) -> str:
    """Return content that is inserted, deleted or moved."""
    if tag in {"del", "moveFrom"}:
        content = content.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{tag} w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z">{content}</w:{tag}>'


class BillMaker:
    """Makes one bill from a seed."""

    def __init__(self, seed: int, *, with_revisions: bool = True, with_asides: bool = True) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing is secret here
        self._words = count(1)
        self._with_revisions = with_revisions
        self._with_asides = with_asides
        self.scheme = SCHEMES[seed % len(SCHEMES)]
        self.link = LINKS[seed // len(SCHEMES) % len(LINKS)]
        self.features: set[str] = {self.link}
        self.left_out: Counter[str] = Counter()
        self.footnotes: list[str] = []
        self.comments: list[str] = []
        #: How many lists there are: the first, and one for each restart.
        self.restarts: list[int] = []

    # --- Words -----------------------------------------------------------------------------------

    def words(self) -> str:
        """Return words that occur only once in the bill."""
        places = [next(self._words) for _ in range(self._chance.randint(2, 5))]
        return "The " + " ".join(f"word{place}" for place in places)

    def provision(self, state: str) -> Provision:
        """Return a provision without children: a few pieces, some of them special."""
        pieces = [self._plain() for _ in range(self._chance.randint(1, 2))]
        if state == "kept":
            pieces += [self._special() for _ in range(self._chance.randint(0, 2))]
        xml = "".join(piece[0] for piece in pieces)
        accepted, rejected = (
            " ".join("".join(words).split()) for words in list(zip(*pieces, strict=True))[1:]
        )
        if state != "kept":
            tag = "ins" if state == "inserted" else "del"
            xml = revision(tag, xml)
            if state == "deleted":
                self.left_out["deleted text"] += 1
        return Provision(xml, accepted, rejected, state)

    def _plain(self) -> tuple[str, str, str]:
        text = f"{self.words()} "
        return run(text), text, text

    def _special(self) -> tuple[str, str, str]:
        """Return a piece of XML, and its words with revisions accepted and rejected."""
        makers: list[Callable[[], tuple[str, str, str]]] = [
            *(self._hyphens, self._field, self._container, self._breaks),
        ]
        if self._with_revisions:
            makers += [self._inserted, self._deleted, self._replaced]
        if self._with_asides:
            makers += [self._hidden, self._footnote, self._comment, self._text_box, self._symbol]
        maker = self._chance.choice(makers)
        self.features.add(maker.__name__)
        return maker()

    def _hyphens(self) -> tuple[str, str, str]:
        xml = "<w:r><w:t>con</w:t><w:softHyphen/><w:t>sequence</w:t></w:r>"
        xml += (
            run(" of traf\u00adficking")
            + "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>cash</w:t></w:r>"
        )
        text = "consequence of traffickingnon-cash"
        return xml + run(" "), f"{text} ", f"{text} "

    def _field(self) -> tuple[str, str, str]:
        text = self.words()
        self.left_out["field code"] += 1
        if self._chance.random() < 0.5:
            return f'<w:fldSimple w:instr=" REF _x ">{run(text)}</w:fldSimple>', text, text
        char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
        code = run(" REF lost ", tag="instrText")
        xml = char("begin") + code + char("separate") + run(text) + char("end")
        return xml, text, text

    def _container(self) -> tuple[str, str, str]:
        text = self.words()
        opening, closing = self._chance.choice(
            [
                ('<w:hyperlink w:anchor="x">', "</w:hyperlink>"),
                ('<w:smartTag w:uri="x" w:element="y">', "</w:smartTag>"),
                (
                    "<w:sdt><w:sdtPr><w:alias w:val='lost'/></w:sdtPr><w:sdtContent>",
                    "</w:sdtContent></w:sdt>",
                ),
                ('<w:customXml w:element="y">', "</w:customXml>"),
                ('<w:bdo w:val="rtl">', "</w:bdo>"),
            ]
        )
        return opening + run(text) + closing, text, text

    def _breaks(self) -> tuple[str, str, str]:
        first, second = self.words(), self.words()
        xml = f"<w:r><w:t>{first}</w:t><w:br/><w:tab/><w:t>{second}</w:t></w:r>"
        return xml, f"{first} {second}", f"{first} {second}"

    def _inserted(self) -> tuple[str, str, str]:
        text = f"{self.words()} "
        return revision("ins", run(text)), text, ""

    def _deleted(self) -> tuple[str, str, str]:
        text = f"{self.words()} "
        self.left_out["deleted text"] += 1
        return revision("del", run(text)), "", text

    def _replaced(self) -> tuple[str, str, str]:
        old, new = f"{self.words()} ", f"{self.words()} "
        self.left_out["moved text"] += 1
        return revision("moveFrom", run(old)) + revision("moveTo", run(new)), new, old

    def _hidden(self) -> tuple[str, str, str]:
        self.left_out["hidden text"] += 1
        properties = self._chance.choice(
            [
                "<w:vanish/>",
                '<w:rStyle w:val="Secret"/>',
                '<w:vanish w:val="1"/><w:b/>',
                "<w:webHidden/>",
            ]
        )
        visible_run = run(" shown ", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')
        return run(self.words(), properties) + visible_run, " shown ", " shown "

    def _footnote(self) -> tuple[str, str, str]:
        self.left_out["footnote"] += 1
        self.footnotes.append(self.words())
        return f'<w:r><w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>', "", ""

    def _comment(self) -> tuple[str, str, str]:
        self.left_out["comment"] += 1
        self.comments.append(self.words())
        number = len(self.comments) - 1
        xml = f'<w:commentRangeStart w:id="{number}"/><w:commentRangeEnd w:id="{number}"/>'
        return xml + f'<w:r><w:commentReference w:id="{number}"/></w:r>', "", ""

    def _text_box(self) -> tuple[str, str, str]:
        self.left_out["text box"] += 1
        box = (
            f"<w:txbxContent><w:p>{run(self.words())}</w:p><w:p>{run('box')}</w:p></w:txbxContent>"
        )
        xml = (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
            '<wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>'
            f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
            "</mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
        return xml, "", ""

    def _symbol(self) -> tuple[str, str, str]:
        xml = (
            '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>'
            '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'
        )
        self.left_out["symbol"] += 1
        return xml, "°", "°"

    # --- The tree --------------------------------------------------------------------------------

    def children(self, level: int) -> list[Provision]:
        """Return provisions of a level, with what is below them."""
        provisions = []
        for _ in range(self._chance.randint(1, 4 if level else 5)):
            states = ["kept"] * 6 + (["inserted", "deleted"] if self._with_revisions else [])
            state = self._chance.choice(states)
            if state != "kept":
                self.features.add(state)
            provision = self.provision(state)
            if level + 1 < len(self.scheme) and state == "kept" and self._chance.random() < 0.6:
                provision.children = self.children(level + 1)
            provisions.append(provision)
        return provisions

    # --- XML -------------------------------------------------------------------------------------

    def paragraph(self, provision: Provision, level: int, list_id: int) -> str:
        """Return a numbered paragraph."""
        mark = {
            "inserted": "<w:ins w:id='8' w:author='A'/>",
            "deleted": "<w:del w:id='8' w:author='A'/>",
        }
        run_properties = f"<w:rPr>{mark.get(provision.state, '')}</w:rPr>"
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        style = {"style": f"Level{level + 1}", "derived style": f"Own{level + 1}"}.get(
            self.link, ""
        )
        if style and list_id == 1:
            numbering = ""
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbering + run_properties
        return f"<w:p><w:pPr>{properties}</w:pPr>{provision.xml}</w:p>"

    def label(self, numbers: list[int], level: int) -> str:
        """Return the label of a provision from its places, counted from 1."""
        text = self.scheme[level][1]
        for place, number in enumerate(numbers):
            number_format = self.scheme[place][0]
            # Below "Article I" is "Section 1.01".
            if (self.scheme[level][1], place) == ("Section %1.%2", 0):
                number_format = "decimal"
            text = text.replace(f"%{place + 1}", NUMBERS[number_format][number - 1])
        return text

    def labels(
        self, provisions: list[Provision], view: str, numbers: list[int], start: int
    ) -> Iterator[tuple[str, str]]:
        """Yield the labels and the words of provisions and of what is below them, in a view."""
        left_out = "deleted" if view == "accepted" else "inserted"
        visible = [provision for provision in provisions if provision.state != left_out]
        for number, provision in enumerate(visible, start):
            path = [*numbers, number]
            yield self.label(path, len(numbers)), getattr(provision, view)
            yield from self.labels(provision.children, view, path, 1)

    def paragraphs(self, provisions: list[Provision], level: int, list_id: int) -> Iterator[str]:
        """Yield the paragraphs of provisions and of what is below them."""
        for provision in provisions:
            yield self.paragraph(provision, level, list_id)
            yield from self.paragraphs(provision.children, level + 1, list_id)

    def levels(self, start: int) -> str:
        """Return the levels of the numbering definition."""
        levels = []
        for level, (number_format, text) in enumerate(self.scheme):
            is_legal = "<w:isLgl/>" if (text, level) == ("Section %1.%2", 1) else ""
            style = (
                f'<w:pStyle w:val="Level{level + 1}"/>'
                if self.link in {"style", "derived style"}
                else ""
            )
            levels.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="{1 if level else start}"/>'
                f'<w:numFmt w:val="{number_format}"/>{style}{is_legal}<w:suff w:val="space"/>'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            )
        return "".join(levels)

    def numbering(self, start: int) -> str:
        """Return the numbering part: the definition, its list, and a list for each restart."""
        levels = self.levels(start)
        kind = '<w:multiLevelType w:val="multilevel"/>'
        definition = f'<w:abstractNum w:abstractNumId="1">{kind}{levels}</w:abstractNum>'
        if self.link == "list style":
            definition = (
                f'<w:abstractNum w:abstractNumId="1">{kind}<w:numStyleLink w:val="Clauses"/>'
                f'</w:abstractNum><w:abstractNum w:abstractNumId="2">{kind}'
                f'<w:styleLink w:val="Clauses"/>{levels}</w:abstractNum>'
            )
        bullet = (
            '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
            '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl>'
            "</w:abstractNum>"
        )
        lists = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        if self.link == "list style":
            lists += '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        for number, restart in enumerate(self.restarts, 11):
            lists += (
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
                f'<w:startOverride w:val="{restart}"/></w:lvlOverride></w:num>'
            )
        lists += '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
        return f"<w:numbering {NAMES}>{definition}{bullet}{lists}</w:numbering>"

    def styles(self) -> str:
        """Return the styles that are added to those of the template."""
        styles = "".join(
            f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
            "<w:rPr><w:vanish/></w:rPr></w:style>"
            for kind, name in (("character", "Secret"), ("paragraph", "Gone"))
        )
        if self.link == "list style":
            styles += (
                '<w:style w:type="numbering" w:styleId="Clauses"><w:name w:val="Clauses"/>'
                '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
            )
        for level in range(len(self.scheme)):
            base = '<w:basedOn w:val="Level1"/>' if level else ""
            properties = f'<w:ilvl w:val="{level}"/>' + ("" if level else '<w:numId w:val="1"/>')
            if self.link not in {"style", "derived style"}:
                continue
            styles += (
                f'<w:style w:type="paragraph" w:styleId="Level{level + 1}">'
                f'<w:name w:val="Level {level + 1}"/>{base}'
                f"<w:pPr><w:numPr>{properties}</w:numPr></w:pPr></w:style>"
                f'<w:style w:type="paragraph" w:styleId="Own{level + 1}">'
                f'<w:name w:val="Own {level + 1}"/>'
                f'<w:basedOn w:val="Level{level + 1}"/></w:style>'
            )
        return styles

    # --- The bill --------------------------------------------------------------------------------

    def make(self) -> WordBill:
        """Return the bill: parts with provisions, and paragraphs without numbers between them."""
        start = self._chance.choice([1, 1, 3, 12])
        accepted: list[tuple[str, str]] = []
        rejected: list[tuple[str, str]] = []
        body: list[str] = []
        first = [start, start]
        list_id = 1
        for part in range(self._chance.randint(1, 3)):
            if part and self._chance.random() < 0.5:
                self.features.add("restart")
                self.restarts.append(self._chance.choice([1, 5]))
                list_id, first = 10 + len(self.restarts), [self.restarts[-1]] * 2
            provisions = self.children(0)
            self._unnumbered(body, accepted, rejected)
            rows = list(self.paragraphs(provisions, 0, list_id))
            body += self._in_table(rows) if self._chance.random() < 0.3 else rows
            accepted += self.labels(provisions, "accepted", [], first[0])
            rejected += self.labels(provisions, "rejected", [], first[1])
            first = [
                number + sum(provision.state != left_out for provision in provisions)
                for number, left_out in zip(first, ("deleted", "inserted"), strict=True)
            ]
        content = self._packed("".join(body), start)
        return WordBill(content, accepted, rejected, self.left_out, self.features)

    def _in_table(self, paragraphs: list[str]) -> list[str]:
        """Return paragraphs in the cells of a table with two columns, row by row."""
        self.features.add("table")
        cells = [f"<w:tc><w:tcPr/>{paragraph}</w:tc>" for paragraph in paragraphs]
        if len(cells) % 2:
            cells.append("<w:tc><w:p/></w:tc>")
        rows = [
            f"<w:tr>{cells[index]}{cells[index + 1]}</w:tr>" for index in range(0, len(cells), 2)
        ]
        return [f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"]

    def _unnumbered(
        self, body: list[str], accepted: list[tuple[str, str]], rejected: list[tuple[str, str]]
    ) -> None:
        """Add paragraphs that have no number, one that is merged, and one that is hidden."""
        text = self.words()
        body.append(f"<w:p>{run(text)}</w:p><w:p/>")
        accepted.append(("", text))
        rejected.append(("", text))
        text = self.words()
        body.append(f'<w:p><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>{run(text)}</w:p>')
        accepted.append(("•", text))
        rejected.append(("•", text))
        if self.link == "style":
            text = self.words()
            properties = '<w:pStyle w:val="Level1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
            body.append(f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>")
            accepted.append(("", text))
            rejected.append(("", text))
        if self._with_revisions and self._chance.random() < 0.5:
            self.features.add("merged")
            former, latter = self.words(), self.words()
            mark = "<w:pPr><w:rPr><w:del w:id='7' w:author='A'/></w:rPr></w:pPr>"
            body.append(f"<w:p>{mark}{run(former + ' ')}</w:p><w:p>{run(latter)}</w:p>")
            accepted.append(("", f"{former} {latter}"))
            rejected += [("", former), ("", latter)]
        if self._with_asides and self._chance.random() < 0.5:
            self.features.add("hidden paragraph")
            self.left_out["hidden text"] += 1
            numbering = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
            mark = f"<w:pPr><w:pStyle w:val='Gone'/>{numbering}</w:pPr>"
            body.append(f"<w:p>{mark}{run(self.words())}</w:p>")

    def _packed(self, body: str, start: int) -> bytes:
        """Return the file: that of python-docx with other parts in it."""
        stream = io.BytesIO()
        docx.Document().save(stream)
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p>{run(text)}</w:p></w:footnote>'
            for number, text in enumerate(self.footnotes, 1)
        )
        comments = "".join(
            f'<w:comment w:id="{number}" w:author="A"><w:p>{run(text)}</w:p></w:comment>'
            for number, text in enumerate(self.comments)
        )
        parts = {
            "word/document.xml": (
                f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
            ),
            "word/numbering.xml": self.numbering(start),
            "word/footnotes.xml": f"<w:footnotes {NAMES}>{notes}</w:footnotes>",
            "word/comments.xml": f"<w:comments {NAMES}>{comments}</w:comments>",
        }
        return with_parts(stream.getvalue(), parts, self.styles())


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def with_parts(content: bytes, parts: dict[str, str], styles: str = "") -> bytes:
    """Return a Word file with parts of its folder replaced or added, and with more styles."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = set(old.namelist())
        new_names = [name for name in parts if name not in names]
        for name in old.namelist():
            text = old.read(name)
            if name == "word/styles.xml":
                text = text.replace(b"</w:styles>", f"{styles}</w:styles>".encode())
            elif name == "[Content_Types].xml":
                types = "".join(
                    f'<Override PartName="/{part}" ContentType="{_TYPES}.{_kind(part)}+xml"/>'
                    for part in new_names
                )
                text = text.replace(b"</Types>", f"{types}</Types>".encode())
            elif name == "word/_rels/document.xml.rels":
                relations = "".join(
                    f'<Relationship Id="added{index}" Type="{_REL}/{_kind(part)}" '
                    f'Target="{part[5:]}"/>'
                    for index, part in enumerate(new_names)
                )
                text = text.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
            new.writestr(name, parts.get(name, text))
        for name in new_names:
            new.writestr(name, parts[name])
    return packed.getvalue()


def _kind(part: str) -> str:
    """Return the kind of a part: "footnotes" for word/footnotes.xml."""
    return part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")


def word_file(body: str, *, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """Return a Word file with a body, and with other parts by name."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    new_parts = {"word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"}
    if numbering:
        new_parts["word/numbering.xml"] = f"<w:numbering {NAMES}>{numbering}</w:numbering>"
    for name, text in parts.items():
        tag = {"header": "hdr", "footer": "ftr"}.get(name, name)
        new_parts[f"word/{name}.xml"] = f"<w:{tag} {NAMES}>{text}</w:{tag}>"
    return with_parts(stream.getvalue(), new_parts, styles)


def sample_clause() -> bytes:
    """Return the clause that the documentation reads."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (start, text) in enumerate([(12, "%1."), (1, "(%2)")])
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    provisions = [
        (0, run("Non-punishment of victims")),
        (
            1,
            run("A victim of trafficking ")
            + revision("del", run("may"))
            + revision("ins", run("shall"))
            + run(
                " not be prosecuted for, or convicted of, an offence that the victim committed "
                "as a direct consequence of being a victim."
            ),
        ),
        (1, run("The court may vacate a conviction for such an offence.")),
    ]
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"{content}</w:p>"
        for level, content in provisions
    )
    header = f"<w:p>{run('Draft of 1 May, not for circulation')}</w:p>"
    return word_file(body, numbering=numbering, header=header)


def sample_rules() -> bytes:
    """Return two rules on adults and children that the documentation takes as the text of a law."""
    rules = [
        (
            "(1) An adult is not guilty of an offence if the adult is compelled to commit it and a "
            "reasonable person in the same situation would have no realistic alternative."
        ),
        (
            "(2) A child is not guilty of an offence committed as a direct consequence of being a "
            "victim of trafficking."
        ),
    ]
    return word_file("".join(f"<w:p>{run(rule)}</w:p>" for rule in rules))
