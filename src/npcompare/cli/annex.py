"""The commands that make an annex table and check a filed one: export and verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcompare.cli.options import (
    CollectionName,
    Columns,
    CorpusFolder,
    Day,
    EarlierAnnex,
    Force,
    FormatName,
    GroupBy,
    Ids,
    Layout,
    Number,
    Output,
    Sort,
    Template,
    Title,
)
from npcompare.cli.output import classified, give, load, named
from npcompare.errors import ExitCode


def export(
    context: typer.Context,
    ids: Ids = None,
    layout: Layout = "annex",
    columns: Columns = None,
    group_by: GroupBy = "",
    sort: Sort = "name",
    title: Title = "",
    number: Number = "",
    template: Template = None,
    track_changes_from: EarlierAnnex = None,
    collection: CollectionName = None,
    as_of: Day = None,
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Make an annex table: a Word document, a workbook, a web page, LaTeX, or text.

    Examples: npcompare export -o annex.docx --number "Annex II";
    npcompare export kenya jamaica coe-26 --layout side-by-side -o three.docx
    """
    from npcompare.reports import annex_changes, annex_layouts, annex_recipe

    _refuse_but_for_word(template, track_changes_from, name, output)
    held = load(context, corpus, collection, as_of)
    wish = annex_recipe.Wish(
        layout=layout,
        columns=tuple(map(str.strip, columns.split(","))) if columns else (),
        group_by=group_by,
        sort=sort,
        title=title,
        number=number,
        template=str(template or ""),
        collection="" if ids else held.collection,
        as_of=held.as_of,
    )
    made = annex_layouts.export(held, classified(held, named(held, ids, collection)), wish)
    if track_changes_from:
        from npcompare.formats.registry import read

        made = annex_changes.tracked(made, read(track_changes_from), asked=bool(ids or collection))
    give(made, name, output, force=force)


def _refuse_but_for_word(
    template: Path | None, earlier: Path | None, name: str | None, output: Path | None
) -> None:
    """Refuse the options that only a Word file can follow for any other."""
    from npcompare.formats.registry import choose

    if not (earlier or template) or choose(name, output).name == "docx":
        return
    if earlier:
        raise typer.BadParameter("revisions need a Word file", param_hint="--track-changes-from")
    if template:
        raise typer.BadParameter("only a Word file has a template", param_hint="--template")


def verify(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .docx or .json file that `export` wrote.")
    ],
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Say whether an annex is current, or which of its cells and notes have changed since.

    Example: npcompare verify annex.docx
    """
    from npcompare.formats import registry
    from npcompare.reports import annex_changes, annex_layouts, annex_recipe

    filed = registry.read(path)
    ids, wish = annex_recipe.asked(filed.recipe)
    held = load(context, corpus, wish.collection or None, wish.as_of or None)
    wanted = None if wish.collection else held.known(ids)
    made = annex_layouts.export(held, classified(held, wanted), wish)
    lost = (
        []
        if wanted is None
        else [one for one in annex_recipe.named(filed.recipe) if one not in wanted]
    )
    document = annex_changes.verification(held, filed, registry.reread(made, path), lost)
    give(document, name, output, force=force)
    if document.tables[0].rows:
        raise typer.Exit(ExitCode.FOUND)
