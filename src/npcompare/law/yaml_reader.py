"""Read YAML strictly, and write it: only mappings, lists, text, null, booleans and whole numbers.

`NO` stays the code of Norway, `1.10` a section number and `2010-09-13` a date as written. YAML
features that a reader of the file could not follow are refused: tags, anchors, aliases, merge keys
and several documents in one file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, Problem
from npcompare.files import LARGEST_FILE, read_up_to, show_path
from npcompare.law.yaml_syntax import explain, hint_for
from npcompare.text import is_control
from npcompare.wording.quotations import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A place inside the data: keys and positions from the top.
Pointer = tuple[str | int, ...]

#: No provision needs this many levels; a file that has more is a mistake or an attack.
MAX_DEPTH = 24

#: No codebook and no bibliography comes near this; it bounds the memory that reading takes.
MAX_VALUES = 300_000

#: The characters that anchors, aliases and tags begin with; most files contain none of them.
_REFERENCE_SIGNS = "&*!"

_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
_TOO_MANY = f"the file contains more than {MAX_VALUES:,} keys and values"

_SPACES = re.compile(" *")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
#: What comes after a value that was not meant as a comment: "clause #3".
_COMMENT_IN_VALUE = re.compile(r"[ \t]+#[^\s#:!-][^\n,}\]]*")
_HASH = re.compile(r"[ \t]#[^\s#:!-]")
_LINE_END = re.compile(r"\r\n|\r|\n")

#: Quotation marks that word processors put in place of straight ones.
_OPENING_MARKS = frozenset("\u201c\u201d\u201e\u201f\u2018\u201a\u00ab\u00bb\u2039\u203a\uff02")
_CLOSING_MARKS = frozenset("\u201c\u201d\u2018\u2019\u00ab\u00bb\u2039\u203a\uff02")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}


class YamlFile:
    """A YAML file as it was read: its data, its findings, and the place of each value."""

    def __init__(self, path: Path, display_path: str, raw: bytes) -> None:
        """Read the bytes; findings about them are in `problems`."""
        self.path = path
        #: The path as findings show it.
        self.display_path = display_path
        self.problems: list[Problem] = []
        self.data: Any = None
        #: Whether the data could be read, with or without findings.
        self.is_readable = False
        self._root: Any = None
        self._children: dict[int, dict[Any, Any]] = {}
        self._text = self._decode(raw)
        self._has_hash = bool(_HASH.search(self._text or ""))
        if self._text is not None:
            self._parse(self._text)

    def problem(
        self, pointer: Pointer, code: Code, message: str, hint: str = "", *, key: bool = False
    ) -> Problem:
        """Return a finding at the value that the pointer leads to, or at its key."""
        line, column = self._place(pointer, key=key)
        return Problem(self.display_path, line, column, code, message, hint)

    def places_within(
        self, pointer: Pointer, pattern: re.Pattern[str]
    ) -> Iterator[tuple[int, int]]:
        """Yield the line and column of each match of a pattern in a long text.

        Words that the file writes in another way, such as with escapes, are not found.
        """
        text = self._text or ""
        line, column = self._place(pointer)
        line_start = sum(len(line_text) + 1 for line_text in text.split("\n")[: line - 1])
        position = line_start + column - 1
        for match in pattern.finditer(text, position):
            # Counting starts at the last match, because a text may have many.
            if line_breaks := text.count("\n", position, match.start()):
                line += line_breaks
                line_start = text.rindex("\n", position, match.start()) + 1
            position = match.start()
            yield line, position - line_start + 1

    def _place(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
        """Return the place of a value; of the nearest value above it if it does not exist."""
        if self._root is None:
            return 1, 1
        key_node, node = None, self._root
        for part in pointer:
            if part not in (children := self._children_of(node)):
                key_node = None
                break
            key_node, node = children[part]
        return self._place_of((key_node if key and key_node else node).start_mark)

    def _place_of(self, mark: Any) -> tuple[int, int]:
        """Return the place of a mark in the file."""
        text = self._text or ""
        if mark.index < len(text):
            return mark.line + 1, mark.column + 1
        # libyaml counts a line beyond the end of the file.
        lines = _LINE_END.split(text)
        return len(lines), len(lines[-1]) + 1

    def _children_of(self, node: Any) -> dict[Any, Any]:
        """Return the key node and the value node of each value below a node, by key or position."""
        if id(node) not in self._children:
            pairs: Any = ()
            if node.id == "mapping":
                pairs = ((_key_text(pair[0]), pair) for pair in node.value)
            elif node.id == "sequence":
                pairs = ((number, (None, item)) for number, item in enumerate(node.value))
            self._children[id(node)] = dict(pairs)
        return self._children[id(node)]

    # --- Bytes to text ---------------------------------------------------------------------

    def _refuse(self, line: int, column: int, code: Code, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.display_path, line, column, code, message, hint))

    def _refuse_at(self, mark: Any, code: Code, message: str, hint: str = "") -> None:
        self._refuse(*self._place_of(mark), code, message, hint)

    def _decode(self, raw: bytes) -> str | None:
        if len(raw) > LARGEST_FILE:
            size = LARGEST_FILE // (1024 * 1024)
            self._refuse(1, 1, Code.TOO_LARGE, f"the file is larger than {size} MiB")
            return None
        if b"\0" in raw[:2]:
            # Every other byte of UTF-16 is zero; read as UTF-8 it would be full of controls.
            self._refuse_encoding(raw, raw.index(b"\0"))
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._refuse_encoding(raw, error.start)
            return None
        for line, controls in _controls(text):
            column, character = controls[0]
            more = f", and {len(controls) - 1:,} more on this line" if controls[1:] else ""
            self._refuse(
                line,
                column,
                Code.CONTROL_CHARACTER,
                f"the file contains the control character U+{ord(character):04X}{more}",
                "delete it; most editors do not show it",
            )
        if self.problems:
            # Without them the other mistakes can be found too.
            text = "".join(character for character in text if not is_control(character))
        return text

    def _refuse_encoding(self, raw: bytes, position: int) -> None:
        line_start = raw.rfind(b"\n", 0, position) + 1
        self._refuse(
            raw.count(b"\n", 0, position) + 1,
            len(raw[line_start:position].decode("utf-8", "replace")) + 1,
            Code.NOT_UTF8,
            "the file is not UTF-8 text",
            "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)",
        )

    # --- Text to data ----------------------------------------------------------------------

    def _parse(self, text: str) -> None:
        import yaml

        if any(sign in text for sign in _REFERENCE_SIGNS):
            text = self._text = self._without_references(text)
        try:
            self._root = compose(text)
            self.data = None if self._root is None else self._value(self._root, 0)
            self.is_readable = True
        except yaml.composer.ComposerError as error:
            # Without aliases, a second document is the only thing the composer refuses.
            mark: Any = error.problem_mark
            message = "a second YAML document begins here"
            self._refuse_at(mark, Code.NOT_PLAIN, message, "put each provision in its own file")
            self._parse(text[: mark.index])
        except yaml.MarkedYAMLError as error:
            self._refuse_syntax(text, error)
        except _LimitError as error:
            self._refuse_at(error.mark, error.code, error.message)

    def _without_references(self, text: str) -> str:
        """Refuse each anchor, alias and tag, and return the text without them.

        An alias becomes null, so that the file can be checked further.
        """
        import yaml

        kinds: dict[type, tuple[str, str, str]] = {
            yaml.AnchorToken: ("anchor", "delete it", ""),
            yaml.AliasToken: ("alias", "write the value out", "~"),
            yaml.TagToken: ("tag", "delete it", ""),
        }
        pieces: list[str] = []
        end = 0
        try:
            for token in yaml.scan(text, Loader=_loader()):
                if type(token) not in kinds:
                    continue
                kind, hint, replacement = kinds[type(token)]
                start = token.start_mark.index
                pieces += text[end:start], replacement
                end = token.end_mark.index
                message = f"the {kind} {text[start:end]} is not allowed"
                self._refuse_at(token.start_mark, Code.NOT_PLAIN, message, hint)
                if not replacement and (spaces := _SPACES.match(text, end)):
                    end = spaces.end()
        except yaml.MarkedYAMLError:
            pass  # The parser meets the same error, and reports it.
        return "".join((*pieces, text[end:]))

    def _refuse_syntax(self, text: str, error: Any) -> None:
        problem = str(error.problem or error.context or "it cannot be read")
        if "maximum nesting depth" in problem:
            # libyaml reads ahead, and may reach its own limit first.
            self._refuse_at(error.problem_mark, Code.NOT_PLAIN, _TOO_DEEP)
            return
        explanation, is_at_start = explain(problem)
        mark = (error.context_mark if is_at_start else None) or error.problem_mark
        line, column = self._place_of(mark)
        lines = _LINE_END.split(text)
        message = f"the file cannot be read as YAML: {explanation}"
        self._refuse(line, column, Code.NOT_YAML, message, hint_for(lines[max(line - 2, 0) : line]))

    def _value(self, node: Any, depth: int) -> Any:
        """Return the data of a node; findings about it are added to `problems`."""
        if depth > MAX_DEPTH:
            raise _LimitError(node.start_mark, Code.NOT_PLAIN, _TOO_DEEP)
        if node.id == "scalar":
            return self._scalar(node)
        if node.id == "sequence":
            return [self._value(item, depth + 1) for item in node.value]
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in values:
                self._refuse_at(
                    key_node.start_mark,
                    Code.DUPLICATE_KEY,
                    f'the key "{key}" appears twice in the same mapping',
                    "delete one of the two; otherwise the first would be lost",
                )
            values[key] = self._value(value_node, depth + 1)
        return values

    def _scalar(self, node: Any) -> Any:
        text: str = node.value
        if not node.style:
            if text in _CONSTANTS:
                return _CONSTANTS[text]
            return int(text) if _INTEGER.match(text) else self._unmarked(node, text)
        # Only an escape in double quotation marks can still produce a control character.
        if node.style == '"' and not text.isprintable():
            control = next(filter(is_control, text), None)
            if control is not None:
                message = f"this text contains the control character U+{ord(control):04X}"
                self._refuse_at(node.start_mark, Code.CONTROL_CHARACTER, message)
        return text

    def _unmarked(self, node: Any, text: str) -> str:
        """Return a value without quotation marks; refuse what looks as if it had been cut short."""
        end = node.end_mark.index
        if self._has_hash and (match := _COMMENT_IN_VALUE.match(self._text or "", end)):
            quoted = f'"{text}{match[0].rstrip()}"'
            self._refuse_at(
                node.end_mark,
                Code.NOT_PLAIN,
                "the text after # is a comment and not part of the value",
                f"put the value in quotation marks: {shortened(quoted)}; "
                "in a comment, put a space after the #",
            )
        if text[0] in _OPENING_MARKS and text[-1] in _CLOSING_MARKS and len(text) > 1:
            self._refuse_at(
                node.start_mark,
                Code.NOT_PLAIN,
                f"the typographic quotation marks are read as a part of the value {text}",
                'use straight quotation marks ("), or put straight ones around them',
            )
            return text[1:-1].strip()
        return text

    def _key(self, node: Any) -> str:
        if node.id != "scalar":
            self._refuse_at(node.start_mark, Code.NOT_PLAIN, "a key must be text")
            return ""
        self._scalar(node)
        if node.value == "<<" and not node.style:
            message = "the merge key << is not allowed"
            self._refuse_at(node.start_mark, Code.NOT_PLAIN, message, "write the keys out")
        return _key_text(node)


class _LimitError(Exception):
    """The file goes beyond what any file of law needs."""

    def __init__(self, mark: Any, code: Code, message: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.code = code
        self.message = message


def compose(text: str) -> Any:
    """Return the root of the nodes of YAML text, with their places, or None if it has none."""
    return _loader()(text).get_single_node()


@cache
def _loader() -> Any:
    """Return the loader: libyaml's where it is installed, which gives no value a type."""
    import yaml

    safe_loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class StrictLoader(safe_loader):  # type: ignore[misc]
        """Composes nodes: not too many, and down to a limited depth."""

        depth = 0
        values = 0

        def resolve(self, *_: Any) -> str:
            """Return no tag: `YamlFile` chooses between the few types by the style of a scalar."""
            return ""

        def descend_resolver(self, parent: Any, _index: Any) -> None:
            """Count a value and a level; stop below a node that is already too deep."""
            self.values += 1
            self.depth += 1
            if self.depth > MAX_DEPTH + 2:
                raise _LimitError(parent.start_mark, Code.NOT_PLAIN, _TOO_DEEP)
            if self.values > MAX_VALUES:
                raise _LimitError(parent.start_mark, Code.TOO_LARGE, _TOO_MANY)

        def ascend_resolver(self) -> None:
            """Count one level less."""
            self.depth -= 1

    return StrictLoader


def _key_text(node: Any) -> str:
    return str(node.value) if node.id == "scalar" else ""


def _controls(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield each line number with the columns and characters of its control characters."""
    for number, line in enumerate(text.split("\n"), 1):
        content = line.removesuffix("\r")
        if not content.isprintable():
            numbered = enumerate(content, 1)
            controls = [(column, letter) for column, letter in numbered if is_control(letter)]
            if controls:
                yield number, controls


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML file; findings are in the `problems` of what is returned."""
    try:
        return YamlFile(path, show_path(path), read_up_to(path))
    except OSError as error:
        return unreadable_file(path, error)


def unreadable_file(path: Path, error: OSError) -> YamlFile:
    """Return a file without data whose only finding gives the reason."""
    file = YamlFile(path, show_path(path), b"")
    file.is_readable = False
    message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
    file.problems.append(Problem(file.display_path, 1, 1, Code.UNREADABLE, message))
    return file


def dump_yaml(data: Any) -> str:
    """Return data as YAML text from which `read_yaml` gets the same data back.

    Text in the data must not contain control characters.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes a repeated value in full each time."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's signature
            return True

    def text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        # Typographic quotation marks around a value are taken for a mistake.
        style = '"' if text[:1] in _OPENING_MARKS and text[-1:] in _CLOSING_MARKS else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, text_node)
    text: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=96)
    return text
