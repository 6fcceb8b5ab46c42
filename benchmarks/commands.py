"""Time what drafters and coders wait for beside a program that prints a line, and print the ratios.

    python benchmarks/commands.py [RUNS]        # 5 if none

The rows of `startup.py` are looked at on the screen; these make or read whole files: an annex of
all bundled provisions, a page with all of them, a form for coding, and the documents that are read.
Each is processor time, the minimum of the runs after a first one, which fills the cache. All run in
turn, so that other work on the machine affects the program that prints a line as well.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from documents import save, seconds
from length import text_of
from startup import LINE, environment

RUNS = 5
#: A Word file of all provisions should not take more than so many times as long.
LARGEST_RATIO = 4
ALL = ("--collection", "all", "--force", "-o")
TASKS = {
    "an annex for Word": ["export", *ALL, "annex.docx"],
    "an annex for Excel": ["export", *ALL, "annex.xlsx"],
    "an annex as a web page": ["export", *ALL, "annex.html"],
    "an annex as PDF": ["export", *ALL, "annex.pdf"],
    "an annex as CSV": ["export", *ALL, "annex.csv"],
    "a table in French": ["classify", "--language", "fr", "-f", "csv"],
    "a page of the corpus": ["site", "--force", "-o", "atlas.html"],
    "a form, filled in": ["form", *ALL, "form.xlsx"],
    "that form, checked": ["import", "form.xlsx"],
    "that annex as PDF, read": ["read", "annex.pdf", "-f", "json"],
    "an Act for Word, read": ["read", "bill.docx", "-f", "json"],
    "an Act for Word, coded": ["suggest", "bill.docx", "-f", "json"],
}


def main() -> None:
    """Print a row for each task."""
    runs = int(sys.argv[1]) if sys.argv[1:] else RUNS
    program = str(Path(sys.executable).parent / "npcompare")
    print("| task | command | ms | a line, ms | ratio |\n| --- | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = environment(str(folder / "cache"))
        save(text_of(1), folder)
        for task, arguments in TASKS.items():
            times = [
                (seconds([program, *arguments], variables, folder), seconds(LINE, variables))
                for _ in range(runs + 1)
            ]
            spent, line = map(min, zip(*times[1:], strict=True))
            over = " (over)" if "annex.docx" in arguments and spent > LARGEST_RATIO * line else ""
            command = " ".join(arguments)
            print(
                f"| {task} | `{command}` | {spent * 1000:.0f} | {line * 1000:.0f} "
                f"| {spent / line:.1f}{over} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
