"""Hunt with coverage as the guide: `python -m fuzz TARGET CORPUS [flags of libFuzzer]`."""

from __future__ import annotations

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import atheris

with atheris.instrument_imports(include=["npcompare"]):
    import npcompare

    for one in pkgutil.walk_packages(npcompare.__path__, "npcompare."):
        if not one.name.endswith("__main__"):
            import_module(one.name)

from fuzz.targets import TARGETS
from fuzz.trees import ROOT, changed, seeds, words
from npcompare.formats import word_picture
from npcompare.law.yaml_reader import YamlFile, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS, _MEGABYTES, _LONGEST = 5, 2048, 60_000

_DOCUMENTS = (
    "T\x1eII\x1emade\x1cTitle\x1eRemark\x1eNote\x1dHead\x1eTwo\x1d>a\x1fHb\x1e=1\x1d<x>\x1e|y \\{}",
    "A\x1cScope\x1dx\x1d \x1b[31m\u202e\x1dA@www.x://&amp;_x0041_`~*$%^\x1cT\x1dx\x1ey",
    "\u0644\u0627\x1c\u0646\x1e\x1eنص\x1dكلمة\x1ee\u0301\x1d 被害者 12 bis \x1fXfi\n\nab-cd\x1dZ"
    + "long " * 80,
)


def main() -> None:
    """Run one target until libFuzzer's flags say that it is enough."""
    name, folder, *flags = sys.argv[1:]
    corpus = Path(folder)
    corpus.mkdir(parents=True, exist_ok=True)
    _plant(name, corpus)
    dictionary = corpus.with_suffix(".dict")
    dictionary.write_text("".join(f'"{word}"\n' for word in words()), encoding="utf-8")
    # Half the time of a Word file goes into the pixels of its pictures, which no oracle looks at.
    word_picture._ZOOM = 1
    limits = (f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LONGEST}")
    run = [sys.argv[0], folder, f"-dict={dictionary}", *limits, "-print_final_stats=1", *flags]
    more = {"custom_mutator": _MUTATORS[name]} if name in _MUTATORS else {}
    atheris.Setup(run, TARGETS[name], **more)
    atheris.Fuzz()


def _plant(name: str, corpus: Path) -> None:
    """Put the seeds of a target into its corpus, unless something grows there already."""
    if any(corpus.iterdir()):
        return
    if name in ("reader", "validator"):
        found = [path.read_bytes() for path in seeds()]
    elif name == "suggest":
        bills = [path.read_bytes() for path in sorted(ROOT.glob("tests/bills/*.txt"))]
        held = (YamlFile(path, "", path.read_bytes()).data for path in seeds()[:60])
        texts = (one.get("text") for one in held if isinstance(one, dict))
        bodies = (one.get("body") for one in texts if isinstance(one, dict))
        found = [*bills, *(body.encode() for body in bodies if isinstance(body, str))]
    elif name in ("filed-json", "filed-docx", "pack"):
        found = _files(name)
    else:
        found = [one.encode() for one in _DOCUMENTS]
    for number, content in enumerate(found):
        (corpus / f"seed-{number}").write_bytes(content)


def _files(name: str) -> list[bytes]:
    from fuzz.readers import parts_of_ours

    if name == "filed-docx":
        document, properties = parts_of_ours()
        return [document, b"\x00" + properties]
    if name == "pack":
        return [b'["key",[[1,2,"NP101","m","h"]],{"id":"x"}]']
    filed = json.loads((ROOT / "tests" / "golden" / "annex.json").read_bytes())
    return [json.dumps({key: filed[key] for key in ("recipe", "tables")}).encode(), b"{}"]


def _mutate_yaml(raw: bytes, most: int, seed: int) -> bytes:
    found = YamlFile(Path("a.yaml"), "", raw)
    return _mutate(raw, None if found.problems else found.data, dump_yaml, most, seed)


def _mutate_json(raw: bytes, most: int, seed: int) -> bytes:
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError):
        tree = None
    return _mutate(raw, tree, json.dumps, most, seed)


def _mutate(raw: bytes, tree: Any, write: Callable[[Any], str], most: int, seed: int) -> bytes:
    """Change the tree of a file, or else its bytes."""
    random = Random(seed)

    def reword(text: str) -> str:
        made = bytes(atheris.Mutate(text.encode("utf-8", "replace"), 4 * len(text) + 40))
        return made.decode("utf-8", "replace")

    if isinstance(tree, dict | list) and random.random() < 0.5:
        made = write(changed(tree, random, reword)).encode("utf-8", "replace")
        if len(made) <= most:
            return made
    return bytes(atheris.Mutate(raw, most))


_MUTATORS = {"reader": _mutate_yaml, "validator": _mutate_yaml, "filed-json": _mutate_json}

main()
