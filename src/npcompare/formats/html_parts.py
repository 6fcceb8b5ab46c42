"""What pages in HTML share: templates, the security policy, data in scripts, and runs of text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from npcompare.document import Tone
from npcompare.formats.language_scripts import (
    directions,
    has_loose_edge,
    is_left_to_right,
    note_runs,
)
from npcompare.formats.resources import read_resource
from npcompare.messages import current
from npcompare.text import JOINER, is_right_to_left, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from npcompare.document import Cell, Run, Table

#: The element of a run in each tone; a tone that is not listed is a span with a class.
_TAGS = {
    Tone.PLAIN: "",
    Tone.STRONG: "strong",
    Tone.QUOTE: "q",
    Tone.INSERTED: "ins",
    Tone.DELETED: "del",
}

#: A language tag in the form of BCP 47; any other tag is left out, as no reader could use it.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

#: The characters that could end a script element early.
_UNSAFE_IN_SCRIPT = re.compile("[<>&]")


def environment() -> Environment:
    """Return the environment of templates, which make every value visible and then escape it."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    from npcompare.messages import message, plural, sentences, spaced_brackets

    def finalize(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    templates = Environment(
        autoescape=True,
        finalize=finalize,
        loader=FunctionLoader(read_resource),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    functions = (message, plural, sentences, spaced_brackets, isolated, directed)
    templates.globals |= {function.__name__: function for function in functions}
    return templates


def policy(script: str) -> str:
    """Return a content security policy that allows one script only, by its digest.

    Args:
        script: What the element of the script contains; without a script, empty.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    scripts = f"script-src 'sha256-{digest}'; " if script else ""
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )


def json_for_script(data: Any) -> str:
    """Return data as JSON that cannot end its script element early."""
    text = json.dumps(data, separators=(",", ":"))
    return _UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def language_attributes(text: str, language: str) -> list[tuple[str, str]]:
    """Return the attributes of a text for its language and direction."""
    attributes = [("lang", language)] if _LANGUAGE.fullmatch(language) else []
    if is_right_to_left(text):
        attributes.append(("dir", "rtl"))
    elif language:
        attributes.append(("dir", "ltr"))
    return attributes


def isolated(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text from right to left, and whether each must be isolated from it."""
    return [(part, not is_turned and has_loose_edge(part)) for part, is_turned in directions(text)]


def directed(text: str) -> str:
    """Return a text of a page in the language in use, with parts against its direction isolated."""
    if not current().is_right_to_left:
        return text
    from markupsafe import Markup, escape

    parts = ((escape(visible(part)), is_apart) for part, is_apart in isolated(text))
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(part) if is_apart else part
        for part, is_apart in parts
    )


def cell_parts(cell: Cell, *, in_right_to_left: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the element of each run of a cell, as `run_parts` returns it."""
    texts = ["\n", *(run.text for run in cell.runs), "\n"]
    for place, run in enumerate(cell.runs, 1):
        starts = texts[place - 1].endswith("\n") or run.text.startswith("\n")
        ends = texts[place + 1].startswith("\n") or run.text.endswith("\n")
        yield run_parts(run, in_right_to_left=in_right_to_left, is_alone=starts and ends)


def note_parts(text: str, table: Table, *, in_right_to_left: bool = False) -> list[dict[str, Any]]:
    """Return the elements of a note or remark of a table, as `run_parts` returns them."""
    runs = note_runs(visible(text), table)
    return [run_parts(run, in_right_to_left=in_right_to_left) for run in runs]


def run_parts(run: Run, *, in_right_to_left: bool = False, is_alone: bool = True) -> dict[str, Any]:
    """Return the element of a run with its text, and the white space before and after it.

    A quotation against the direction of the page is a block if it is all of its lines.

    Args:
        run: The run.
        is_alone: Whether nothing else is on its lines.
        in_right_to_left: Whether the page runs from right to left; words that do not, and are not
            among others that do, are then isolated.
    """
    text = run.text
    words = text.strip()
    start = text.index(words)
    attributes = []
    tag = _TAGS.get(run.tone)
    if tag is None:
        tag = "span"
        attributes.append(("class", str(run.tone)))
    if in_right_to_left and not run.language:
        if is_left_to_right(words):
            attributes.append(("dir", "ltr"))
            tag = tag or "bdi"
    else:
        attributes += language_attributes(run.text, run.language)
    return {
        "tag": (tag or ("span" if attributes else "")) if words else "",
        "attributes": attributes,
        "is_block": is_alone
        and run.tone is Tone.QUOTE
        and bool(words)
        and is_right_to_left(run.text) is not in_right_to_left,
        # No line ends between a word and its marks, as it could in a script without spaces.
        "joint": JOINER if run.marks and east_asian_width(words[-1:] or " ") in "WF" else "",
        "before": text[:start],
        "words": words,
        "is_mixed": in_right_to_left and not (attributes and attributes[-1][0] == "dir"),
        "after": text[start + len(words) :],
    }
