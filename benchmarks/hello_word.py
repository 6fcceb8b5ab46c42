"""The baseline of Word files: a typer program that writes one with a line, with python-docx."""

from pathlib import Path

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def hello(path: Path) -> None:
    """Write a line to a Word file."""
    from docx import Document

    document = Document()
    document.add_paragraph("hello")
    document.save(str(path))


app()
