"""Coverage-guided fuzzing: `python -m fuzz TARGET CORPUS [flags of libFuzzer]`."""

from __future__ import annotations

import json
import os
import pkgutil
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import atheris

with atheris.instrument_imports(include=["npcompare"]):
    import npcompare

    for module in pkgutil.walk_packages(npcompare.__path__, "npcompare."):
        if not module.name.endswith("__main__"):
            import_module(module.name)

from fuzz.targets import SEEDS, TARGETS, changed
from fuzz.trees import ROOT, mutated, seeds, words
from npcompare.formats import word_picture
from npcompare.law.yaml_reader import YamlFile, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS, _MEGABYTES, _LONGEST = 5, 2048, 60_000

#: How often the structure of a file is changed, and not its bytes.
_STRUCTURED = 0.8

_DOCUMENTS = (
    "T\x1eII\x1emade\x1cTitle\x1eRemark\x1eNote\x1dHead\x1eTwo\x1d>a\x1fHb\x1e=1\x1d<x>\x1e|y \\{}",
    "A\x1cScope\x1dx\x1d \x1b[31m\u202e\x1dA@www.x://&amp;_x0041_`~*$%^\x1cT\x1dx\x1ey",
    "\u0644\u0627\x1c\u0646\x1e\x1eنص\x1dكلمة\x1ee\u0301\x1d 被害者 12 bis \x1fXfi\n\nab-cd\x1dZ"
    + "long " * 80,
)


def main() -> None:
    """Run one target until a limit in libFuzzer's flags is reached."""
    name, folder, *flags = sys.argv[1:]
    corpus = Path(folder)
    corpus.mkdir(parents=True, exist_ok=True)
    _add_seeds(name, corpus)
    dictionary = corpus.with_suffix(".dict")
    dictionary.write_text("".join(f'"{word}"\n' for word in words()), encoding="utf-8")
    # The pixels of pictures take half the time of a Word file, and no target checks them.
    word_picture._ZOOM = 1
    limits = (f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LONGEST}")
    run = [sys.argv[0], folder, f"-dict={dictionary}", *limits, "-print_final_stats=1", *flags]
    # What is checked against the same codebook for every input is taken from the cache.
    os.environ["XDG_CACHE_HOME"] = str(corpus.with_suffix(".cache").absolute())
    mutator = _MUTATORS.get(name, partial(_mutate_structure, name) if name in SEEDS else None)
    options = {"custom_mutator": mutator} if mutator else {}
    # What is loaded only once would count as time of the first input.
    for path in sorted(corpus.iterdir())[:1]:
        TARGETS[name](path.read_bytes())
    atheris.Setup(run, TARGETS[name], **options)
    atheris.Fuzz()


def _add_seeds(name: str, corpus: Path) -> None:
    """Write the seeds of a target into its corpus if the corpus is empty."""
    if any(corpus.iterdir()):
        return
    if name in ("reader", "validator"):
        contents = [path.read_bytes() for path in seeds()]
    elif name == "suggest":
        bills = [path.read_bytes() for path in sorted(ROOT.glob("tests/bills/*.txt"))]
        trees = (YamlFile(path, "", path.read_bytes()).data for path in seeds()[:60])
        texts = (tree.get("text") for tree in trees if isinstance(tree, dict))
        bodies = (text.get("body") for text in texts if isinstance(text, dict))
        contents = [*bills, *(body.encode() for body in bodies if isinstance(body, str))]
    elif name in ("filed-json", "filed-docx", "pack"):
        contents = _files(name)
    elif name in SEEDS:
        contents = SEEDS[name]()
    else:
        contents = [document.encode() for document in _DOCUMENTS]
    for number, content in enumerate(contents):
        (corpus / f"seed-{number}").write_bytes(content)


def _files(name: str) -> list[bytes]:
    """Return seeds for a target that reads files of npcompare itself."""
    from fuzz.readers import sample_word_parts

    if name == "filed-docx":
        document, properties = sample_word_parts()
        return [document, b"\x00" + properties]
    if name == "pack":
        return [b'["key",[[1,2,"NP101","m","h"]],{"id":"x"}]']
    annex = json.loads((ROOT / "tests" / "golden" / "annex.json").read_bytes())
    return [json.dumps({key: annex[key] for key in ("recipe", "tables")}).encode(), b"{}"]


def _mutate_structure(name: str, raw: bytes, max_size: int, seed: int) -> bytes:
    """Change the structure of a file, or its bytes if that fails."""
    random = Random(seed)
    if random.random() < _STRUCTURED:
        content = changed(name, raw, random, _reword)
        if len(content) <= max_size and content != raw:
            return content
    return bytes(atheris.Mutate(raw, max_size))


def _reword(text: str) -> str:
    content = text.encode("utf-8", "replace")
    return bytes(atheris.Mutate(content, 4 * len(text) + 40)).decode("utf-8", "replace")


def _mutate_yaml(raw: bytes, max_size: int, seed: int) -> bytes:
    file = YamlFile(Path("a.yaml"), "", raw)
    return _mutate(raw, None if file.problems else file.data, dump_yaml, max_size, seed)


def _mutate_json(raw: bytes, max_size: int, seed: int) -> bytes:
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError):
        tree = None
    return _mutate(raw, tree, json.dumps, max_size, seed)


def _mutate(raw: bytes, tree: Any, write: Callable[[Any], str], max_size: int, seed: int) -> bytes:
    """Mutate the tree of a file, or its bytes if that fails."""
    random = Random(seed)
    if isinstance(tree, dict | list) and random.random() < 0.5:
        content = write(mutated(tree, random, _reword)).encode("utf-8", "replace")
        if len(content) <= max_size:
            return content
    return bytes(atheris.Mutate(raw, max_size))


_MUTATORS = {"reader": _mutate_yaml, "validator": _mutate_yaml, "filed-json": _mutate_json}

main()
