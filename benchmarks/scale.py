"""Time and memory by the size of a corpus, as a table and a plot.

    python benchmarks/scale.py [SIZES]          # 100,1000,10000 if none

Each command is a process of its own on an imagined corpus (corpora.py). Cold is with an empty
cache, warm with the one that the cold run left. Memory is the peak of the largest process. The
exponent says how time grows: 1 is in step with the corpus. check-jsonschema, where it is installed,
checks the same files against the same schema, once a size.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from corpora import write
from startup import environment

HERE = Path(__file__).parent
SCHEMA = HERE.parent / "schemas" / "provision.schema.json"
SIZES = (100, 1000, 10_000)
TASKS = {
    "validate, cold": ["validate"],
    "validate, warm": ["validate"],
    "list, cold": ["list", "-f", "csv"],
    "list, warm": ["list", "-f", "csv"],
    "classify as JSON, cold": ["classify", "-f", "json"],
    "classify as JSON, warm": ["classify", "-f", "json"],
    "classify as CSV": ["classify", "-f", "csv"],
    "list --where threshold=duress": ["list", "--where", "threshold=duress", "-f", "json"],
    "stats": ["stats", "-f", "json"],
    "diff of two": ["diff", "imagined-000001", "imagined-000002", "-f", "json"],
    "export as CSV": ["export", "-o", "annex.csv", "--force"],
    "export as XLSX": ["export", "-o", "annex.xlsx", "--force"],
    "export as HTML": ["export", "-o", "annex.html", "--force"],
}
CHECKER = "check-jsonschema"

#: By how much higher on the plot a name stands than the one below it, at the least.
_APART = 1.22

#: The size at which ratios are taken, and the largest that is checked with the other checker.
COMPARED = 10_000


class Spent(NamedTuple):
    """What a process took: seconds from start to end, and MB at the most."""

    seconds: float
    megabytes: float


def spent(command: list[str], folder: Path, variables: dict[str, str]) -> Spent:
    """Run a command in a folder and return what it took."""
    start = time.perf_counter()
    process = os.fork()
    if not process:
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.execve(command[0], command, variables)  # noqa: S606 - it is our own command
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) > 0:
        raise SystemExit(f"failed: {' '.join(command[:9])}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Spent(time.perf_counter() - start, usage.ru_maxrss / unit)


class Measured(NamedTuple):
    """What each task took on one corpus, and the MB on the disk of its files and of the cache."""

    spent: dict[str, Spent]
    files: float
    cache: float


def on_disk(folder: Path) -> float:
    """Return the MB of all files in a folder and below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def measured(size: int, folder: Path) -> Measured:
    """Return what each task took on a corpus of a size."""
    corpus = write(folder / f"corpus-{size}", size)
    cache = folder / f"cache-{size}"
    variables = environment(str(cache))
    command = [sys.executable, "-m", "npcompare", "--corpus", str(corpus)]
    found = {}
    for name, arguments in TASKS.items():
        if name.endswith("cold"):
            shutil.rmtree(cache, ignore_errors=True)
        found[name] = spent([*command, *arguments], folder, variables)
    checker = shutil.which(CHECKER, path=str(Path(sys.executable).parent))
    if checker and size <= COMPARED:
        files = sorted(str(path) for path in corpus.glob("imagined-*.yaml"))
        against = [checker, "--schemafile", str(SCHEMA), *files]
        found[CHECKER] = spent(against, folder, variables)
    return Measured(found, on_disk(corpus), on_disk(cache))


def exponent(name: str, results: dict[int, dict[str, Spent]]) -> float:
    """Return by which power of the size the time of a task grew between the two largest sizes."""
    small, large = [size for size in sorted(results) if name in results[size]][-2:]
    grown = results[large][name].seconds / results[small][name].seconds
    return math.log(grown) / math.log(large / small)


def table(measures: dict[int, Measured]) -> str:
    """Return the results as a table in Markdown."""
    results = {size: one.spent for size, one in measures.items()}
    sizes = sorted(results)
    head = ["task", *(f"{size:,}" for size in sizes), "exponent"]
    lines = [head, ["---", *["---:"] * (len(sizes) + 1)]]
    for name in results[sizes[0]]:
        cells = [_cell(results[size].get(name)) for size in sizes]
        grown = f"{exponent(name, results):.2f}" if len(sizes) > 1 else ""
        lines.append([name, *cells, grown])
    for name in ("files", "cache"):
        sizes_on_disk = [f"{getattr(measures[size], name):,.0f} MB" for size in sizes]
        lines.append([f"{name}, on the disk", *sizes_on_disk, ""])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(one: Spent | None) -> str:
    return f"{one.seconds:.2f} s, {one.megabytes:.0f} MB" if one else "not run"


def ratios(found: dict[str, Spent]) -> str:
    """Return what the largest size says of the promises, as lines in Markdown."""
    lines = []
    for name in ("validate", "list", "classify as JSON"):
        gained = found[f"{name}, cold"].seconds / found[f"{name}, warm"].seconds
        lines.append(f"- {name}, cold by warm: {gained:.1f}")
    if CHECKER in found:
        for name in ("list, cold", "validate, cold"):
            quicker = found[CHECKER].seconds / found[name].seconds
            lines.append(f"- {CHECKER} by {name}: {quicker:.1f}")
    most = max(found.items(), key=lambda one: one[1].megabytes * (one[0] != CHECKER))
    lines.append(f"- most memory: {most[1].megabytes:.0f} MB ({most[0]})")
    return "\n".join(lines)


def plot(results: dict[int, dict[str, Spent]], path: Path) -> None:
    """Draw seconds by size, both in powers of ten."""
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    rcParams["svg.hashsalt"] = "npcompare"
    sizes = sorted(results)
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    axes = figure.subplots()
    ends: list[tuple[int, float, str]] = []
    for marker, name in zip("os^vDPX*<>hp8d1", results[sizes[0]], strict=False):
        line = "--" if name == CHECKER else "-"
        run = [size for size in sizes if name in results[size]]
        axes.plot(run, [results[size][name].seconds for size in run], line, marker=marker)
        ends.append((run[-1], results[run[-1]][name].seconds, name))
    below = dict.fromkeys(sizes, 0.0)
    for size, seconds, name in sorted(ends):
        # Names of lines that end close together stand one above the other.
        below[size] = max(seconds, below[size] * _APART)
        axes.annotate(f"  {name}", (size, below[size]), fontsize=7, va="center")
    axes.set(xscale="log", yscale="log", xlabel="provisions", ylabel="seconds")
    axes.margins(x=0.25)
    axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure the sizes asked for; print the table, write the plot."""
    sizes = tuple(map(int, sys.argv[1].split(","))) if sys.argv[1:] else SIZES
    results: dict[int, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            results[size] = measured(size, Path(folder))
            print(table({size: results[size]}), file=sys.stderr, flush=True)
    print(table(results))
    compared = max((size for size in sizes if size <= COMPARED), default=sizes[0])
    print(f"\nAt {compared:,} provisions:\n\n{ratios(results[compared].spent)}")
    plot({size: one.spent for size, one in results.items()}, HERE / "scale.svg")


if __name__ == "__main__":
    main()
