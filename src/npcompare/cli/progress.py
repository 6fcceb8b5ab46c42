"""A progress bar for tasks that take long."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress

T = TypeVar("T")

#: The bar appears after so many seconds.
_DELAY = 1.0


def with_progress(steps: Iterable[T], total: int) -> Iterator[T]:
    """Yield the steps of a task and show a progress bar on standard error.

    The bar disappears when the task ends. There is no bar if standard error is not a terminal, or
    if the task is short.

    Args:
        steps: The steps, each of which is done when the next one is requested.
        total: The number of steps.
    """
    if not sys.stderr.isatty():
        yield from steps
        return
    start, bar = time.monotonic(), None
    try:
        for count, step in enumerate(steps, 1):
            if bar is None and time.monotonic() - start > _DELAY:
                bar = _start_bar()
                task = bar.add_task("Checking", total=total)
            if bar is not None:
                bar.update(task, completed=count)
            yield step
    finally:
        if bar is not None:
            bar.stop()


def _start_bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.start()
    return bar
