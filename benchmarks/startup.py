"""Time the commands a drafter types against two small programs, and print the ratios.

Each command runs in turn with its baseline, so that what else the machine does falls on both. The
baselines are a typer program that prints a line, and one that prints a rich table of seven rows.
All run in one environment, with their modules compiled and the bundled corpus checked once before,
as they are for whoever types a second command. The ratio is that of the least times: what other
programs take from a run only adds to it. The medians are beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
RUNS = 15
MOST = 1.4
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


def environment(cache: str) -> dict[str, str]:
    """Return the environment of a user: modules are compiled once, and there is a cache."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "NPCOMPARE_NO_CACHE", "NPCOMPARE_CORPUS")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "XDG_CACHE_HOME": cache}


def seconds(command: list[str], variables: dict[str, str]) -> float:
    """Return how long a command took from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=variables)
    return time.perf_counter() - start


def pairs(
    arguments: list[str], baseline: list[str], variables: dict[str, str]
) -> list[tuple[float, float]]:
    """Return the times of a command and of its baseline, run in turn; the first are not counted."""
    command = [str(Path(sys.executable).parent / "npcompare"), *arguments]
    found = [(seconds(command, variables), seconds(baseline, variables)) for _ in range(RUNS + 1)]
    return found[1:]


def main() -> None:
    """Print a row for each command."""
    print("| command | against | ms | baseline, ms | ratio | median ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as cache:
        for arguments, baseline in COMMANDS:
            found = pairs(arguments, baseline, environment(cache))
            mine, theirs = (min(times) for times in zip(*found, strict=True))
            middle = median(one / other for one, other in found)
            ratio = f"{mine / theirs:.2f}" + (" (over)" if mine / theirs > MOST else "")
            name = Path(baseline[1]).stem
            times = f"{mine * 1000:.0f} | {theirs * 1000:.0f}"
            print(f"| `{' '.join(arguments)}` | {name} | {times} | {ratio} | {middle:.2f} |")


if __name__ == "__main__":
    main()
