"""Time `suggest` and `gaps` on a bill in Word beside the same words as plain text.

    python benchmarks/documents.py [RUNS]        # 7 if none

The ratio is the time with the Word file by the time with the plain text and the cost of reading the
Word file, which is that of `read` without its start. Times are of the processor, so that other work
on the machine counts less; the minimum of several runs in turn counts.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from length import text_of
from startup import environment

from npcompare.readers.document_kinds import read_document

RUNS = 7
LARGEST_RATIO = 1.3
CLAUSE = Path(__file__).parent.parent / "tests" / "bills" / "clause-12.txt"


def bills() -> dict[str, str]:
    """Return the texts by name: a clause, an Act, and an Act four times as long."""
    act = text_of(1)
    return {"clause": CLAUSE.read_text(encoding="utf-8"), "Act": act, "long Act": text_of(240)}


def save(text: str, folder: Path) -> tuple[Path, Path]:
    """Save a text as a Word file, and what is read in that as plain text; return the paths."""
    import docx

    word, plain = folder / "bill.docx", folder / "bill.txt"
    document = docx.Document()
    for line in filter(str.strip, text.split("\n")):
        document.add_paragraph(line)
    document.save(str(word))
    plain.write_text(read_document(word).text, encoding="utf-8")
    return word, plain


def seconds(command: list[str], variables: dict[str, str], folder: Path | None = None) -> float:
    """Return how many seconds of processor time a command took in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=variables, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fastest(commands: list[list[str]], runs: int, variables: dict[str, str]) -> list[float]:
    """Return the minimum time of each command; they run in turn."""
    program = str(Path(sys.executable).parent / "npcompare")
    rounds = [[seconds([program, *each], variables) for each in commands] for _ in range(runs + 1)]
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def main() -> None:
    """Print a row for each text and command."""
    runs = int(sys.argv[1]) if sys.argv[1:] else RUNS
    print("text         words  command   Word, ms text, ms  reading  ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = environment(str(folder / "cache"))
        short = folder / "short.txt"
        short.write_text("Word.", encoding="utf-8")
        for label, text in bills().items():
            word, plain = save(text, folder)
            for command in ("suggest", "gaps") if label == "clause" else ("suggest",):
                output = ["-f", "json"]
                with_word, with_text, read, start = fastest(
                    [
                        [command, str(word), *output],
                        [command, str(plain), *output],
                        ["read", str(word), *output],
                        ["read", str(short), *output],
                    ],
                    runs,
                    variables,
                )
                reading = read - start
                ratio = with_word / (with_text + reading)
                print(
                    f"{label:<10}{len(text.split()):>8,}  {command:<9}{1000 * with_word:>9.0f}"
                    f"{1000 * with_text:>9.0f}{1000 * reading:>9.0f}{ratio:>7.2f}"
                    + (" (over)" if ratio > LARGEST_RATIO else "")
                )


if __name__ == "__main__":
    main()
