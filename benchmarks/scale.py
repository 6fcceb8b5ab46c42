"""Time and memory by the size of a corpus, as a table and a plot.

    python benchmarks/scale.py [SIZES]          # 100,1000,10000 if none

Each command is a process of its own on a generated corpus (corpora.py). Time is that of processors,
which other work on the machine changes least; commands that use two at once end sooner. “Cold” is
with an empty cache, “warm” with the cache that the cold run left. Memory is the peak of the largest
process. The exponent says how time grows: 1 means in proportion to the corpus. check-jsonschema,
where it is installed, checks the same files against the same schema, once for each size.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
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
    "diff of two": ["diff", "generated-000001", "generated-000002", "-f", "json"],
    "export as CSV": ["export", "-o", "annex.csv", "--force"],
    "export as XLSX": ["export", "-o", "annex.xlsx", "--force"],
    "export as HTML": ["export", "-o", "annex.html", "--force"],
}
CHECKER = "check-jsonschema"

#: The least ratio on the plot between a label and the one below it.
_LABEL_SPACING = 1.22

#: The size at which ratios are taken, and the largest that check-jsonschema checks.
REFERENCE_SIZE = 10_000


class Usage(NamedTuple):
    """What a process and its workers used: seconds of processors, and the peak memory in MB."""

    seconds: float
    megabytes: float


def run(command: list[str], folder: Path, variables: dict[str, str]) -> Usage:
    """Run a command in a folder and return what it used."""
    process = os.fork()
    if not process:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execve(command[0], command, variables)  # noqa: S606 - the command is npcompare or the checker
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) > 0:
        raise SystemExit(f"failed: {' '.join(command[:9])}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


class Measurement(NamedTuple):
    """What each task used on one corpus, and the MB on disk of its files and of the cache."""

    usage: dict[str, Usage]
    files: float
    cache: float


def on_disk(folder: Path) -> float:
    """Return the MB of all files in a folder and below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def measure(size: int, folder: Path) -> Measurement:
    """Return what each task used on a corpus of this size."""
    corpus = write(folder / f"corpus-{size}", size)
    cache = folder / f"cache-{size}"
    variables = environment(str(cache))
    command = [sys.executable, "-m", "npcompare", "--corpus", str(corpus)]
    usage = {}
    for name, arguments in TASKS.items():
        if name.endswith("cold"):
            shutil.rmtree(cache, ignore_errors=True)
        usage[name] = run([*command, *arguments], folder, variables)
    checker = shutil.which(CHECKER, path=str(Path(sys.executable).parent))
    if checker and size <= REFERENCE_SIZE:
        files = sorted(str(path) for path in corpus.glob("generated-*.yaml"))
        against = [checker, "--schemafile", str(SCHEMA), *files]
        usage[CHECKER] = run(against, folder, variables)
    return Measurement(usage, on_disk(corpus), on_disk(cache))


def exponent(name: str, results: dict[int, dict[str, Usage]]) -> float:
    """Return by which power of the size the time of a task grew between the two largest sizes."""
    small, large = [size for size in sorted(results) if name in results[size]][-2:]
    growth = results[large][name].seconds / results[small][name].seconds
    return math.log(growth) / math.log(large / small)


def table(measures: dict[int, Measurement]) -> str:
    """Return the results as a table in Markdown."""
    results = {size: measurement.usage for size, measurement in measures.items()}
    sizes = sorted(results)
    head = ["task", *(f"{size:,}" for size in sizes), "exponent"]
    lines = [head, ["---", *["---:"] * (len(sizes) + 1)]]
    for name in results[sizes[0]]:
        cells = [_cell(results[size].get(name)) for size in sizes]
        growth = f"{exponent(name, results):.2f}" if len(sizes) > 1 else ""
        lines.append([name, *cells, growth])
    for name in ("files", "cache"):
        sizes_on_disk = [f"{getattr(measures[size], name):,.0f} MB" for size in sizes]
        lines.append([f"{name}, on the disk", *sizes_on_disk, ""])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(usage: Usage | None) -> str:
    return f"{usage.seconds:.2f} s, {usage.megabytes:.0f} MB" if usage else "not run"


def ratios(usage: dict[str, Usage]) -> str:
    """Return the ratios at one size, as a list in Markdown."""
    lines = []
    for name in ("validate", "list", "classify as JSON"):
        ratio = usage[f"{name}, cold"].seconds / usage[f"{name}, warm"].seconds
        lines.append(f"- {name}, cold by warm: {ratio:.1f}")
    if CHECKER in usage:
        for name in ("list, cold", "validate, cold"):
            ratio = usage[CHECKER].seconds / usage[name].seconds
            lines.append(f"- {CHECKER} by {name}: {ratio:.1f}")
    tasks = [name for name in usage if name != CHECKER]
    largest = max(tasks, key=lambda name: usage[name].megabytes)
    lines.append(f"- most memory: {usage[largest].megabytes:.0f} MB ({largest})")
    return "\n".join(lines)


def plot(results: dict[int, dict[str, Usage]], path: Path) -> None:
    """Draw seconds by size, on logarithmic axes."""
    from matplotlib import rcParams
    from matplotlib.figure import Figure

    rcParams["svg.hashsalt"] = "npcompare"
    sizes = sorted(results)
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    axes = figure.subplots()
    ends: list[tuple[int, float, str]] = []
    for marker, name in zip("os^vDPX*<>hp8d1", results[sizes[0]], strict=False):
        line = "--" if name == CHECKER else "-"
        measured_sizes = [size for size in sizes if name in results[size]]
        seconds = [results[size][name].seconds for size in measured_sizes]
        axes.plot(measured_sizes, seconds, line, marker=marker)
        ends.append((measured_sizes[-1], seconds[-1], name))
    heights = dict.fromkeys(sizes, 0.0)
    for size, end, name in sorted(ends):
        # Labels of lines that end close together are placed one above the other.
        heights[size] = max(end, heights[size] * _LABEL_SPACING)
        axes.annotate(f"  {name}", (size, heights[size]), fontsize=7, va="center")
    axes.set(xscale="log", yscale="log", xlabel="provisions", ylabel="seconds of processors")
    axes.margins(x=0.25)
    axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure the sizes; print the table and write the plot."""
    sizes = tuple(map(int, sys.argv[1].split(","))) if sys.argv[1:] else SIZES
    results: dict[int, Measurement] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            results[size] = measure(size, Path(folder))
            print(table({size: results[size]}), file=sys.stderr, flush=True)
    print(table(results))
    reference = max((size for size in sizes if size <= REFERENCE_SIZE), default=sizes[0])
    print(f"\nAt {reference:,} provisions:\n\n{ratios(results[reference].usage)}")
    plot({size: measurement.usage for size, measurement in results.items()}, HERE / "scale.svg")


if __name__ == "__main__":
    main()
