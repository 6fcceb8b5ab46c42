"""A release by the size of the corpus, and the queries of the documentation over it, as a table.

    python benchmarks/release.py [SIZES]          # 100,1000,10000 if none

The corpora are generated (corpora.py). Each task is a process of its own: seconds are its processor
time, which other work on the machine changes little, and megabytes its peak. The queries are those
of docs/how-to/query-a-release.md, in DuckDB and SQLite, with the start of the program. The exponent
is that of the growth between the two largest sizes; 1 means in proportion to the corpus.
"""

from __future__ import annotations

import math
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from corpora import write
from startup import environment

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "query-a-release.md"
SIZES = (100, 1000, 10_000)

#: Run a query in an engine; the query is the argument.
_ENGINES = {
    "DuckDB": "import duckdb; rows = duckdb.sql({query!r}).fetchall()",
    "SQLite": (
        "import sqlite3; "
        "rows = sqlite3.connect('release/npcompare.sqlite').execute({query!r}).fetchall()"
    ),
}

#: The parts of a release that are measured on the disk, by their patterns.
_FILES = {"CSV": "*.csv", "Parquet": "parquet/*", "SQLite": "*.sqlite", "all files": "**/*"}


class Usage(NamedTuple):
    """What a process used: seconds of processor time, and its peak memory in MB."""

    seconds: float
    megabytes: float


def queries() -> dict[str, str]:
    """Return the programs that run the queries of the page, by the names of their tasks."""
    text = PAGE.read_text(encoding="utf-8")
    programs = {}
    for engine, program in _ENGINES.items():
        _, _, section = text.partition(f"\n## {engine}\n")
        section = section.partition("\n## ")[0]
        for query in re.findall(r"```sql\n(.*?);?\n```", section, re.DOTALL):
            sources = sorted(set(re.findall(r"\.(parquet|csv)'", query)))
            name = f"{' over '.join([engine, *sources])}: {_subject(query)}"
            programs[name] = program.format(query=query)
        programs[f"{engine}: no query"] = program.format(query="SELECT 1")
    return programs


def _subject(query: str) -> str:
    """Return what a query asks for."""
    for subject in ("threshold", "categories", "pairs"):
        if subject in query:
            return subject
    raise SystemExit(f"say what this query asks for: {query}")


def run(command: list[str], folder: Path, variables: dict[str, str]) -> Usage:
    """Run a command in a folder and return what it used."""
    process = os.fork()
    if not process:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execve(command[0], command, variables)  # noqa: S606 - the command is our own
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command)[:200]}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def measure(size: int, folder: Path) -> dict[str, Usage | float]:
    """Return what each task used at a size, and the MB of the files."""
    corpus = write(folder / "corpus", size)
    variables = environment(str(folder / "cache"))
    program = [sys.executable, "-m", "npcompare", "--corpus", str(corpus)]
    results: dict[str, Usage | float] = {
        "list, cold": run([*program, "list", "-f", "csv"], folder, variables),
        "list, warm": run([*program, "list", "-f", "csv"], folder, variables),
        "release, warm": run([*program, "release", "release"], folder, variables),
    }
    for name, code in queries().items():
        results[name] = run([sys.executable, "-c", code], folder, variables)
    for name, pattern in _FILES.items():
        paths = (path for path in (folder / "release").glob(pattern) if path.is_file())
        results[f"{name}, on the disk"] = sum(path.stat().st_size for path in paths) / 1024**2
    return results


def table(measures: dict[int, dict[str, Usage | float]]) -> str:
    """Return the results as a table in Markdown."""
    sizes = sorted(measures)
    lines = [["task", *(f"{size:,}" for size in sizes), "exponent"]]
    lines.append(["---", *["---:"] * (len(sizes) + 1)])
    for name in measures[sizes[0]]:
        values = [measures[size][name] for size in sizes]
        lines.append([name, *map(_cell, values), _exponent(sizes, values)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ratios(results: dict[str, Usage | float]) -> str:
    """Return what the tasks of one size take by simpler ones, as a list in Markdown."""
    seconds = {name: value.seconds for name, value in results.items() if isinstance(value, Usage)}
    pairs = [("release, warm", "list, warm"), ("list, cold", "list, warm")]
    for engine in _ENGINES:
        base = f"{engine}: no query"
        pairs += [(name, base) for name in seconds if name.startswith(engine) and name != base]
    lines = [f"- {name} by {base}: {seconds[name] / seconds[base]:.1f}" for name, base in pairs]
    return "\n".join(lines)


def _cell(value: Usage | float) -> str:
    if isinstance(value, Usage):
        return f"{value.seconds:.2f} s, {value.megabytes:.0f} MB"
    return f"{value:,.1f} MB"


def _exponent(sizes: list[int], values: list[Usage | float]) -> str:
    """Return by which power of the size a value grew between the two largest sizes."""
    if len(sizes) < 2:
        return ""
    small, large = (each.seconds if isinstance(each, Usage) else each for each in values[-2:])
    return f"{math.log(large / small) / math.log(sizes[-1] / sizes[-2]):.2f}"


def main() -> None:
    """Measure the sizes and print the table; what is known after each size goes to stderr."""
    sizes = tuple(map(int, sys.argv[1].split(","))) if sys.argv[1:] else SIZES
    measures: dict[int, dict[str, Usage | float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measures[size] = measure(size, Path(folder))
        print(table({size: measures[size]}), file=sys.stderr, flush=True)
    print(f"{table(measures)}\n\nAt {sizes[-1]:,} provisions:\n\n{ratios(measures[sizes[-1]])}")


if __name__ == "__main__":
    main()
