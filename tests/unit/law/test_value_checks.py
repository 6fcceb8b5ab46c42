"""Values that do not contradict each other are accepted; tests/invalid has those that do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS

from npcompare.analysis.readings import other_readings
from npcompare.law import moved_words
from npcompare.law.date_checks import check_dates
from npcompare.law.provision_checks import check
from npcompare.law.yaml_reader import YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.law.corpus import Corpus
    from npcompare.law.yaml_reader import Pointer

FILE = TESTS / "invalid" / "np304-doubt-offences-as-coded.yaml"
DOUBT = "{extent: any, note: The words may also cover listed offences only.}"


@pytest.mark.parametrize(
    "doubt",
    [
        "{note: The words may also mean something that cannot be coded.}",
        "{extent: listed, note: The words may refer to a list.}",
        "{extent: any, excluded: [gravest], note: The gravest offences may be excluded.}",
    ],
)
def test_other_readings_of_offences_are_accepted(
    doubt: str, corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace(DOUBT, doubt), encoding="utf-8")
    assert corpus.check_external(path).problems == ()


def test_list_may_be_open_on_the_other_reading(corpus: Corpus, tmp_path: Path) -> None:
    doubt = "{extent: listed, categories: [drugs], open: true, note: The list may be an example.}"
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace(DOUBT, doubt), encoding="utf-8")
    file = corpus.check_external(path)
    assert file.problems == ()
    assert file.provision
    (reading,) = other_readings(file.provision)
    assert (file.provision.limbs[0].is_open, reading.limbs[0].is_open) == (False, True)


# --- Data of any shape ---------------------------------------------------------------------------

#: What a coder may write by mistake in place of anything else.
SHAPES: tuple[Any, ...] = (None, True, 1.5, "word", [], ["word", "word"], {}, {"word": ["word"]})


def places(pointer: Pointer, value: Any) -> Iterator[Pointer]:
    yield pointer
    children = dict(enumerate(value)) if isinstance(value, list) else value
    for key, part in children.items() if isinstance(children, dict) else ():
        yield from places((*pointer, key), part)


@pytest.mark.slow
def test_any_value_may_be_of_another_shape(corpus: Corpus) -> None:
    place_of_kind: dict[str, tuple[Any, Pointer]] = {}
    for path in sorted((TESTS.parent / "statutes").glob("*.yaml")):
        data = read_yaml(path).data
        for pointer in places((), data if "limbs" in data else None):
            kind = ".".join("*" if isinstance(key, int) else key for key in pointer)
            place_of_kind.setdefault(kind, (data, pointer))
    assert {"limbs.*.offences.doubtful.extent", "reported_wordings.*.field"} <= set(place_of_kind)
    for data, pointer in place_of_kind.values():
        for shape in SHAPES:
            content = json.dumps(moved_words._with(data, pointer, shape)).encode()
            file = YamlFile(Path("provision.yaml"), "", content)
            problems = [*check_dates(file), *check(file, corpus.codebook, ())]
            assert all(problem.line >= 1 for problem in problems)
