"""The files beside the modules of formats: templates, styles and scripts."""

from __future__ import annotations

from importlib.resources import files


def read_resource(name: str) -> str:
    """Return the text of a file in this folder."""
    return (files("npcompare.formats") / name).read_text(encoding="utf-8")
