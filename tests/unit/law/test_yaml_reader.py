"""The strict YAML reader: the types of values, the syntax it refuses, and the places it reports."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import HOSTILE_SCALARS
from hypothesis import given
from hypothesis import strategies as st

from npcompare.errors import Code
from npcompare.files import LARGEST_FILE
from npcompare.law import yaml_reader
from npcompare.law.yaml_reader import (
    MAX_DEPTH,
    MAX_VALUES,
    YamlFile,
    dump_yaml,
    read_yaml,
    unreadable_file,
)
from npcompare.text import is_control


def source(text: str | bytes) -> YamlFile:
    raw = text if isinstance(text, bytes) else text.encode()
    return YamlFile(Path("a.yaml"), "a.yaml", raw)


def findings(text: str | bytes) -> list[tuple[int, int, Code]]:
    return [(problem.line, problem.column, problem.code) for problem in source(text).problems]


@pytest.mark.parametrize(
    ("text", "value"),
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
def test_only_integers_booleans_and_null_have_a_type(text: str, value: object) -> None:
    file = source(f"key: {text}\n")
    assert file.problems == []
    assert file.data == {"key": value}
    assert type(file.data["key"]) is type(value)


def test_keys_are_text() -> None:
    assert source("on: 1\nNO: 2\n3: 4\nnull: 5\n").data == {"on": 1, "NO": 2, "3": 4, "null": 5}


def test_file_without_values_has_no_data() -> None:
    file = source("# only a comment\n")
    assert (file.data, file.problems, file.is_readable) == (None, [], True)


def test_byte_order_mark_is_ignored() -> None:
    assert source(b"\xef\xbb\xbfid: kenya\n").data == {"id": "kenya"}


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_refused_syntax_is_a_finding_at_its_place(
    text: str | bytes, expected: list[tuple[int, int, Code]]
) -> None:
    assert findings(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "hint"),
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
def test_finding_explains_what_is_refused(text: str | bytes, message: str, hint: str) -> None:
    (problem,) = source(text).problems
    assert (problem.path, problem.message, problem.hint) == ("a.yaml", message, hint)


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
def test_file_with_refused_syntax_still_has_data(text: str, data: object) -> None:
    file = source(text)
    assert (file.data, file.is_readable) == (data, True)
    assert file.problems


def test_windows_line_endings_are_accepted() -> None:
    file = source("a: 1\r\nb: >-\r\n  two\r\n  words\r\n")
    assert (file.data, file.problems) == ({"a": 1, "b": "two words"}, [])


def test_depth_is_limited() -> None:
    assert findings("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert findings("a: " + "[" * 30 + "]" * 30) == [(1, MAX_DEPTH + 4, Code.NOT_PLAIN)]
    ((line, _, code),) = findings("[" * 10_000 + "]" * 10_000)
    assert (line, code) == (1, Code.NOT_PLAIN)
    (problem,) = source("[" * 10_000).problems
    assert problem.message == "nested more than 24 levels deep"


@pytest.mark.parametrize(("start", "end"), [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")])
def test_deepest_level_is_that_of_the_limit(start: str, end: str) -> None:
    levels = MAX_DEPTH // len(end)
    assert source(start * levels + "x" + end * levels).problems == []
    (problem,) = source(start * levels + "[x]" + end * levels).problems
    column = len(start) * levels + 2
    assert str(problem) == f"a.yaml:1:{column} NP105 nested more than 24 levels deep"


def test_number_of_values_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_VALUES == 300_000
    monkeypatch.setattr(yaml_reader, "MAX_VALUES", 100)
    assert source("[" + "a," * 99 + "]").problems == []
    (problem,) = source("a: [" + "a," * 100 + "]").problems
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
def test_anchors_aliases_and_tags_are_left_out(text: str, data: object) -> None:
    assert source(text).data == data


@pytest.mark.slow
def test_many_anchors_are_removed_in_one_pass() -> None:
    """A pass for each anchor would take minutes here."""
    file = source("".join(f"k{number}: &x{number} 1\n" for number in range(50_000)))
    assert len(file.problems) == 50_000


def test_size_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert [problem.code for problem in read_yaml(path).problems] == [Code.TOO_LARGE]
    assert findings(path.read_bytes()) == [(1, 1, Code.TOO_LARGE)]
    assert findings(b"#" * LARGEST_FILE) == []


def test_file_has_its_path_and_a_path_for_display(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    path = tmp_path / "laws" / "a.yaml"
    path.write_text("id: kenya\n")
    with contextlib.chdir(tmp_path):
        file = read_yaml(path)
    assert (file.path, file.display_path, file.data) == (path, "laws/a.yaml", {"id": "kenya"})


def test_folder_or_missing_file_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml"):
        file = read_yaml(path)
        assert [problem.code for problem in file.problems] == [Code.UNREADABLE]
        assert not file.is_readable
        assert (file.path, file.display_path, file.data) == (path, path.as_posix(), None)
    (problem,) = read_yaml(tmp_path).problems
    assert problem.message == "the file cannot be read: it is not a regular file"


CHECK_LINE = (
    "check this line and the one above it; text that contains a colon or a quotation mark must be "
    "in quotation marks"
)
AS_UTF8 = "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)"
NOT_YAML = "the file cannot be read as YAML"
DELETE = "delete it; most editors do not show it"


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
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
            CHECK_LINE,
        ),
        # The quotation mark in the first line does not cause the error in the third.
        (
            "note: “a”\nb: 1\nc: [1\n",
            [f"3:4 NP103 {NOT_YAML}: a list in [ ] is not closed"],
            CHECK_LINE,
        ),
    ],
)
def test_finding_is_shown_with_its_place(text: str | bytes, expected: list[str], hint: str) -> None:
    problems = source(text).problems
    assert [str(problem) for problem in problems] == [f"a.yaml:{line}" for line in expected]
    assert {problem.hint for problem in problems} == {hint}


def test_unreadable_file_gives_the_reason_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "missing.yaml"
    for file, reason in (
        (read_yaml(path), "No such file or directory"),
        (unreadable_file(path, OSError()), "unknown reason"),
    ):
        (problem,) = file.problems
        assert str(problem) == f"{path}:1:1 NP107 the file cannot be read: {reason}"


def test_alias_bomb_is_not_expanded() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [*{previous}, *{previous}]\n"
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    file = source(bomb)
    assert {problem.code for problem in file.problems} == {Code.NOT_PLAIN}
    assert file.data["i"] == [None, None]


def test_finding_is_placed_at_a_value_or_at_its_key() -> None:
    file = source("a:\n  - b: x\n    c: {d: [1, 2]}\n")
    place = ("a", 0, "c", "d", 1)
    assert str(file.problem(place, Code.NOT_A_WORD, "m")) == "a.yaml:3:16 NP203 m"
    assert str(file.problem(("a", 0, "c"), Code.NOT_A_WORD, "m", key=True)) == "a.yaml:3:5 NP203 m"
    assert str(file.problem(("a", 0, "c"), Code.NOT_A_WORD, "m")) == "a.yaml:3:8 NP203 m"
    assert str(file.problem(("a", 0, "b", "x"), Code.MISSING_KEY, "m")) == "a.yaml:2:8 NP202 m"
    assert file.problem((), Code.NO_CODING, "m", "a hint").hint == "a hint"
    assert str(file.problem(("a", 0, "missing"), Code.MISSING_KEY, "m")) == "a.yaml:2:5 NP202 m"
    assert str(file.problem((), Code.NO_CODING, "m")) == "a.yaml:1:1 NP207 m"
    file = source("b: 1\n? [a]\n: 1\n")
    assert str(file.problem(("",), Code.NO_CODING, "m")) == "a.yaml:3:3 NP207 m"


def test_finding_at_the_end_is_on_the_last_line() -> None:
    for text, place in (("?", "1:2"), ("a: b\n?", "2:2")):
        problem = source(text).problem(("",), Code.WRONG_TYPE, "m")
        assert str(problem) == f"a.yaml:{place} NP204 m"


def test_file_that_is_not_yaml_has_no_data() -> None:
    file = source("a: 1\nb: [")
    assert (file.data, file.is_readable) == (None, False)
    assert str(file.problem(("b",), Code.NO_CODING, "m")) == "a.yaml:1:1 NP207 m"


def test_words_are_found_where_a_text_has_them() -> None:
    """Words above the text are not found, and each line is counted from its own beginning."""
    file = source("tab: tab\na: tab tab\nb: |\n  one tab\n  two\n\n  tab tab\n")
    pattern = re.compile(" ?tab|two")
    assert list(file.places_within(("b",), pattern)) == [(4, 6), (5, 3), (7, 2), (7, 6)]
    assert list(file.places_within(("a",), pattern))[:2] == [(2, 4), (2, 7)]
    assert list(source(b"\xff").places_within((), pattern)) == []


def test_value_that_a_comment_cuts_short_is_refused() -> None:
    file = source("a: see clause #3 of it\nb: x # a comment\n")
    (problem,) = file.problems
    assert str(problem) == (
        "a.yaml:1:14 NP105 the text after # is a comment and not part of the value"
    )
    assert problem.hint == (
        'put the value in quotation marks: "see clause #3 of it"; '
        "in a comment, put a space after the #"
    )
    assert file.data == {"a": "see clause", "b": "x"}


def test_typographic_quotation_marks_are_refused() -> None:
    file = source("a:\n  - “ child ”\n  - “child”\n  - “”\n  - “child\n  - child”\n  - ”\n")
    message = "NP105 the typographic quotation marks are read as a part of the value"
    assert [str(problem) for problem in file.problems] == [
        f"a.yaml:2:5 {message} “ child ”",
        f"a.yaml:3:5 {message} “child”",
        f"a.yaml:4:5 {message} “”",
    ]
    assert {problem.hint for problem in file.problems} == {
        'use straight quotation marks ("), or put straight ones around them'
    }
    assert file.data == {"a": ["child", "child", "", "“child", "child”", "”"]}


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(max_size=12),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=6), values, max_size=3)
    ),
    max_leaves=12,
)


class _Quoting(yaml.SafeDumper):
    """Writes all text in quotation marks, so that it is read as text."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Quoting.add_representer(str, _quoted)


@given(DATA)
def test_data_written_by_pyyaml_is_read_back(data: Any) -> None:
    file = source(yaml.dump(data, Dumper=_Quoting, allow_unicode=False))
    if not file.problems:
        assert file.data == data
    assert {problem.code for problem in file.problems} <= {Code.CONTROL_CHARACTER}


@given(st.binary(max_size=60) | st.text(alphabet="ab:-[]{}\"'#&*!|>%@\n\t ", max_size=40))
def test_no_input_raises_an_exception(raw: str | bytes) -> None:
    file = source(raw)
    assert file.is_readable or file.problems
    for problem in file.problems:
        assert problem.line >= 1
        assert problem.column >= 1


# --- Writing YAML -------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda char: not is_control(char)))
PRINTABLE_DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXT,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(TEXT, values, max_size=3),
    max_leaves=8,
)


@given(PRINTABLE_DATA)
def test_dumped_data_is_read_back(value: Any) -> None:
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value


@pytest.mark.parametrize("words", HOSTILE_SCALARS)
def test_words_that_look_like_syntax_are_read_back(words: str) -> None:
    value = {words: [words, {"evidence": words}]}
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value


def test_dumped_data_is_easy_to_read() -> None:
    """Letters are not escaped, keys keep their order, and lines end near column 96."""
    assert dump_yaml({"b": "é", "a": "x" * 94 + " y"}) == f"b: é\na: {'x' * 94}\n  y\n"
    assert dump_yaml({"a": "x" * 93 + " y"}) == f"a: {'x' * 93} y\n"
    # Only a value within typographic quotation marks needs straight ones.
    assert dump_yaml({"a": "“x”", "b": "“x", "c": "x”"}) == 'a: "“x”"\nb: “x\nc: x”\n'


def test_repeated_value_is_dumped_without_an_alias() -> None:
    shared = ["a", {"b": "c"}]
    value = {"x": shared, "y": shared}
    read_back = source(dump_yaml(value))
    assert read_back.problems == []
    assert read_back.data == value
