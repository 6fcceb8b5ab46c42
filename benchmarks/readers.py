"""Readers of Word documents over generated bills: numbers, words, time and memory.

    python benchmarks/readers.py [BILLS]

Each reader runs in a process of its own. A number is right if the paragraph has the label that Word
shows, and right in value if it only differs in brackets, dots and words ("a)" for "(a)"). A word is
lost if the bill shows it and the reader does not, and added if it is deleted, hidden or beside the
text. Readers that are not installed are left out: `pip install --group bench`.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, json

sys.path.append(str(Path(__file__).parent.parent / "tests" / "unit" / "readers"))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from word_bills import WordBill

#: A word of a generated bill, which occurs once in it.
_WORD = re.compile(r"word\d+")
#: A line: its label and the first word after it.
_LINE = re.compile(r"(?P<label>.*?)(?:The\s)?(?P<word>word\d+)")


#: How many files LibreOffice converts at once.
_BATCH = 40


class Result(Struct, frozen=True):
    """What a reader made of the bills: counts, processor time in seconds, memory in kilobytes."""

    numbers: int = 0
    right: int = 0
    right_in_value: int = 0
    words: int = 0
    missing_words: int = 0
    extra_words: int = 0
    seconds: float = 0.0
    kilobytes: int = 0


def npcompare(bills: Iterable[bytes]) -> Iterator[str]:
    """Yield the texts of Word files as npcompare reads them."""
    from npcompare.readers.docx_reader import read_docx

    for content in bills:
        yield read_docx(content, "bill.docx", "accepted").text


def docx2python(bills: Iterable[bytes]) -> Iterator[str]:
    """Yield the texts of Word files as docx2python reads them."""
    import docx2python as package

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for content in bills:
            with package.docx2python(io.BytesIO(content)) as document:
                yield document.text


def mammoth(bills: Iterable[bytes]) -> Iterator[str]:
    """Yield the texts of Word files as mammoth writes them in Markdown."""
    import mammoth as package

    for content in bills:
        yield package.convert_to_markdown(io.BytesIO(content)).value.replace("\\", "")


def pandoc(bills: Iterable[bytes]) -> Iterator[str]:
    """Yield the texts of Word files as pandoc writes them."""
    import pypandoc

    for content in bills:
        yield pypandoc.convert_text(content, "plain", "docx", extra_args=["--wrap=none"])


def libreoffice(bills: Iterable[bytes]) -> Iterator[str]:
    """Yield the texts of Word files as LibreOffice saves them."""
    program = shutil.which("soffice") or "soffice"
    with tempfile.TemporaryDirectory() as name:
        options = [f"-env:UserInstallation={Path(name, 'profile').as_uri()}", "--headless"]
        for number, batch in enumerate(batched(bills, _BATCH)):
            folder = Path(name, str(number))
            folder.mkdir()
            paths = [folder / f"bill{place}.docx" for place in range(len(batch))]
            for path, content in zip(paths, batch, strict=True):
                path.write_bytes(content)
            files = [str(folder), *map(str, paths)]
            command = [program, *options, "--convert-to", "txt", "--outdir", *files]
            subprocess.run(command, capture_output=True, check=True)
            for path in paths:
                yield path.with_suffix(".txt").read_text("utf-8-sig")


def batched(bills: Iterable[bytes], size: int) -> Iterator[tuple[bytes, ...]]:
    """Yield bills by so many at once."""
    remaining = iter(bills)
    while batch := tuple(islice(remaining, size)):
        yield batch


READERS: dict[str, Callable[[Iterable[bytes]], Iterator[str]]] = {
    "npcompare": npcompare,
    "LibreOffice": libreoffice,
    "pandoc": pandoc,
    "docx2python": docx2python,
    "mammoth": mammoth,
}


def value(label: str) -> str:
    """Return what a label has in common with one of another form: its last number or letter."""
    names = re.findall(r"[^\W_]+", label)
    return names[-1] if names else label.strip()


def measured(reader: Callable[[Iterable[bytes]], Iterator[str]], bills: list[WordBill]) -> Result:
    """Return what a reader makes of bills."""
    numbers = right = right_in_value = words = missing_words = extra_words = 0
    list(reader([bills[0].content]))
    start = os.times()
    texts = list(reader(bill.content for bill in bills))
    end = os.times()
    for bill, text in zip(bills, texts, strict=True):
        shown = set(_WORD.findall(text))
        expected = {word for _, line in bill.accepted for word in _WORD.findall(line)}
        words += len(expected)
        missing_words += len(expected - shown)
        extra_words += len(shown - expected)
        labels = dict(_labels(text))
        for label, line in bill.accepted:
            first = _WORD.search(line)
            if label and first:
                numbers += 1
                shown_label = labels.get(first[0], "")
                right += shown_label == label
                right_in_value += value(shown_label) == value(label)
    seconds = sum(end[:4]) - sum(start[:4])
    kilobytes = 0
    if sys.platform == "linux":
        import resource

        status = Path("/proc/self/status").read_text("utf-8")
        peak = re.search(r"VmHWM:\s*(\d+)", status)
        of_programs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        kilobytes = max(int(peak[1]) if peak else 0, of_programs)
    return Result(
        numbers, right, right_in_value, words, missing_words, extra_words, seconds, kilobytes
    )


def _labels(text: str) -> Iterator[tuple[str, str]]:
    """Yield the first word of each line with the label before it."""
    for line in text.splitlines():
        if match := _LINE.match(line.strip()):
            yield match["word"], " ".join(match["label"].replace("\t", " ").split())


def main() -> None:
    """Run each reader in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bills", nargs="?", type=int, default=320)
    parser.add_argument("--reader", choices=READERS)
    arguments = parser.parse_args()
    if arguments.reader:
        from word_bills import BillMaker

        bills = [BillMaker(seed).make() for seed in range(arguments.bills)]
        print(json.encode(measured(READERS[arguments.reader], bills)).decode())
        return
    print(
        f"{'reader':12}{'numbers':>9}{'right':>7}{'in value':>10}"
        f"{'words':>8}{'lost':>6}{'added':>7}{'ms a bill':>11}{'MB':>6}"
    )
    for name in READERS:
        command = [sys.executable, __file__, str(arguments.bills), "--reader", name]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            print(f"{name:12} not run: {ran.stderr.strip().splitlines()[-1]}")
            continue
        result = json.decode(ran.stdout, type=Result)
        counts = f"{result.numbers:9}{result.right:7}{result.right_in_value:10}{result.words:8}"
        errors = f"{result.missing_words:6}{result.extra_words:7}"
        costs = f"{1000 * result.seconds / arguments.bills:11.1f}{result.kilobytes / 1024:6.0f}"
        print(f"{name:12}{counts}{errors}{costs}")


if __name__ == "__main__":
    main()
