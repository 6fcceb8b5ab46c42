"""Time and memory of `suggest` by the length of a text, as ratios for each byte.

    python benchmarks/length.py [SIZES]          # 250,500,1000,2000 (kB) if none

A text of each size is made of the first drafted Act, repeated with sections numbered on. What an
almost empty text needs is subtracted. A ratio is that of the use for each byte to the use for each
byte of the shortest text; 1 means in step with the length.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from scale import Usage, run
from startup import environment

ACT = Path(__file__).parent.parent / "tests" / "reading" / "acts" / "african-commonwealth.txt"
SIZES = (250, 500, 1000, 2000)

#: The number of a section: at the start of a line, and in a reference.
_NUMBER = re.compile(r"(?:^|(?<=\bsection ))\d+(?=\. |\b)", re.MULTILINE)

#: How many sections the Act has, rounded up.
_SECTIONS = 200


def text_of(kilobytes: int) -> str:
    """Return a text of a size: the Act, again and again, with its sections numbered on."""
    act = ACT.read_text(encoding="utf-8")
    copies = -(-kilobytes * 1000 // len(act))
    return "\n".join(_numbered_on(act, _SECTIONS * copy) for copy in range(copies))


def _numbered_on(act: str, distance: int) -> str:
    return _NUMBER.sub(lambda match: str(int(match[0]) + distance), act)


def measure(text: str, folder: Path) -> Usage:
    """Return what `suggest` uses for a text."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "npcompare", "suggest", str(path), "--language", "en"]
    return run(command, folder, environment(str(folder / "cache")))


def main() -> None:
    """Print the ratios of each size."""
    sizes = tuple(map(int, sys.argv[1].split(","))) if sys.argv[1:] else SIZES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure("No rule.", folder)
        start = measure("No rule.", folder)
        first: Usage | None = None
        print(f"{'kB':>8}{'time by byte':>16}{'memory by byte':>18}")
        for size in sizes:
            text = text_of(size)
            usage = measure(text, folder)
            each = Usage(
                *((used - least) / len(text) for used, least in zip(usage, start, strict=True))
            )
            first = first or each
            time, memory = (used / least for used, least in zip(each, first, strict=True))
            print(f"{size:8}{time:16.2f}{memory:18.2f}", flush=True)


if __name__ == "__main__":
    main()
