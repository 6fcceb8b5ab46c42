"""Put the names in schemas/labels/states/ into the order of each language, as ICU has it.

`make names` runs this. It needs Node, whose Intl.Collator has the full data of ICU; npcompare does
not. With --check, files stay as they are, and the exit code is 1 if one is in another order.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from npcompare.law.yaml_reader import read_yaml
from npcompare.model.name_order import without_article

FOLDER = Path(__file__).parent.parent / "schemas" / "labels" / "states"

#: Reads [language, [names]] and writes the places of the names in the order of the language.
_SCRIPT = """
const [language, names] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const collator = new Intl.Collator(language);
const places = names.map((name, place) => place);
places.sort((a, b) => collator.compare(names[a], names[b]) || a - b);
console.log(JSON.stringify(places));
"""


#: The sections of a file that are in the order of its language; an entry is one line.
_SECTIONS = ("names", "regions")


def sorted_text(path: Path) -> str:
    """Return a file of names with the lines of its sections in the order of its language."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    data = read_yaml(path).data
    language = data["language"]
    for section in _SECTIONS:
        entries = [_sorted_as(entry, language) for entry in data[section].values()]
        first = lines.index(f"{section}:\n") + 1
        last = first + len(entries)
        lines[first:last] = [lines[first + place] for place in _places(language, entries)]
    return "".join(lines)


def _sorted_as(entry: dict[str, str], language: str) -> str:
    return entry.get("sort_as") or without_article(entry["name"], language)


def _places(language: str, names: list[str]) -> list[int]:
    node = shutil.which("node")
    if not node:
        sys.exit("this tool needs Node, which is not installed")
    question = json.dumps([language, names])
    answer = subprocess.run(
        [node, "-e", _SCRIPT], input=question, capture_output=True, text=True, check=True
    )
    places: list[int] = json.loads(answer.stdout)
    return places


def main(arguments: Any) -> int:
    """Sort every file, or check its order; return the exit code."""
    paths = sorted(FOLDER.glob("*.yaml"))
    changed = []
    for path in paths:
        if (ordered := sorted_text(path)) != path.read_text(encoding="utf-8"):
            changed.append(path.name)
            if "--check" not in arguments:
                path.write_text(ordered, encoding="utf-8")
    print(f"{len(paths)} files, in another order: {', '.join(changed) or 'none'}")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
