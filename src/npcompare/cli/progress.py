"""How far a long task has come, shown to who waits for it; hides rich's bar."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress

T = TypeVar("T")

#: A task that is over sooner, in seconds, shows nothing.
_PATIENCE = 1.0


def watched(steps: Iterable[T], total: int) -> Iterator[T]:
    """Hand on the steps of a task, so many in all, with a bar on a terminal while it lasts.

    The bar is on standard error, appears after a second, and is gone when the task is over. Where
    standard error is no terminal there is none.
    """
    if not sys.stderr.isatty():
        yield from steps
        return
    begun, bar = time.monotonic(), None
    try:
        for done, step in enumerate(steps, 1):
            if bar is None and time.monotonic() - begun > _PATIENCE:
                bar = _bar()
                task = bar.add_task("Checking", total=total)
            if bar is not None:
                bar.update(task, completed=done)
            yield step
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.start()
    return bar
