"""Time the commands of an earlier version and of this one in turn, and print the ratios.

    python benchmarks/versions.py OLD [SIZE]    # OLD: a checkout of an earlier version, set up

Each version runs in its own environment. The start-up rows are the minimum of the times from start
to end of each command on the bundled corpus. The rows below are processor time and peak memory of
one run each on a generated corpus of SIZE provisions, 10,000 if none is given, which each version
generates for itself, since the words of the codebook differ. A ratio below 1 is in favour of this
version.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from scale import TASKS, Usage, run
from startup import COMMANDS, RUNS, environment, seconds

HERE = Path(__file__).parent
SIZE = 10_000


def executable(checkout: Path) -> Path:
    """Return the Python of a checkout's own environment."""
    return checkout / ".venv" / "bin" / "python"


def start_up(checkouts: tuple[Path, Path], folder: Path) -> None:
    """Print a row for each command on the bundled corpus."""
    print("| command | earlier, ms | now, ms | ratio |\n| --- | ---: | ---: | ---: |")
    for arguments, _ in COMMANDS:
        times: list[list[float]] = [[], []]
        for _ in range(RUNS + 1):
            for number, checkout in enumerate(checkouts):
                command = [str(executable(checkout).with_name("npcompare")), *arguments]
                variables = environment(str(folder / f"cache-{number}"))
                times[number].append(seconds(command, variables))
        earlier, now = (min(runs[1:]) * 1000 for runs in times)
        print(f"| `{' '.join(arguments)}` | {earlier:.0f} | {now:.0f} | {now / earlier:.2f} |")


def processor_seconds(
    command: list[str], folder: Path, variables: dict[str, str]
) -> tuple[float, Usage]:
    """Run a command; return its processor time and what else it used."""
    before = getrusage(RUSAGE_CHILDREN)
    usage = run(command, folder, variables)
    after = getrusage(RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, usage


def by_size(checkouts: tuple[Path, Path], folder: Path, size: int) -> None:
    """Print a row for each task on a generated corpus."""
    print("\n| task | earlier | now | ratio | memory |\n| --- | ---: | ---: | ---: | ---: |")
    corpora = []
    for number, checkout in enumerate(checkouts):
        corpora.append(folder / f"corpus-{number}")
        generator = str(checkout / "benchmarks" / "corpora.py")
        command = [str(executable(checkout)), generator, str(corpora[-1]), str(size)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for name, arguments in TASKS.items():
        spent = []
        for number, checkout in enumerate(checkouts):
            cache = folder / f"cache-of-{number}"
            if name.endswith("cold"):
                shutil.rmtree(cache, ignore_errors=True)
            python = [str(executable(checkout)), "-m", "npcompare", "--corpus"]
            command = [*python, str(corpora[number]), *arguments]
            spent.append(processor_seconds(command, folder, environment(str(cache))))
        (earlier, old), (now, new) = spent
        ratio, memory = now / earlier, new.megabytes / old.megabytes
        cells = (name, f"{earlier:.2f} s", f"{now:.2f} s", f"{ratio:.2f}", f"{memory:.2f}")
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Compare the checkout that the first argument names with this one."""
    checkouts = (Path(sys.argv[1]).absolute(), HERE.parent)
    size = int(sys.argv[2]) if len(sys.argv) > 2 else SIZE
    with tempfile.TemporaryDirectory() as folder:
        start_up(checkouts, Path(folder))
        by_size(checkouts, Path(folder), size)


if __name__ == "__main__":
    main()
