"""The larger baseline: a typer program that prints a rich table of seven rows."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def hello() -> None:
    """Print a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table("Id", "Scope", "Threshold", "Stage")
    for number in range(7):
        table.add_row(str(number), "any offence", "causation-based", "sentencing")
    Console().print(table)


app()
