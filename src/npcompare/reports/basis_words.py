"""What a class is based on, in a word."""

from __future__ import annotations

from npcompare.messages import deferred, message
from npcompare.model.provision import Basis

_WORDS = {
    Basis.TEXT: deferred("text"),
    Basis.REPORTED: deferred("reported"),
    Basis.SILENT: deferred("silent"),
    Basis.UNKNOWN: deferred("unknown"),
    Basis.PROPOSED: deferred("proposed"),
}


def basis_label(basis: str) -> str:
    """Return what a class is based on, in the language in use."""
    return message(_WORDS[Basis(basis)])
