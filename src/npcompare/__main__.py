"""The entry point of the command `npcompare` and of `python -m npcompare`."""

from __future__ import annotations

import gc
import signal
import sys
from typing import NoReturn

# Nearly everything that a run creates lasts until its end, so the garbage collector has little to
# find. The first thing that it would search is what is imported next.
gc.set_threshold(100_000, 50, 50)

#: The exit codes that shells give to a program that Ctrl-C or a request to end has ended.
_INTERRUPTED, _TERMINATED = 130, 143


def run() -> NoReturn:
    """Run the command line."""
    # A request to end removes unfinished files, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    try:
        from npcompare.cli.main import main

        main()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        # Python collects garbage once more when it exits; it would find nothing.
        gc.freeze()


if __name__ == "__main__":
    run()
