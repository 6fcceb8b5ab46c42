"""Bytes to plain data, strictly, and back: hides YAML and the ways in which it damages law.

Only mappings, lists, text, null, true, false and plain whole numbers come out. `NO` stays the
code of Norway, `1.10` a section number and `2010-09-13` a date as written. What YAML offers beyond
that (tags, anchors, aliases, merge keys, several documents) is refused, since a reader of the file
could not see what it does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, Problem
from npcompare.files import LARGEST_FILE, read_up_to, show_path
from npcompare.text import is_control

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: A place inside the data: keys and positions from the top.
Pointer = tuple[str | int, ...]

#: No statute file comes near this; a file that does is a mistake or an attack.
DEEPEST = 24

_LINE_END = re.compile(r"\r\n|\r|\n")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}

#: libyaml's words for what went wrong, in those of someone who writes such files.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a colon followed by a space stands where it may not"),
    ("found character '\\t'", "a tab is used for indentation"),
    ("found character that cannot start any token", "a character that cannot begin a value"),
    ("did not find expected key", "the indentation changes here, or a quotation mark is missing"),
    ("could not find expected ':'", "a colon is missing after a key"),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed"),
    ("did not find expected ',' or '}'", "a mapping in { } holds a stray mark or is not closed"),
    ("did not find expected node content", "a list in [ ] or a mapping in { } is not closed"),
    ("found unexpected end of stream", "a quotation mark is not closed"),
    ("block sequence entries are not allowed", "a list item (-) stands where it may not"),
    ("did not find expected '-' indicator", "the indentation of a list changes here"),
)

#: What to do where a line that cannot be read, or the one above it, looks so.
_REMEDIES = (
    (
        "<{7} ",
        (
            "git left two versions here: keep what is right between <<<<<<< and >>>>>>>, and take "
            "the three lines of marks away"
        ),
    ),
    (r" *\t", "indent with spaces: a tab stands there, which YAML does not take"),
    (
        (
            " *(?:- )?(?:[a-z_]+:|{)[^#]*"
            "(?:(?<=[:,\\[{] )[\u201c\u201d\u201e\u00ab]|[\u201c\u201d\u00bb] ?[,}\\]])"
        ),
        'begin and end a quotation with the straight mark "; typographic ones are taken for words',
    ),
    (r" *(?:- )?[a-z_]+:[^\s/]", "put a space after the colon that ends a key"),
    (
        "",
        (
            "look at this line and the one above it; text with a colon or a quotation mark in it "
            "needs quotation marks around it"
        ),
    ),
)


class Source:
    """One YAML file as read: its plain data, its findings, and where each value stands."""

    def __init__(self, path: Path, shown: str, raw: bytes) -> None:
        """Read the bytes; what is wrong with them is kept in `problems`."""
        self.path = path
        #: The path as findings show it.
        self.shown = shown
        self.problems: list[Problem] = []
        self.data: Any = None
        #: Whether the data could be read at all, whatever findings there are in it.
        self.readable = False
        self._places: dict[Pointer, tuple[int, int]] | None = None
        self._key_places: dict[Pointer, tuple[int, int]] = {}
        self._text = self._decode(raw)
        if self._text is not None:
            self._parse(self._text)

    def problem(
        self, pointer: Pointer, code: Code, message: str, hint: str = "", *, key: bool = False
    ) -> Problem:
        """Return a finding at the value (or its key) that the pointer leads to."""
        line, column = self._place(pointer, key=key)
        return Problem(self.shown, line, column, code, message, hint)

    def places_within(self, pointer: Pointer, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield line and column of each place where words stand in a long text.

        Words that are written otherwise in the file than they are read are not found.
        """
        text = self._text or ""
        line, column = self._place(pointer, key=False)
        begun = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
        seen = begun + column - 1
        for found in words.finditer(text, seen):
            # Only what lies between two places is looked through: a text may have many.
            if breaks := text.count("\n", seen, found.start()):
                line += breaks
                begun = text.rindex("\n", seen, found.start()) + 1
            seen = found.start()
            yield line, seen - begun + 1

    def _place(self, pointer: Pointer, *, key: bool) -> tuple[int, int]:
        if self._places is None:
            self._places = {}
            if self._text is not None:
                self._parse(self._text, locate=True)
        if key and pointer in self._key_places:
            return self._key_places[pointer]
        while pointer and pointer not in self._places:
            pointer = pointer[:-1]
        return self._places.get(pointer, (1, 1))

    def _refuse(self, line: int, column: int, code: Code, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.shown, line, column, code, message, hint))

    def _decode(self, raw: bytes) -> str | None:
        if len(raw) > LARGEST_FILE:
            size = LARGEST_FILE // (1024 * 1024)
            self._refuse(1, 1, Code.TOO_LARGE, f"the file is larger than {size} MiB")
            return None
        if b"\0" in raw[:2]:
            # Every other byte of UTF-16 is one; as UTF-8 it would be nothing but controls.
            self._not_utf8(raw, raw.index(b"\0"))
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._not_utf8(raw, error.start)
            return None
        for line, found in _controls(text):
            column, character = found[0]
            more = f", and {len(found) - 1:,} more on this line" if found[1:] else ""
            self._refuse(
                line,
                column,
                Code.CONTROL_CHARACTER,
                f"the file holds the control character U+{ord(character):04X}{more}",
                "delete it; it cannot be seen in most editors",
            )
        if self.problems:
            # They are left out, so that what else is wrong is found too.
            text = "".join(one for one in text if not is_control(one))
        return text

    def _not_utf8(self, raw: bytes, at: int) -> None:
        start = raw.rfind(b"\n", 0, at) + 1
        self._refuse(
            raw.count(b"\n", 0, at) + 1,
            len(raw[start:at].decode("utf-8", "replace")) + 1,
            Code.NOT_UTF8,
            "the file is not UTF-8 text",
            "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)",
        )

    def _parse(self, text: str, *, locate: bool = False) -> None:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        # As `yaml.parse` does it, but for asking before each event whether there is one.
        events = iter(loader(text).get_event, None)
        builder = _Builder(self, events, yaml, locate=locate)
        try:
            data = builder.document()
        except yaml.MarkedYAMLError as error:
            if not locate:
                self._syntax(error)
        except _TooDeepError as error:
            if not locate:
                place = (error.line, error.column)
                self._refuse(*place, Code.NOT_PLAIN, f"more than {DEEPEST} levels deep")
        else:
            self.data = data
            self.readable = True
        if locate:
            self._places, self._key_places = builder.places, builder.key_places

    def _within(self, line: int, column: int) -> tuple[int, int]:
        """Return a place counted from one; libyaml counts a line beyond the end of a file."""
        lines = _LINE_END.split(self._text or "")
        if line < len(lines):
            return line + 1, column + 1
        return len(lines), len(lines[-1]) + 1

    def _syntax(self, error: Any) -> None:
        said = str(error.problem or error.context or "it cannot be read")
        if "maximum nesting depth" in said:
            # libyaml reads ahead, and so may give up before the builder does.
            mark = error.problem_mark
            message = f"more than {DEEPEST} levels deep"
            self._refuse(mark.line + 1, mark.column + 1, Code.NOT_PLAIN, message)
            return
        plain = next((words for theirs, words in _PLAIN_WORDS if theirs in said), said)
        # What is not closed is best shown where it was opened, and a key where it stands.
        opened = error.context_mark if plain.endswith(("not closed", "after a key")) else None
        mark = opened or error.problem_mark
        line, column = self._within(mark.line, mark.column)
        self._refuse(
            line,
            column,
            Code.NOT_YAML,
            f"the file cannot be read as YAML: {plain}",
            self._remedy(line),
        )

    def _remedy(self, line: int) -> str:
        """Return what to do about a line, counted from 1, that cannot be read."""
        near = _LINE_END.split(self._text or "")[max(line - 2, 0) : line]
        return next(hint for look, hint in _REMEDIES if any(re.match(look, one) for one in near))


class _TooDeepError(Exception):
    """The nesting goes beyond what any provision needs."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line = line
        self.column = column


class _Builder:
    """Builds plain data from YAML events, refusing what the strict subset leaves out."""

    def __init__(self, source: Source, events: Iterator[Any], yaml: Any, *, locate: bool) -> None:
        self._source = source
        self._events = events
        self._yaml = yaml
        #: On the second pass, which only locates, findings have been made already.
        self._locate = locate
        self.places: dict[Pointer, tuple[int, int]] = {}
        self.key_places: dict[Pointer, tuple[int, int]] = {}

    def document(self) -> Any:
        """Return the data of the one document."""
        _stream_start, event = next(self._events), next(self._events)
        if isinstance(event, self._yaml.StreamEndEvent):
            return None
        data = self._value(next(self._events), ())
        _document_end, event = next(self._events), next(self._events)
        if not isinstance(event, self._yaml.StreamEndEvent):
            self._refuse(event, "a second document begins here", "one provision, one file")
        return data

    def _refuse(self, event: Any, message: str, hint: str = "") -> None:
        self._find(event, Code.NOT_PLAIN, message, hint)

    def _find(self, event: Any, code: Code, message: str, hint: str = "") -> None:
        if not self._locate:
            mark = event.start_mark
            shown, line, column = self._source.shown, mark.line + 1, mark.column + 1
            self._source.problems.append(Problem(shown, line, column, code, message, hint))

    def _value(self, event: Any, pointer: Pointer) -> Any:
        if self._locate:
            self.places[pointer] = (event.start_mark.line + 1, event.start_mark.column + 1)
        if len(pointer) > DEEPEST:
            raise _TooDeepError(event.start_mark.line + 1, event.start_mark.column + 1)
        self._check_plain(event)
        if isinstance(event, self._yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, self._yaml.SequenceStartEvent):
            return self._sequence(pointer)
        if isinstance(event, self._yaml.MappingStartEvent):
            return self._mapping(pointer)
        return None

    def _check_plain(self, event: Any) -> None:
        if isinstance(event, self._yaml.AliasEvent):
            self._refuse(event, f"the alias *{event.anchor} is not allowed", "write it out")
        elif event.anchor is not None:
            self._refuse(event, f"the anchor &{event.anchor} is not allowed", "take it out")
        elif event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"the tag {tag} is not allowed", "take it out")

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not text.isprintable():
            for character in text:
                if is_control(character):
                    name = f"U+{ord(character):04X}"
                    self._find(event, Code.CONTROL_CHARACTER, f"a control character, {name}")
                    break
        if not event.implicit[0]:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        return int(text) if _INTEGER.match(text) else text

    def _sequence(self, pointer: Pointer) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), self._yaml.SequenceEndEvent):
            values.append(self._value(event, (*pointer, len(values))))
        return values

    def _mapping(self, pointer: Pointer) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), self._yaml.MappingEndEvent):
            key = self._key(event, pointer)
            if key in values:
                self._find(
                    event,
                    Code.DUPLICATE_KEY,
                    f'the key "{key}" stands here a second time',
                    "keep one of the two; with both, one would be lost unseen",
                )
            below = (*pointer, key)
            if self._locate:
                mark = event.start_mark
                self.key_places.setdefault(below, (mark.line + 1, mark.column + 1))
            values[key] = self._value(next(self._events), below)
        return values

    def _key(self, event: Any, pointer: Pointer) -> str:
        if not isinstance(event, self._yaml.ScalarEvent):
            self._refuse(event, "a key must be plain text")
            self._value(event, (*pointer, ""))
            return ""
        self._check_plain(event)
        self._scalar(event)
        if event.value == "<<" and event.implicit[0]:
            self._refuse(event, "the merge key << is not allowed", "write the keys out")
        return str(event.value)


def read(path: Path) -> Source:
    """Read one YAML file; what is wrong with it is in the `problems` of what is returned."""
    try:
        return Source(path, show_path(path), read_up_to(path))
    except OSError as error:
        return unreadable(path, error)


def dump(data: Any) -> str:
    """Return plain data as YAML of the strict subset, from which `read` gives the same data back.

    Its text must hold no control characters.
    """
    import yaml

    class Plain(yaml.SafeDumper):
        """Writes a thing that stands there twice out twice, instead of as an alias."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is the library's
            return True

    text: str = yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=96)
    return text


def unreadable(path: Path, error: OSError) -> Source:
    """Return a file without data, whose one finding says why."""
    shown = show_path(path)
    source = Source(path, shown, b"")
    source.readable = False
    message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
    source.problems.append(Problem(shown, 1, 1, Code.UNREADABLE, message))
    return source


def _controls(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield each line of a text that holds control characters, with their columns."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.removesuffix("\r")
        if not bare.isprintable():
            found = [(at, one) for at, one in enumerate(bare, 1) if is_control(one)]
            if found:
                yield number, found


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a value if it is a mapping, an empty one if not: for checks that must go on."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """Return a value if it is a list, an empty one if not: for checks that must go on."""
    return value if isinstance(value, list) else []
