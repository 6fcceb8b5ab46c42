"""The strict reader: what YAML would damage, what is refused, and where it stands."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import HOSTILE_SCALARS
from hypothesis import given
from hypothesis import strategies as st

from npcompare.errors import (
    Code,
    ExitCode,
    NpcompareError,
    Problem,
    ProblemsError,
    exit_code,
    refusals,
)
from npcompare.files import LARGEST_FILE, no_file, read_text, read_up_to, show_path
from npcompare.law.yaml_reader import (
    MAX_DEPTH,
    MAX_VALUES,
    YamlFile,
    dump_yaml,
    read_yaml,
    unreadable_file,
)
from npcompare.text import (
    counted,
    did_you_mean,
    fold,
    foreign,
    is_control,
    near,
    suggestion,
    visible,
)


def source(text: str | bytes) -> YamlFile:
    raw = text if isinstance(text, bytes) else text.encode()
    return YamlFile(Path("a.yaml"), "a.yaml", raw)


def found(text: str | bytes) -> list[tuple[int, int, Code]]:
    return [(one.line, one.column, one.code) for one in source(text).problems]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2010-09-13", "2010-09-13"),
        (".inf", ".inf"),
        ("+1", "+1"),
        ("-0", "-0"),
        ("9" * 16, "9" * 16),
        ("57", 57),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'57'", "57"),
        ('"true"', "true"),
        ("'null'", "null"),
    ],
)
def test_only_a_few_plain_values_are_typed(written: str, wanted: object) -> None:
    one = source(f"key: {written}\n")
    assert one.problems == []
    assert one.data == {"key": wanted}
    assert type(one.data["key"]) is type(wanted)


def test_keys_are_text() -> None:
    assert source("on: 1\nNO: 2\n3: 4\nnull: 5\n").data == {"on": 1, "NO": 2, "3": 4, "null": 5}


def test_an_empty_file_holds_nothing() -> None:
    one = source("# only a comment\n")
    assert (one.data, one.problems, one.is_readable) == (None, [], True)


def test_a_mark_of_byte_order_is_no_text() -> None:
    assert source(b"\xef\xbb\xbfid: kenya\n").data == {"id": "kenya"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, 1, Code.DUPLICATE_KEY)]),
        ("a: {b: 1, b: 2}\n", [(1, 11, Code.DUPLICATE_KEY)]),
        ("a: 1\na: 2\na: 3\n", [(2, 1, Code.DUPLICATE_KEY), (3, 1, Code.DUPLICATE_KEY)]),
        ("a: !!str 1\n", [(1, 4, Code.NOT_PLAIN)]),
        ("a: !!python/object/apply:os.system ['ls']\n", [(1, 4, Code.NOT_PLAIN)]),
        ("a: &x 1\nb: *x\n", [(1, 4, Code.NOT_PLAIN), (2, 4, Code.NOT_PLAIN)]),
        ("a:\n  <<: {b: 1}\n", [(2, 3, Code.NOT_PLAIN)]),
        ("? [a]\n: 1\n", [(1, 3, Code.NOT_PLAIN)]),
        ("a: 1\n---\nb: 2\n", [(2, 1, Code.NOT_PLAIN)]),
        ('a: "\\e[31m"\n', [(1, 4, Code.CONTROL_CHARACTER)]),
        ("a: x\x1b[31m\n", [(1, 5, Code.CONTROL_CHARACTER)]),
        ("a: x\x85y\n", [(1, 5, Code.CONTROL_CHARACTER)]),
        ("a: x\u202ey\n", [(1, 5, Code.CONTROL_CHARACTER)]),
        ("a: b: c\n", [(1, 5, Code.NOT_YAML)]),
        ("a: [1, 2\nb: 3\n", [(1, 4, Code.NOT_YAML)]),
        ('a: 1\nb: "open\n', [(2, 4, Code.NOT_YAML)]),
        ("a:\n\t- 1\n", [(2, 1, Code.NOT_YAML)]),
        ("a: [", [(1, 5, Code.NOT_YAML)]),
        ("a: 1\nkey", [(2, 1, Code.NOT_YAML)]),
        ("a: \u00e9\nb: \u00e9".encode("latin-1"), [(1, 4, Code.NOT_UTF8)]),
        ("a: 1\n".encode("utf-16"), [(1, 1, Code.NOT_UTF8)]),
        (b"a: 1\nb: 2\ncd: \xff\n", [(3, 5, Code.NOT_UTF8)]),
        (b"\n\xff", [(2, 1, Code.NOT_UTF8)]),
        ("a: x\x1b\nb: &x 1\n", [(1, 5, Code.CONTROL_CHARACTER), (2, 4, Code.NOT_PLAIN)]),
        (b"a: 1\x00\n", [(1, 5, Code.CONTROL_CHARACTER)]),
    ],
)
def test_what_is_refused(text: str | bytes, wanted: list[tuple[int, int, Code]]) -> None:
    assert found(text) == wanted


ONE_EACH = "put each provision in its own file"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("a: &x 1\n", "the anchor &x is not allowed", "delete it"),
        ("a: *x\n", "the alias *x is not allowed", "write the value out"),
        ("a: !!str 1\n", "the tag !!str is not allowed", "delete it"),
        ("a: {<<: b}\n", "the merge key << is not allowed", "write the keys out"),
        ("? [a]\n: 1\n", "a key must be text", ""),
        (
            "a: 1\n--- \nb: 2\n",
            "a second YAML document begins here",
            "put each provision in its own file",
        ),
        ('a: "\\e\\a"\n', "this text contains the control character U+001B", ""),
        (
            "a: 1\na: 2\n",
            'the key "a" appears twice in the same mapping',
            "delete one of the two; otherwise the first would be lost",
        ),
        (
            "a: x\x1b\n",
            "the file contains the control character U+001B",
            "delete it; most editors do not show it",
        ),
        (
            b"a: \xff\n",
            "the file is not UTF-8 text",
            "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)",
        ),
        (b"#" * (LARGEST_FILE + 1), "the file is larger than 4 MiB", ""),
    ],
)
def test_what_is_said_of_what_is_refused(text: str | bytes, said: str, hint: str) -> None:
    (one,) = source(text).problems
    assert (one.path, one.message, one.hint) == ("a.yaml", said, hint)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: x\x1b\nb: 1\n", {"a": "x", "b": 1}),
        ("a: \x1bx\r\nb: 'c\r\n  d'\r\n", {"a": "x", "b": "c d"}),
        ('a: "x\\e"\n', {"a": "x\x1b"}),
        ("? [a]\n: 1\n", {"": 1}),
        ("a: &x 1\nb: *x\n", {"a": 1, "b": None}),
    ],
)
def test_what_is_refused_is_read_all_the_same(text: str, data: object) -> None:
    one = source(text)
    assert (one.data, one.is_readable) == (data, True)
    assert one.problems


def test_windows_line_ends_are_line_ends() -> None:
    one = source("a: 1\r\nb: >-\r\n  two\r\n  words\r\n")
    assert (one.data, one.problems) == ({"a": 1, "b": "two words"}, [])


def test_depth_is_bounded() -> None:
    assert found("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert found("a: " + "[" * 30 + "]" * 30) == [(1, MAX_DEPTH + 4, Code.NOT_PLAIN)]
    ((line, _, code),) = found("[" * 10_000 + "]" * 10_000)
    assert (line, code) == (1, Code.NOT_PLAIN)


def test_number_of_values_is_bounded() -> None:
    assert source("[" + "a," * (MAX_VALUES - 1) + "]").problems == []
    (problem,) = source("a: [" + "a," * MAX_VALUES + "]").problems
    message = "a.yaml:1:4 NP102 the file contains more than 300,000 keys and values"
    assert str(problem) == message


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("- &x a: 1\n  b: 2\n", [{"a": 1, "b": 2}]),
        ("a: !x\n  b: *y\n", {"a": {"b": None}}),
        ("a: [*x, !t b, &y c]\n", {"a": [None, "b", "c"]}),
        ("a: '*x & y!'\nb: c & d\n", {"a": "*x & y!", "b": "c & d"}),
    ],
)
def test_file_is_read_without_its_references(text: str, data: object) -> None:
    assert source(text).data == data


def test_many_anchors_take_no_longer_than_many_values() -> None:
    """Each is deleted in one pass; a quadratic one would take minutes here."""
    many = source("".join(f"k{number}: &x{number} 1\n" for number in range(50_000)))
    assert len(many.problems) == 50_000


def test_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert [one.code for one in read_yaml(path).problems] == [Code.TOO_LARGE]
    assert found(path.read_bytes()) == [(1, 1, Code.TOO_LARGE)]
    assert found(b"#" * LARGEST_FILE) == []


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml"):
        one = read_yaml(path)
        assert ([each.code for each in one.problems], one.is_readable) == ([Code.UNREADABLE], False)
        assert (one.path, one.display_path, one.data) == (path, path.as_posix(), None)
    assert [each.message for each in read_yaml(tmp_path).problems] == [
        "the file cannot be read: it is not a regular file"
    ]


def test_what_is_read_has_its_path_and_is_shown_from_here(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    path = tmp_path / "laws" / "a.yaml"
    path.write_text("id: kenya\n")
    with contextlib.chdir(tmp_path):
        one = read_yaml(path)
        assert (one.path, one.display_path, one.data) == (path, "laws/a.yaml", {"id": "kenya"})
        assert show_path(tmp_path) == "."
        assert show_path(tmp_path.parent / "b.yaml") == (tmp_path.parent / "b.yaml").as_posix()
        assert show_path(Path("laws") / "a.yaml") == "laws/a.yaml"
    (tmp_path / "of mine ").mkdir()
    with contextlib.chdir(tmp_path / "of mine "):
        assert show_path(tmp_path / "of mine " / "a.yaml") == "a.yaml"


@pytest.mark.parametrize("at_once", [1000, LARGEST_FILE * 2])
def test_a_file_is_read_to_its_end_or_to_one_byte_more_than_it_may_have(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system need not give at once all that it is asked for."""
    read_some = os.read
    monkeypatch.setattr(os, "read", lambda handle, most: read_some(handle, min(most, at_once)))
    path = tmp_path / "a.yaml"
    whole = bytes(range(256)) * (LARGEST_FILE // 256) + b"more than that"
    for size in (0, 1, 999, 1000, 5001, LARGEST_FILE, LARGEST_FILE + 1):
        path.write_bytes(whole[:size])
        assert read_up_to(path) == whole[:size]
    path.write_bytes(whole)
    assert read_up_to(path) == whole[: LARGEST_FILE + 1]


LOOK = (
    "check this line and the one above it; text that contains a colon or a quotation mark must be "
    "in quotation marks"
)
AS_UTF8 = "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)"
NOT_YAML = "the file cannot be read as YAML"
DELETE = "delete it; most editors do not show it"


@pytest.mark.parametrize(
    ("text", "wanted", "hint"),
    [
        (b"i\0d\0:\0", ["1:2 NP101 the file is not UTF-8 text"], AS_UTF8),
        (b"id: \xff", ["1:5 NP101 the file is not UTF-8 text"], AS_UTF8),
        (b"ab\0: 1\n", ["1:3 NP106 the file contains the control character U+0000"], DELETE),
        (
            "a: \x1b\x1b\x02x\nb: \x1b\x1b\nc: \x01\n",
            [
                "1:4 NP106 the file contains the control character U+001B, and 2 more on this line",
                "2:4 NP106 the file contains the control character U+001B, and 1 more on this line",
                "3:4 NP106 the file contains the control character U+0001",
            ],
            DELETE,
        ),
        ("[" * 30, ["1:26 NP105 nested more than 24 levels deep"], ""),
        (
            "".join(f"{' ' * level}a:\n" for level in range(30)),
            ["26:26 NP105 nested more than 24 levels deep"],
            "",
        ),
        (
            "a: 'x' y\n",
            [f"1:8 NP103 {NOT_YAML}: the indentation changes here, or a quotation mark is missing"],
            LOOK,
        ),
        # The quotation mark of the first line is nothing to the third.
        (
            "note: “a”\nb: 1\nc: [1\n",
            [f"3:4 NP103 {NOT_YAML}: a list in [ ] is not closed"],
            LOOK,
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    text: str | bytes, wanted: list[str], hint: str
) -> None:
    problems = source(text).problems
    assert [str(one) for one in problems] == [f"a.yaml:{line}" for line in wanted]
    assert {one.hint for one in problems} == {hint}


def test_why_a_file_cannot_be_read_is_said_at_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "missing.yaml"
    for one, why in (
        (read_yaml(path), "No such file or directory"),
        (unreadable_file(path, OSError()), "unknown reason"),
    ):
        (found,) = one.problems
        assert str(found) == f"{path}:1:1 NP107 the file cannot be read: {why}"


def test_an_alias_bomb_is_harmless() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [*{above}, *{above}]\n"
        for above, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    one = source(bomb)
    assert {each.code for each in one.problems} == {Code.NOT_PLAIN}
    assert one.data["i"] == [None, None]


def test_places_count_from_one_and_name_value_or_key() -> None:
    one = source("a:\n  - b: x\n    c: {d: [1, 2]}\n")
    place = ("a", 0, "c", "d", 1)
    assert str(one.problem(place, Code.NOT_A_WORD, "m")) == "a.yaml:3:16 NP203 m"
    assert str(one.problem(("a", 0, "c"), Code.NOT_A_WORD, "m", key=True)) == "a.yaml:3:5 NP203 m"
    assert str(one.problem(("a", 0, "missing"), Code.MISSING_KEY, "m")) == "a.yaml:2:5 NP202 m"
    assert str(one.problem((), Code.NO_CODING, "m")) == "a.yaml:1:1 NP207 m"


def test_a_finding_cannot_steer_the_terminal() -> None:
    one = source("a: 1\n").problem((), Code.UNKNOWN_KEY, "\x1b[31m\u202ered\nnext")
    assert str(one) == "a.yaml:1:1 NP201 <U+001B>[31m<U+202E>red<U+000A>next"


REFUSED = Problem("b.yaml", 2, 3, Code.UNKNOWN_KEY, "m")
WARNED = Problem("a.yaml", 1, 1, Code.READ_OTHERWISE, "m\t\n")
UNREAD = Problem("a.yaml", 1, 1, Code.NOT_YAML, "m")


def test_a_warning_says_that_it_is_one_and_refuses_nothing() -> None:
    assert str(WARNED) == "a.yaml:1:1 NP602 warning: m<U+0009><U+000A>"
    assert str(REFUSED) == "b.yaml:2:3 NP201 m"
    assert refusals([WARNED, REFUSED, WARNED, UNREAD]) == (REFUSED, UNREAD)


@pytest.mark.parametrize(
    ("problems", "wanted", "strictly"),
    [
        ((), ExitCode.FINE, ExitCode.FINE),
        ((WARNED,), ExitCode.FINE, ExitCode.FOUND),
        ((WARNED, REFUSED), ExitCode.FOUND, ExitCode.FOUND),
        ((WARNED, REFUSED, UNREAD), ExitCode.TROUBLE, ExitCode.TROUBLE),
    ],
)
def test_what_a_run_ends_with_is_told_by_the_worst_of_its_findings(
    problems: tuple[Problem, ...], wanted: ExitCode, strictly: ExitCode
) -> None:
    assert exit_code(problems) is wanted
    assert exit_code(problems, strict=True) is strictly
    assert ProblemsError(problems).exit_code is wanted


def test_findings_and_their_files_are_counted() -> None:
    one = ProblemsError((REFUSED,))
    assert str(one) == one.message == "1 finding in 1 file; fix them first"
    more = ProblemsError((WARNED, REFUSED, UNREAD))
    assert more.message == "3 findings in 2 files; fix them first"
    assert (more.problems, more.hint) == ((WARNED, REFUSED, UNREAD), "")
    assert [counted(number, "law") for number in (0, 1, 1000)] == ["0 laws", "1 law", "1,000 laws"]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("KENIA", "kenya"), ("keny", "kenya"), ("kexxa", "kenya"), ("xexxa", ""), ("italy", "")],
)
def test_the_likest_word_is_meant_if_it_is_like_enough(word: str, wanted: str) -> None:
    assert near(word, iter(["keyed", "kenya", "malta"])) == wanted


def test_a_hint_names_what_was_meant_what_there_is_and_a_foreign_letter() -> None:
    letter = 'the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE'
    words = ["kenya", "malta"]
    assert suggestion("x", "there are", iter(words)) == "there are: kenya, malta"
    meant = 'did you mean "kenya"? there are: kenya, malta'
    assert suggestion("kenia", "there are", iter(words)) == meant
    assert suggestion("k\u0435nya", "there are", iter(words)) == f"{meant}; {letter}"
    assert did_you_mean("\u0435", "", "there is", ["b"]) == f"there is: b; {letter}"
    assert did_you_mean("a", "b", "there is", ["b"]) == 'did you mean "b"? there is: b'


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=12,
)


class _Quoting(yaml.SafeDumper):
    """Writes all text in quotes, as one must who wants it read as text."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Quoting.add_representer(str, _quoted)


@given(PLAIN)
def test_what_is_written_is_read(data: Any) -> None:
    one = source(yaml.dump(data, Dumper=_Quoting, allow_unicode=False))
    if not one.problems:
        assert one.data == data
    assert {each.code for each in one.problems} <= {Code.CONTROL_CHARACTER}


@given(st.binary(max_size=60) | st.text(alphabet="ab:-[]{}\"'#&*!|>%@\n\t ", max_size=40))
def test_no_bytes_raise(raw: str | bytes) -> None:
    one = source(raw)
    assert one.is_readable or one.problems
    for each in one.problems:
        assert each.line >= 1
        assert each.column >= 1


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# --- YAML, there and back -----------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda one: not is_control(one)))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXT,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXT, below, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_what_is_written_is_read_back(value: Any) -> None:
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value


@pytest.mark.parametrize("words", HOSTILE_SCALARS)
def test_hostile_words_are_read_back(words: str) -> None:
    value = {words: [words, {"evidence": words}]}
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value


class Endless:
    """What is piped in without an end."""

    def read(self, most: int) -> bytes:
        """Return as much as is asked for."""
        return b"x" * most


class Piped:
    """The input of a program, where something is piped in."""

    def __init__(self, raw: bytes | None) -> None:
        self.buffer: Any = Endless() if raw is None else io.BytesIO(raw)


PLAIN_TEXT = "save it as plain text in the encoding UTF-8 (in Word: Save as, Plain text, .txt)"
ONE_FILE = "put only the text into a .txt file"


@pytest.mark.parametrize(
    ("name", "raw", "message", "hint"),
    [
        ("bill.yaml", b"id: x", "bill.yaml is a coded file", ONE_FILE),
        ("bill.YML", b"id: x", "bill.YML is a coded file", ONE_FILE),
        ("missing.txt", None, "there is no file missing.txt", ""),
        ("a.txt", b"caf\xe9", "a.txt is not plain text in UTF-8", PLAIN_TEXT),
        ("a.txt", b"\xef\xbb\xbf \n\t", "a.txt contains no text", ""),
        ("a.txt", b"", "a.txt contains no text", ""),
        ("a.txt", b"x" * (LARGEST_FILE + 1), "a.txt is larger than 4 MB", ""),
        *(
            (
                "a.txt",
                start + b"...",
                f"a.txt is {kind}, not a plain-text file",
                PLAIN_TEXT,
            )
            for start, kind in (
                (b"PK\x03\x04", "a Word document"),
                (b"\xd0\xcf\x11\xe0", "a Word document"),
                (b"{\\rtf1", "a rich-text document"),
                (b"%PDF-1.7", "a PDF document"),
            )
        ),
    ],
)
def test_what_is_no_plain_text_is_refused(
    name: str, raw: bytes | None, message: str, hint: str, tmp_path: Path
) -> None:
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    with contextlib.chdir(tmp_path), pytest.raises(NpcompareError) as caught:
        read_text(name)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    with contextlib.chdir(tmp_path), pytest.raises(NpcompareError) as caught:
        read_text(str(tmp_path / name))
    assert caught.value.message == message


def test_words_come_from_a_file_or_are_piped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    for raw, words in (
        (b"\xef\xbb\xbf\xc3\xa9 \r\nb", "é \r\nb"),
        (b"x" * LARGEST_FILE, "x" * LARGEST_FILE),
    ):
        path.write_bytes(raw)
        assert read_text(str(path)) == words
        monkeypatch.setattr(sys, "stdin", Piped(raw))
        assert read_text("-") == words
    for stdin, message in (
        (Piped(b" "), "the standard input contains no text"),
        (Piped(None), "the standard input is larger than 4 MB"),
        (None, "the standard input contains no text"),
    ):
        monkeypatch.setattr(sys, "stdin", stdin)
        with pytest.raises(NpcompareError) as caught:
            read_text("-")
        assert caught.value.message == message


def test_what_is_written_is_for_readers() -> None:
    """Letters as they are, keys in their order, and lines that end near column 96."""
    assert dump_yaml({"b": "é", "a": "x" * 94 + " y"}) == f"b: é\na: {'x' * 94}\n  y\n"
    assert dump_yaml({"a": "x" * 93 + " y"}) == f"a: {'x' * 93} y\n"


def test_a_thing_that_stands_there_twice_is_written_twice() -> None:
    same = ["a", {"b": "c"}]
    value = {"x": same, "y": same}
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value


def test_what_steers_and_nothing_else_is_a_control() -> None:
    ranges = [(0, 8), (11, 31), (0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x2069)]
    wanted = {one for first, last in ranges for one in range(first, last + 1)}
    wanted |= {*range(0xD800, 0xE000), 0xFFFE, 0xFFFF}
    assert {one for one in range(0x11000) if is_control(chr(one))} == wanted
    assert visible("a\tb\nc\x1b\u202e") == "a\tb\nc<U+001B><U+202E>"
    assert visible("a\tb\nc", keep_lines=False) == "a<U+0009>b<U+000A>c"
    assert visible("X\x1bX", keep_lines=False) == "X<U+001B>X"


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("kenya-14", ""),
        ("k\u0435nya", 'the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE'),
        ("kenya\ue000\u00e9", 'the "\ue000" in it is U+E000, a character without a name'),
    ],
)
def test_a_letter_that_looks_like_another_is_named(word: str, wanted: str) -> None:
    assert foreign(word) == wanted


def test_of_a_file_that_is_not_there_the_likest_beside_it_is_named(tmp_path: Path) -> None:
    for name in ("Clause-12.txt", "clause-9.txt", "notes.txt"):
        (tmp_path / name).write_text("x")

    def said(path: Path, shown: str = "") -> tuple[str, str]:
        error = no_file(path, shown)
        assert str(error) == error.message
        return error.message, error.hint

    wrong = tmp_path / "clause-2.TXT"
    hint = f'did you mean "{tmp_path}/Clause-12.txt"?'
    assert said(wrong) == (f"there is no file {wrong}", hint)
    assert said(wrong, "clause-2.TXT") == ("there is no file clause-2.TXT", hint)
    # Alike, but not enough so to be meant.
    assert said(tmp_path / "cause.odt", "cause.odt") == ("there is no file cause.odt", "")
    nowhere = tmp_path / "laws" / "clause-12.txt"
    hint = f"there is no folder {tmp_path}/laws either; check that you are in the right folder"
    assert said(nowhere) == (f"there is no file {nowhere}", hint)
    assert said(nowhere, "laws/x") == ("there is no file laws/x", hint)


def test_a_folder_that_may_not_be_looked_into_names_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    error = no_file(tmp_path / "a.txt")
    assert (error.message, error.hint) == (f"there is no file {tmp_path}/a.txt", "")
