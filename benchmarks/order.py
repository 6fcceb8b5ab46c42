"""Time `order` and `nearest` on generated corpora, beside `list`.

    python benchmarks/order.py [SIZES]          # 100,1000 if none

Each command is a process of its own. “Cold” is with an empty cache, “warm” with the cache that the
cold run left. `list` reads the same corpus and compares nothing, so the ratio shows what the pairs
cost.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpora import write
from scale import run
from startup import environment

SIZES = (100, 1000)
TASKS = {
    "list, warm": ["list", "-f", "csv"],
    "order, cold": ["order"],
    "order, warm": ["order"],
    "order as JSON, warm": ["order", "-f", "json"],
    "order by threshold, warm": ["order", "--by", "threshold"],
    "nearest, warm": ["nearest", "generated-000001"],
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
            run([*command, *TASKS["list, warm"]], folder, variables)
            listing = run([*command, *TASKS["list, warm"]], folder, variables).seconds
            for task, arguments in TASKS.items():
                if task.endswith("cold"):
                    shutil.rmtree(cache, ignore_errors=True)
                usage = run([*command, *arguments], folder, variables)
                cells = (
                    f"{size:,} | {size * (size - 1) // 2:,} | {task} | {usage.seconds:.2f} | "
                    f"{usage.megabytes:.0f} | {usage.seconds / listing:.1f}"
                )
                print(f"| {cells} |", flush=True)


if __name__ == "__main__":
    main()
