"""Where a process of npcompare begins and ends: `npcompare`, or `python -m npcompare`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

# What a run makes lasts to its end, so there is little for the collector to find; the first that it
# would look through is what is imported next.
gc.set_threshold(100_000, 50, 50)


#: What a shell says of a program that Ctrl-C has ended.
_INTERRUPTED = 130


def run() -> NoReturn:
    """Run the command line, and leave as soon as all is said and written.

    To take apart what a run has built would take as long as to start; the system does it at once.
    """
    code = 1
    try:
        from npcompare.cli.main import main

        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
