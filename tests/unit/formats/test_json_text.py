"""JSON and JSON Lines: indentation, escapes and streams."""

from __future__ import annotations

import json

import msgspec
import pytest

from npcompare.document import Document, Stream, Table, columns, rows
from npcompare.formats.json_text import format_json, write_lines
from npcompare.formats.registry import FORMATS, render


def written(document: Document) -> str:
    return str(render(document, FORMATS["json"]))


def test_json_is_indented() -> None:
    document = Document("T", (), {"a": [1, {"b": "é"}]}, Table("T", (), ()))
    expected = '{\n  "a": [\n    1,\n    {\n      "b": "é"\n    }\n  ]\n}\n'
    assert written(document) == expected


def test_lines_of_data_begin_with_a_line_break() -> None:
    assert format_json({"a": [1]}) == '{\n  "a": [\n    1\n  ]\n}'
    assert format_json({"a": 1}, "\n> ") == '{\n>   "a": 1\n> }'


def test_row_without_a_cell_for_each_column_is_no_record() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["x", "y"], ["z"]]))
    lines = write_lines(Document("T", (), {}, table))
    assert next(lines) == '{"a":"x","b":"y"}\n'
    with pytest.raises(ValueError, match="shorter"):
        next(lines)


def test_surrogates_are_escaped() -> None:
    document = Document("T", (), {"title": "\udcff\x85é", "none": []}, Table("T", (), ()))
    assert written(document) == '{\n  "title": "\\udcff\\u0085é",\n  "none": []\n}\n'


@pytest.mark.parametrize("number", [0, 1, 63, 64, 65, 200])
@pytest.mark.parametrize("name", ["é", "\udcff"])
def test_stream_is_written_as_a_list(number: int, name: str) -> None:
    """A file name may contain invalid text; it is encoded differently and indented alike."""
    records = [{"n": n, "in": [{"a": "\x85"}, []]} for n in range(number)] + [{"n": name}]
    data = {"first": Stream(lambda: records), "none": Stream(list), "last": records[:2]}
    expected = json.dumps({**data, "first": records, "none": []}, ensure_ascii=False, indent=2)
    expected = expected.replace("\udcff", "\\udcff").replace("\x85", "\\u0085")
    assert written(Document("T", (), data, Table("T", (), ()))) == f"{expected}\n"
    assert written(Document("T", (), {}, Table("T", (), ()))) == "{}\n"


def test_records_may_be_json_already() -> None:
    raw = msgspec.Raw(b'{"n":[1,"\xc3\xa9]"]}')
    data = {"all": Stream(lambda: [raw, {"n": []}]), "one": raw}
    assert written(Document("T", (), data, Table("T", (), ()))) == (
        '{\n  "all": [\n    {\n      "n": [\n        1,\n        "é]"\n      ]\n    },\n'
        '    {\n      "n": []\n    }\n  ],\n'
        '  "one": {\n    "n": [\n      1,\n      "é]"\n    ]\n  }\n}\n'
    )


def test_each_row_is_a_line_of_json() -> None:
    flat = Table("T", columns(a="A", b="B"), rows([["é\n", "\x1b"], ["\x85\u202e", '"']]))
    assert list(write_lines(Document("T", (), {}, flat))) == [
        '{"a":"é\\n","b":"<U+001B>"}\n',
        '{"a":"<U+0085><U+202E>","b":"\\""}\n',
    ]
