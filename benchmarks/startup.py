"""Time the commands a drafter types against two small programs, and print the ratios.

Times are those of the processor. Each command runs in turn with its baseline, so that other work
on the machine affects both. The baselines are a typer program that prints a line, and one that
prints a rich table of seven rows. All run in one environment, with compiled modules and the bundled
corpus already checked, as for a user's second command. The ratio is that of the minimum times,
since other programs can only add to a run; the ratio of the medians is beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

HERE = Path(__file__).parent
RUNS = 15
LARGEST_RATIO = 1.3
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
    """Return the environment of a user: modules are compiled, and there is a cache."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "NPCOMPARE_NO_CACHE", "NPCOMPARE_CORPUS")
    variables = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**variables, "XDG_CACHE_HOME": cache}


def seconds(command: list[str], variables: dict[str, str]) -> float:
    """Return how many seconds of the processor a command took."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=variables)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pairs(
    arguments: list[str], baseline: list[str], variables: dict[str, str]
) -> list[tuple[float, float]]:
    """Return times of a command and its baseline, run in turn, without the first pair."""
    command = [str(Path(sys.executable).parent / "npcompare"), *arguments]
    times = [(seconds(command, variables), seconds(baseline, variables)) for _ in range(RUNS + 1)]
    return times[1:]


def main() -> None:
    """Print a row for each command."""
    print("| command | against | ms | baseline, ms | ratio | median ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as cache:
        for arguments, baseline in COMMANDS:
            times = pairs(arguments, baseline, environment(cache))
            command_time, baseline_time = map(min, zip(*times, strict=True))
            ratio = command_time / baseline_time
            middle = median(command / against for command, against in times)
            cells = (
                f"`{' '.join(arguments)}`",
                Path(baseline[1]).stem,
                f"{command_time * 1000:.0f}",
                f"{baseline_time * 1000:.0f}",
                f"{ratio:.2f}" + (" (over)" if ratio > LARGEST_RATIO else ""),
                f"{middle:.2f}",
            )
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
