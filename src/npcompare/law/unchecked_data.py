"""Access to data whose types have not been checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a value if it is a mapping, otherwise an empty one, so that checks can go on."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """Return a value if it is a list, otherwise an empty one, so that checks can go on."""
    return value if isinstance(value, list) else []
