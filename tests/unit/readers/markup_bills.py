"""Bills as web pages and in Akoma Ntoso, with numbers and words known from how they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from word_bills import SCHEMES, BillMaker, Provision, escaped

if TYPE_CHECKING:
    from collections import Counter

#: How the lists of a page are numbered: the type of each level, and the format of its numbers.
LIST_TYPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "i": "lowerRoman",
    "A": "upperLetter",
    "I": "upperRoman",
}
LIST_ORDERS = ["1aiA", "I1ai", "A1ia", "aI1i"]
#: The schemes of numbers that a page can have as typed numbers.
TYPED = [SCHEMES[0], SCHEMES[1], SCHEMES[2]]
#: How a page shows a provision with a typed number.
LAYOUTS = [
    "<p><span class=num>{}</span> {}</p>",
    "<p><b>{}</b>&nbsp; {}</p>",
    "<div><div class=num>{}</div><div>{}</div></div>",
    "<table><tr><td>{}</td><td>{}</td></tr></table>",
    "<ul><li><span class=num>{}</span>{}</li></ul>",
    "<dl><dt class=num>{}</dt><dd>{}</dd></dl>",
    "<h4><a name=x></a><span class=number>{}</span>{}</h4>",
]
#: The elements of the levels of an Act in Akoma Ntoso.
ELEMENTS = ["section", "subsection", "paragraph", "subparagraph"]
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


@dataclass
class MarkupBill:
    """A bill: its file, and the labels, depths and words that a reader must find."""

    content: bytes
    accepted: list[tuple[str, str]]
    rejected: list[tuple[str, str]]
    depths: list[int]
    left_out: Counter[str]


class _MarkupMaker(BillMaker):
    """Makes the words of a bill in HTML or XML."""

    deleted, inserted = "<del>{}</del>", "<ins>{}</ins>"

    def _plain(self) -> tuple[str, str, str]:
        text = f"{self.words()} "
        return escaped(text), text, text

    def _special(self) -> tuple[str, str, str]:
        makers = [self._hyphens, self._container, self._breaks]
        makers += [self._inserted, self._deleted, self._replaced]
        makers += [self._footnote, self._picture]
        return self._chance.choice(makers)()

    def _hyphens(self) -> tuple[str, str, str]:
        text = "consequence of traffickingnon-cash "
        return "con&#173;sequence of <i>traf\u00adficking</i>non&#8209;cash ", text, text

    def _container(self) -> tuple[str, str, str]:
        text = self.words()
        tag = self._chance.choice(["b", "i", "span", "u"])
        return f"<{tag}>{text}</{tag}> <!-- lost -->", f"{text} ", f"{text} "

    def _inserted(self) -> tuple[str, str, str]:
        text = self.words()
        return f"{self.inserted.format(text)} ", f"{text} ", " "

    def _deleted(self) -> tuple[str, str, str]:
        text = self.words()
        self.left_out["deleted text"] += 1
        return f"{self.deleted.format(text)} ", " ", f"{text} "

    def _replaced(self) -> tuple[str, str, str]:
        old, new = self.words(), self.words()
        self.left_out["deleted text"] += 1
        return f"{self.deleted.format(old)}{self.inserted.format(new)} ", f"{new} ", f"{old} "

    def _picture(self) -> tuple[str, str, str]:
        self.left_out["picture"] += 1
        return f'<img src="a.png" alt="{self.words()}"/> ', " ", " "

    def provision(self, state: str) -> Provision:
        """Return a provision without children; one that is deleted has all its words so."""
        pieces = [self._plain()]
        if state == "kept":
            pieces += [self._special() for _ in range(self._chance.randint(0, 3))]
        markup, accepted, rejected = ("".join(part) for part in zip(*pieces, strict=True))
        if state != "kept":
            markup = (self.inserted if state == "inserted" else self.deleted).format(markup)
            self.left_out["deleted text"] += state == "deleted"
        return Provision(markup, " ".join(accepted.split()), " ".join(rejected.split()), state)

    def _finished(self, content: str, provisions: list[Provision], start: int) -> MarkupBill:
        self.left_out["comment"] += content.count("<!-- lost -->")
        accepted, rejected = (
            list(self.labels(provisions, view, [], start)) for view in ("accepted", "rejected")
        )
        depths = list(self._depths(provisions, 1))
        return MarkupBill(content.encode(), accepted, rejected, depths, +self.left_out)

    def _depths(self, provisions: list[Provision], depth: int) -> list[int]:
        """Return the depths of provisions that are not deleted, and of those below them."""
        depths = []
        for provision in provisions:
            if provision.state != "deleted":
                depths += [depth, *self._depths(provision.children, depth + 1)]
        return depths


class ListPage(_MarkupMaker):
    """Makes a page whose numbers are those of lists."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._types = LIST_ORDERS[seed % len(LIST_ORDERS)]
        self.scheme = [
            (LIST_TYPES[name], f"%{level}.") for level, name in enumerate(self._types, 1)
        ]

    def _breaks(self) -> tuple[str, str, str]:
        first, second = self.words(), self.words()
        return f"{first}<br>{second} ", f"{first} {second} ", f"{first} {second} "

    def _footnote(self) -> tuple[str, str, str]:
        self.left_out["footnote reference"] += 1
        self.footnotes.append(self.words())
        return f"<sup><a href='#n{len(self.footnotes)}'>1</a></sup>", "", ""

    def _list(self, provisions: list[Provision], level: int, start: int) -> str:
        items = []
        for provision in provisions:
            children = self._list(provision.children, level + 1, 1) if provision.children else ""
            items.append(f"<li>{self._wrapped(provision.xml)}{children}</li>")
        attributes = self._chance.choice(
            [f"type={self._types[level]}", f"style='list-style-type: {self._style(level)}'"]
        )
        first = f" start={start}" if start > 1 else ""
        return f"<ol {attributes}{first}>{''.join(items)}</ol>"

    def _style(self, level: int) -> str:
        return {
            "1": "decimal",
            "a": "lower-alpha",
            "i": "lower-roman",
            "A": "upper-latin",
            "I": "upper-roman",
        }[self._types[level]]

    def _wrapped(self, words: str) -> str:
        return self._chance.choice(["{}", "<p>{}</p>", "<div><span>{}</span></div>"]).format(words)

    def make_page(self) -> MarkupBill:
        """Return the page."""
        start = self._chance.choice([1, 3, 12])
        provisions = self.children(0)
        return self._finished(self._page(self._list(provisions, 0, start)), provisions, start)

    def _page(self, body: str) -> str:
        self.left_out.update(["navigation", "script", "footer"])
        self.left_out["footnote"] += len(self.footnotes)
        notes = "".join(
            f"<p id=n{number}>{text}</p>" for number, text in enumerate(self.footnotes, 1)
        )
        return (
            "<!DOCTYPE html><meta charset=utf-8><nav>Home</nav><script>lost</script>"
            f"<main>{body}{notes}</main><footer>lost</footer>"
        )


class TypedPage(ListPage):
    """Makes a page whose numbers are typed, in one of several layouts."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._with_revisions = False
        self.scheme = TYPED[seed % len(TYPED)]
        self._layout = LAYOUTS[seed // len(TYPED) % len(LAYOUTS)]

    def make_page(self) -> MarkupBill:
        """Return the page."""
        start = self._chance.choice([1, 3, 12])
        provisions = self.children(0)
        labels = [label for label, _ in self.labels(provisions, "accepted", [], start)]
        words = [provision.xml for provision in _all(provisions)]
        body = "".join(
            self._layout.format(label, text) for label, text in zip(labels, words, strict=True)
        )
        return self._finished(self._page(body), provisions, start)


class AknAct(_MarkupMaker):
    """Makes an Act in Akoma Ntoso."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._with_revisions = False

    def _breaks(self) -> tuple[str, str, str]:
        first, second = self.words(), self.words()
        return f"{first}<eol/>{second} ", f"{first} {second} ", f"{first} {second} "

    def _footnote(self) -> tuple[str, str, str]:
        self.left_out["footnote"] += 1
        return f"<authorialNote><p>{self.words()}</p></authorialNote>", "", ""

    def _elements(self, provisions: list[Provision], numbers: list[int], start: int) -> str:
        text = ""
        for number, provision in enumerate(provisions, start):
            path = [*numbers, number]
            tag = ELEMENTS[len(numbers)]
            label = f"<num>{self.label(path, len(numbers))}</num>"
            children = self._elements(provision.children, path, 1)
            words = f"<p>{provision.xml}</p>"
            if children:
                words = self._chance.choice(
                    [f"<intro>{words}</intro>", f"<heading>{provision.xml}</heading>"]
                )
            else:
                words = f"<content>{words}</content>"
            text += f'<{tag} eId="x_{number}">{label}{words}{children}</{tag}>\n'
        return text

    def make_act(self) -> MarkupBill:
        """Return the Act."""
        start = self._chance.choice([1, 3, 12])
        provisions = self.children(0)
        content = (
            f'<?xml version="1.0"?><akomaNtoso xmlns="{AKN}"><act><meta><identification/></meta>'
            f"<body>{self._elements(provisions, [], start)}</body></act></akomaNtoso>"
        )
        return self._finished(content, provisions, start)


def _all(provisions: list[Provision]) -> list[Provision]:
    """Return provisions and all that are below them, in their order."""
    provisions_below = []
    for provision in provisions:
        provisions_below += [provision, *_all(provision.children)]
    return provisions_below


def sample_page() -> str:
    """Return the page that the documentation reads."""
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Act 2020</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/acts'>Acts</a></nav><main><h1>Trafficking Act</h1>"
        "<h2>12. Non-punishment of victims</h2><p><span>(1)</span><span>A victim of trafficking "
        "shall not be prosecuted for an offence that the victim committed as a direct consequence "
        "of being a victim.</span></p></main><footer>Government Printer</footer></body></html>"
    )
