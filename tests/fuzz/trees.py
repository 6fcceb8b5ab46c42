"""Trees of plain data, changed a little: what comes of it is often still a provision."""

from __future__ import annotations

import copy
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
    """Return the files that a hunt among provisions begins with."""
    return [
        *sorted((ROOT / "statutes").rglob("*.yaml")),
        *sorted(ROOT.glob("tests/invalid/*.yaml")),
    ]


@cache
def words() -> tuple[str, ...]:
    """Return the words of the codebook and the keys of provisions."""
    book = corpus().codebook
    found = {word for terms in book.vocabulary.values() for word in terms}
    found |= {word for one in book.dimensions.values() for word in (one.id, *one.classes)}
    keys = (
        "id value values evidence source note ref paragraph extent categories excluded limbs text"
    )
    more = "reported persons dimension settled words body status complete language sources notes"
    return tuple(sorted(found | {*keys.split(), *more.split(), *FIELDS_OF_LIMB}))


@cache
def _trees() -> tuple[Any, ...]:
    return tuple(read_yaml(path).data for path in seeds())


def changed(tree: Any, random: Random, reword: Callable[[str], str] = str) -> Any:
    """Return a tree with one to four changes; `reword` changes a text."""
    made = copy.deepcopy(tree)
    for _ in range(random.randint(1, 4)):
        places = list(_places(made))
        if not places:
            return made
        inside, key = random.choice(places)
        _change(inside, key, random, reword)
    return made


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container with each of its keys or positions."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree) if _is_list(tree) else 0)
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def _is_list(tree: Any) -> bool:
    return isinstance(tree, list)


def _change(inside: Any, key: Any, random: Random, reword: Callable[[str], str]) -> None:
    value = inside[key]
    chosen = random.randrange(8)
    if chosen == 0:
        del inside[key]
    elif chosen == 1 and _is_list(inside):
        inside.insert(random.randint(0, len(inside)), copy.deepcopy(value))
    elif chosen == 1:
        inside[random.choice(words())] = copy.deepcopy(value)
    elif chosen < 6:
        wrapped = ([value], [value, value], {"value": value}, {"values": [value]})
        inside[key] = random.choice(
            (_SCALARS, words(), wrapped, (copy.deepcopy(_graft(random)),))[chosen - 2]
        )
    elif isinstance(value, str):
        inside[key] = reword(value)


def _graft(random: Random) -> Any:
    """Return a branch of some provision."""
    inside, key = random.choice([*_places(random.choice(_trees())), ({"": ""}, "")])
    return inside[key]
