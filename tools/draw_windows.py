"""Draw the pictures of docs/how-to/install-windows.md: windows of PowerShell with real output.

Each command is run here, and its output is drawn beside the prompt that PowerShell would show.
`make windows` runs this.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent.parent / "docs" / "how-to" / "windows"

#: The folder of an invented user.
_PROMPT = r"PS C:\Users\Ana Ruiz\Downloads\npcompare>"

#: What a step shows that does not come from npcompare, by its command. The version of Python is
#: that of a page written in 2026; any from 3.11 is right.
_WRITTEN = {"py --version": ["Python 3.13.5"], "py -m pip install --quiet .": []}

#: The commands of each picture.
STEPS = {
    "1-python": ["py --version"],
    "2-install": ["py -m pip install --quiet .", "npcompare --version"],
    "3-annex": [
        "npcompare diff kenya jamaica --only-differences",
        "npcompare export kenya jamaica coe-26 -o annex.docx",
    ],
}

_COLUMNS = 96
_WIDTH, _LINE, _LETTER = 800, 19, 7.7
_TITLE_BAR, _MARGIN = 34, 14

#: The window without its lines: the background, the title bar, and three buttons.
_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
 width="{width}" height="{height}">
<title>{title}</title>
<rect width="{width}" height="{height}" rx="8" fill="#0c1c33"/>
<rect width="{width}" height="34" rx="8" fill="#e6e9ee"/>
<rect y="17" width="{width}" height="17" fill="#e6e9ee"/>
<text x="14" y="22" font-family="Segoe UI, Arial, sans-serif" font-size="13" fill="#1b1b1b">\
Windows PowerShell</text>
<path transform="translate({right})" stroke="#1b1b1b" fill="none"
 d="M0 17h10M40 12h10v10h-10zM79 12l10 10m0-10l-10 10"/>
<g font-family="Consolas, Menlo, DejaVu Sans Mono, monospace" font-size="14" fill="#f2f2f2">"""


def lines_of(commands: list[str], folder: Path) -> list[tuple[str, str]]:
    """Return the lines of a window: each with its kind, "typed" or "shown"."""
    lines = []
    for command in commands:
        lines.append(("typed", command))
        output = _WRITTEN.get(command)
        if output is None:
            ran = subprocess.run(
                [sys.executable, "-m", *shlex.split(command)],
                cwd=folder,
                env={**os.environ, "COLUMNS": str(_COLUMNS)},
                capture_output=True,
                check=True,
                encoding="utf-8",
            )
            shown = [line for line in ran.stdout.splitlines() if "sha256:" not in line]
            output = [*_without_blank_end(shown), *ran.stderr.splitlines()]
        lines += [("shown", line) for line in output]
    return [*lines, ("typed", "")]


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def picture(title: str, lines: list[tuple[str, str]]) -> str:
    """Return a window as SVG."""
    longest = max(len(line) + (len(_PROMPT) + 1) * (kind == "typed") for kind, line in lines)
    width = max(_WIDTH, round(longest * _LETTER) + 2 * _MARGIN)
    height = _TITLE_BAR + len(lines) * _LINE + 2 * _MARGIN
    body = [_FRAME.format(title=escape(title), width=width, height=height, right=width - 104)]
    for number, (kind, line) in enumerate(lines, 1):
        top = _TITLE_BAR + _MARGIN + number * _LINE - 5
        prompt = f'<tspan fill="#a8b6cc">{_kept(_PROMPT)}\N{NO-BREAK SPACE}</tspan>'
        prompt = prompt if kind == "typed" else ""
        strong = ' fill="#ffe08a"' if kind == "typed" else ""
        # The length makes columns meet in every font.
        text = f"{_PROMPT} {line}" if kind == "typed" else line
        length = f' textLength="{len(text) * _LETTER:.0f}"' if text else ""
        body.append(
            f'<text x="{_MARGIN}" y="{top}"{length}>{prompt}'
            f"<tspan{strong}>{_kept(line)}</tspan></text>"
        )
    return "\n".join([*body, "</g>", "</svg>", ""])


def _kept(line: str) -> str:
    """Return a line whose spaces SVG does not join."""
    return escape(line.replace(" ", "\N{NO-BREAK SPACE}"))


def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, commands in STEPS.items():
            drawn = picture(f"Step {name[0]}", lines_of(commands, Path(folder)))
            (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
