"""Time the order of imagined corpora, and how it stands to listing them.

    python benchmarks/order.py [SIZES]          # 100,1000 if none

Each command is a process of its own. Cold is with an empty cache, warm with the one that the cold
run left. `list` reads the same corpus and relates nothing: the ratio says what the pairs cost.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpora import write
from scale import spent
from startup import environment

SIZES = (100, 1000)
TASKS = {
    "list, warm": ["list", "-f", "csv"],
    "order, cold": ["order"],
    "order, warm": ["order"],
    "order as JSON, warm": ["order", "-f", "json"],
    "order by threshold, warm": ["order", "--by", "threshold"],
    "nearest, warm": ["nearest", "imagined-000001"],
}


def main() -> None:
    """Print a row for each size and task."""
    print("| provisions | pairs | task | seconds | MB | by list |")
    print("| ---: | ---: | --- | ---: | ---: | ---: |")
    sizes = map(int, sys.argv[1].split(",")) if sys.argv[1:] else SIZES
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name)
            corpus = write(folder / f"corpus-{size}", size)
            cache = folder / f"cache-{size}"
            variables = environment(str(cache))
            command = [sys.executable, "-m", "npcompare", "--corpus", str(corpus)]
            spent([*command, *TASKS["list, warm"]], folder, variables)
            least = spent([*command, *TASKS["list, warm"]], folder, variables).seconds
            for task, arguments in TASKS.items():
                if task.endswith("cold"):
                    shutil.rmtree(cache, ignore_errors=True)
                found = spent([*command, *arguments], folder, variables)
                cells = (
                    f"{size:,} | {size * (size - 1) // 2:,} | {task} | {found.seconds:.2f} | "
                    f"{found.megabytes:.0f} | {found.seconds / least:.1f}"
                )
                print(f"| {cells} |", flush=True)


if __name__ == "__main__":
    main()
