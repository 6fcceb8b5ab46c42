"""Small random changes to trees of plain data; the result is often still a provision."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz.readers import corpus
from npcompare.law.provision_parser import FIELDS_OF_LIMB
from npcompare.law.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

ROOT = Path(__file__).parent.parent.parent
_SCALARS = (None, True, False, 0, -1, 10**14, "", " ", "x", "any", "none", "1.10", "\u00e9", "لا")


def seeds() -> list[Path]:
    """Return the files with which the fuzzing of provisions begins."""
    return [
        *sorted((ROOT / "statutes").rglob("*.yaml")),
        *sorted(ROOT.glob("tests/invalid/*.yaml")),
    ]


@cache
def words() -> tuple[str, ...]:
    """Return the words of the codebook and the keys of provisions."""
    book = corpus().codebook
    terms = {term for vocabulary in book.vocabulary.values() for term in vocabulary}
    for dimension in book.dimensions.values():
        terms |= {dimension.id, *dimension.classes}
    keys = (
        "id value values evidence source note ref paragraph extent categories excluded limbs text "
        "reported persons dimension settled words body status complete language sources notes"
    )
    return tuple(sorted(terms | {*keys.split(), *FIELDS_OF_LIMB}))


@cache
def _trees() -> tuple[Any, ...]:
    return tuple(read_yaml(path).data for path in seeds())


def mutated(tree: Any, random: Random, reword: Callable[[str], str] = str) -> Any:
    """Return a copy of a tree with one to four changes; `reword` changes a text."""
    result = copy.deepcopy(tree)
    for _ in range(random.randint(1, 4)):
        places = list(_places(result))
        if not places:
            return result
        container, key = random.choice(places)
        _change(container, key, random, reword)
    return result


def reworded(tree: Any, random: Random, reword: Callable[[str], str]) -> Any:
    """Return a copy of a tree with one of its words changed wherever it occurs, but not in keys.

    So a quotation stays in its text, and the result is often still a provision.
    """
    texts = [text for text in _texts(tree) if " " in text]
    words_in_texts = re.findall(r"\w{4,}", random.choice(texts)) if texts else []
    if not words_in_texts:
        return tree
    word = random.choice(words_in_texts)
    return _with_word(tree, word, reword(word))


def _texts(tree: Any) -> Iterator[str]:
    for container, key in _places(tree):
        if isinstance(container[key], str):
            yield container[key]


def _with_word(tree: Any, word: str, new: str) -> Any:
    if isinstance(tree, dict):
        return {key: _with_word(value, word, new) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_with_word(value, word, new) for value in tree]
    if isinstance(tree, str) and " " in tree:
        return re.sub(rf"\b{word}\b", lambda _: new, tree)
    return tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container with each of its keys or positions."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree) if _is_list(tree) else 0)
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def _is_list(tree: Any) -> bool:
    return isinstance(tree, list)


def _change(container: Any, key: Any, random: Random, reword: Callable[[str], str]) -> None:
    """Remove, repeat, replace or reword the value of a container at a key or position."""
    value = container[key]
    kind = random.randrange(8)
    if kind == 0:
        del container[key]
    elif kind == 1 and _is_list(container):
        container.insert(random.randint(0, len(container)), copy.deepcopy(value))
    elif kind == 1:
        container[random.choice(words())] = copy.deepcopy(value)
    elif kind < 6:
        wrapped = ([value], [value, value], {"value": value}, {"values": [value]})
        container[key] = random.choice(
            (_SCALARS, words(), wrapped, (copy.deepcopy(_random_branch(random)),))[kind - 2]
        )
    elif isinstance(value, str):
        container[key] = reword(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        container[key] = random.choice((-value, 0.5 * value, 2 * value, value + 1, 0, 1e9))


def _random_branch(random: Random) -> Any:
    """Return a branch of a random provision."""
    container, key = random.choice([*_places(random.choice(_trees())), ({"": ""}, "")])
    return container[key]
