"""Numbers that stay on one line with the signs beside them."""

from __future__ import annotations

from npcompare.document import Cell, Column, Document, Run, Table, Tone
from npcompare.formats.joined_numbers import with_joined_numbers
from npcompare.formats.registry import FORMATS, render
from npcompare.law.translation import catalogue_of
from npcompare.messages import using
from npcompare.text import JOINER

_TEXT = "第14条第7款（第3、40–43段），7个法域的7项条款"  # noqa: RUF001 - Chinese
_MARKED = "第~14~条第~7~款（第~3、40–43~段），7~个法域的7~项条款"  # noqa: RUF001 - Chinese
_JOINED = _MARKED.replace("~", JOINER)


def document() -> Document:
    quotation = Run(_TEXT, Tone.QUOTE)
    table = Table(
        _TEXT,
        (Column("a", _TEXT),),
        ((Cell((Run(_TEXT), quotation)),),),
        remarks=(_TEXT,),
        notes=(("a", _TEXT),),
        headnote=_TEXT,
    )
    return Document(_TEXT, (table,), {}, table)


def test_every_chinese_number_is_joined_except_in_laws() -> None:
    with using(catalogue_of("zh")):
        joined = with_joined_numbers(document())
    (table,) = joined.tables
    texts = [joined.title, table.title, table.columns[0].heading, *table.remarks, table.headnote]
    assert {*texts, *(text for _, text in table.notes)} == {_JOINED}
    ((cell,),) = table.rows
    assert [run.text for run in cell.runs] == [_JOINED, _TEXT]


def test_other_languages_need_no_joined_numbers() -> None:
    same = document()
    assert with_joined_numbers(same) is same


def test_only_formats_with_free_lines_have_joined_numbers() -> None:
    with using(catalogue_of("zh")):
        assert JOINER in str(render(document(), FORMATS["html"]))
        assert JOINER not in str(render(document(), FORMATS["plain"]))
        assert "\\nobreak{}14\\nobreak{}" in str(render(document(), FORMATS["latex"]))
