"""The smaller baseline: a typer program that prints a line."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def hello() -> None:
    """Print a line."""
    typer.echo("hello")


app()
