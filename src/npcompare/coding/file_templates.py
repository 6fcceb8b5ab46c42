"""Templates of the files that npcompare writes: the files in `templates/` of a room."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def read_template(name: str, room: str = "coding") -> str:
    """Return the text of a file in `templates/` of a room."""
    return (files(f"npcompare.{room}") / "templates" / name).read_text(encoding="utf-8")


def fill_template(name: str, room: str = "coding", **values: Any) -> str:
    """Return a file in `templates/` of a room with values filled in."""
    return _environment().from_string(read_template(name, room)).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    # The files are YAML and Markdown, which need no escapes of HTML.
    return Environment(
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
