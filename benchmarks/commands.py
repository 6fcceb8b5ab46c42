"""Time what drafters and coders wait for beside small programs, and print the ratios.

    python benchmarks/commands.py [RUNS]        # 5 if none

The rows of `startup.py` are looked at on the screen; these make or read whole files: an annex of
all bundled provisions, a page with all of them, a form for coding, and the documents that are read.
The annex for Word is new in each run, and has the program that writes a line to a Word file beside
it, too. Each is processor time, the minimum of the runs after a first one, which fills the cache.
All run in turn, so that other work on the machine affects the small programs as well.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from documents import save, seconds
from length import text_of
from startup import HERE, LINE, environment

RUNS = 5
#: A Word file of all provisions should not take more than so many times as long as one with a line.
LARGEST_RATIO = 4
WORD_LINE = [sys.executable, str(HERE / "hello_word.py")]
ANNEX = "annex.docx"
ALL = ("--collection", "all", "--force", "-o")
TASKS = {
    "an annex for Word": ["export", *ALL, ANNEX],
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
            times = []
            for _ in range(runs + 1):
                (folder / ANNEX).unlink(missing_ok=True)
                times.append(
                    (
                        seconds([program, *arguments], variables, folder),
                        seconds(LINE, variables),
                        seconds([*WORD_LINE, "line.docx"], variables, folder),
                    )
                )
            spent, line, word_line = map(min, zip(*times[1:], strict=True))
            note = ""
            if ANNEX in arguments:
                over = "over" if spent > LARGEST_RATIO * word_line else "within"
                note = f" ({spent / word_line:.1f} of a line in Word: {over})"
            print(
                f"| {task} | `{' '.join(arguments)}` | {spent * 1000:.0f} | {line * 1000:.0f} "
                f"| {spent / line:.1f}{note} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
