"""Time the commands a drafter types against two small programs, and print the ratios.

Each command runs in turn with its baseline, so that what else the machine does falls on both. The
baselines are a typer program that prints a line, and one that prints a rich table of seven rows.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
RUNS = 15
LINE = [sys.executable, str(HERE / "hello_line.py")]
TABLE = [sys.executable, str(HERE / "hello_table.py")]
COMMANDS = [
    (["--version"], LINE),
    (["--help"], LINE),
    (["classify", "--format", "json"], LINE),
    (["diff", "kenya", "jamaica", "--format", "json"], LINE),
    (["classify"], TABLE),
    (["diff", "kenya", "jamaica"], TABLE),
    (["show", "kenya"], TABLE),
]


def seconds(command: list[str]) -> float:
    """Return how long a command took from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def ratio(arguments: list[str], baseline: list[str]) -> list[float]:
    """Return the ratio of each pair of runs, after one pair that is not counted."""
    command = [sys.executable, "-m", "npcompare", *arguments]
    seconds(command)
    seconds(baseline)
    return sorted(seconds(command) / seconds(baseline) for _ in range(RUNS))


def main() -> None:
    """Print a row for each command."""
    print(f"{'command':<40} {'against':<12} {'median':>7} {'least':>7} {'most':>7}")
    for arguments, baseline in COMMANDS:
        found = ratio(arguments, baseline)
        name = Path(baseline[1]).stem
        row = f"{median(found):>7.2f} {found[0]:>7.2f} {found[-1]:>7.2f}"
        print(f"{' '.join(arguments):<40} {name:<12} {row}")


if __name__ == "__main__":
    main()
