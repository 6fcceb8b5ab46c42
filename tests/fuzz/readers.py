"""Properties of every reader: no exception, findings at their places, and nothing lost."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.coding.coding_doubts import doubts
from npcompare.coding.new_provision import skeleton
from npcompare.coding.suggestions import classify_suggestion, suggest
from npcompare.errors import Code, NpcompareError, Problem, refusals
from npcompare.formats import annex_reader, plain, word
from npcompare.law.cache import Cache, CacheEntry
from npcompare.law.corpus import Corpus, load_corpus
from npcompare.law.provision_parser import parse_provision
from npcompare.law.yaml_reader import YamlFile, dump_yaml
from npcompare.model.results import Relation
from npcompare.reports import annex_layouts, annex_recipe, annex_revisions, annex_verification
from npcompare.reports.suggestion_report import suggestions
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.document import Document, FiledAnnex
    from npcompare.model.results import Classification

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_CONVERSE = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}


@cache
def corpus() -> Corpus:
    """Return the bundled corpus, loaded once."""
    return load_corpus()


def reader(raw: bytes) -> None:
    """Assert that bytes are refused, or read as PyYAML reads them and written back."""
    file = YamlFile(Path("a.yaml"), "a.yaml", raw)
    assert file.is_readable or file.problems
    check_findings(file.problems, raw)
    if file.problems:
        return
    text = raw.decode("utf-8-sig")
    _check_data(file.data, yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - only strings
    reread = YamlFile(Path("a.yaml"), "a.yaml", dump_yaml(file.data).encode())
    assert (reread.problems, reread.data) == ([], file.data)


def _check_data(data: Any, strings: Any) -> None:
    """Assert that data is what PyYAML's base loader reads, which reads all scalars as strings."""
    if isinstance(data, dict):
        assert list(data) == list(strings)
        for key, value in data.items():
            _check_data(value, strings[key])
    elif isinstance(data, list):
        assert len(data) == len(strings)
        for value, string in zip(data, strings, strict=True):
            _check_data(value, string)
    elif data is None:
        assert strings in ("", "~", "null", None)
    else:
        assert (str(data).lower() if isinstance(data, bool) else str(data)) == strings


def check_findings(problems: Iterable[Problem], raw: bytes) -> None:
    """Assert that findings are at places of the file and have no control characters."""
    lines = re.split(r"\r?\n|\r\Z", raw.decode("utf-8-sig", "replace"))
    widest = max(map(len, lines))
    for problem in problems:
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= widest + 2, problem
        assert not CONTROLS.search(str(problem)), problem
        problem.hint.encode()


def validator(raw: bytes) -> None:
    """Assert that findings are at places of the file, or that comparisons are consistent."""
    book = corpus().codebook
    file = YamlFile(Path("a.yaml"), "a.yaml", raw)
    problems = [*file.problems, *(corpus().checks.find(file) if file.is_readable else ())]
    check_findings(problems, raw)
    assert msgspec.json.decode(msgspec.json.encode(file.data)) == file.data
    if refusals(problems) or not file.is_readable:
        return
    provision = parse_provision(file.data)
    _check_comparisons(classify(book, provision))
    check_findings(doubts(book, provision, lambda: file), raw)


def _check_comparisons(left: Classification) -> None:
    """Assert that a provision is the same as itself, and that comparisons have a converse."""
    book = corpus().codebook
    itself = compare(book, left, left)
    relations = {compared.relation for compared in itself.dimensions} | {itself.overall}
    assert relations <= {Relation.SAME, Relation.UNKNOWN}
    for provision in corpus().select(["kenya", "coe-26"]):
        right = classify(book, provision)
        forward, backward = compare(book, left, right), compare(book, right, left)
        for result, converse in zip(forward.dimensions, backward.dimensions, strict=True):
            assert converse.relation is _CONVERSE.get(result.relation, result.relation)
        assert backward.overall is _CONVERSE.get(forward.overall, forward.overall)


def suggestion(raw: bytes) -> None:
    """Assert that each proposal quotes the text, and that the file made from them is valid."""
    book = corpus().codebook
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if not words.strip():
        return
    try:
        reading = suggest(book, words)
    except NpcompareError as error:
        if "a language that the phrase book does not have" in error.message:
            return
        raise
    places = [(proposal.start, proposal.end) for proposal in reading.proposals]
    for start, end in (*places, *reading.unread):
        assert 0 <= start < end <= len(words)
        assert fold(words[start:end]) == reading.words(start, end) != ""
    suggestions(corpus(), reading, classify_suggestion(book, reading))
    try:
        content = skeleton(book, "utopia", reading, "s.json")
    except NpcompareError as error:
        if "control character" in error.message:
            return
        raise
    draft = YamlFile(Path("utopia.yaml"), "utopia.yaml", content.encode())
    assert draft.problems == []
    lines = re.split("\r\n|[\r\n\f\v\x85\u2028\u2029]", words)
    body = "\n".join(line if line.strip() else "" for line in lines).strip("\n")
    assert (draft.data["text"]["body"] or "") == body
    _check_confirmed(content)


def _check_confirmed(content: str) -> None:
    """Assert that a draft has no finding on its quotations once its proposals are confirmed."""
    before, limbs = content.split("limbs:", 1)
    limbs = re.sub("^# (?=- id|  |burden|standard)", "", limbs, flags=re.MULTILINE)
    confirmed = YamlFile(Path("utopia.yaml"), "utopia.yaml", f"{before}limbs:{limbs}".encode())
    assert confirmed.problems == []
    start = before.count("\n") + 1
    problems = [problem for problem in corpus().checks.find(confirmed) if problem.line >= start]
    # The coder has to choose between two forces, and to fill in fields without a proposal.
    expected = ("force of limb", "offences.extent of limb", "limbs is empty")
    codes = {problem.code for problem in problems if not problem.message.startswith(expected)}
    assert codes <= {Code.EVIDENCE_AMBIGUOUS, Code.CODING_CONFLICT}


def filed_json(raw: bytes) -> None:
    """Assert that JSON is read as an annex or refused with a sentence."""
    with suppress(NpcompareError):
        use_filed(annex_reader.read_json(raw))


def filed_docx(raw: bytes) -> None:
    """Assert that a Word file, or a sample with these parts, is read or refused with a sentence."""
    if raw.startswith(b"PK"):
        contents = [raw]
    else:
        document, _, properties = raw.partition(b"\x00")
        parts = {"word/document.xml": document, "docProps/custom.xml": properties}
        contents = [_with_part(part, content) for part, content in parts.items() if content]
    for content in contents:
        with suppress(NpcompareError):
            use_filed(annex_reader.read_docx(content))


def use_filed(filed: FiledAnnex) -> None:
    """Verify, revise and export a filed annex; the only error may be NpcompareError."""
    bundled, current = corpus(), sample_annex()
    assert plain.write(annex_verification.verification(bundled, filed, _sample_read_back()))
    with suppress(NpcompareError):
        annex_revisions.tracked(current, filed)
    with suppress(NpcompareError):
        assert word.write(annex_revisions.tracked(current, replace(filed, recipe=current.recipe)))
    ids, wish = annex_recipe.asked(filed.recipe)
    provisions = bundled.select(bundled.known_names(ids))
    results = [classify(bundled.codebook, provision) for provision in provisions]
    assert annex_layouts.export(bundled, results, wish).tables


@cache
def sample_annex() -> Document:
    return annex_layouts.export(corpus(), [kenya()], annex_recipe.Wish())


@cache
def kenya() -> Classification:
    return classify(corpus().codebook, corpus().find("kenya"))


@cache
def _sample_word_file() -> bytes:
    return word.write(sample_annex())


@cache
def _sample_read_back() -> FiledAnnex:
    return annex_reader.read_docx(_sample_word_file())


def sample_word_parts() -> tuple[bytes, bytes]:
    """Return the two parts of the sample Word file that the reader uses."""
    with zipfile.ZipFile(io.BytesIO(_sample_word_file())) as parts:
        return parts.read("word/document.xml"), parts.read("docProps/custom.xml")


def _with_part(part: str, content: bytes) -> bytes:
    """Return the sample Word file with other content in one of its parts."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_sample_word_file())) as parts,
        zipfile.ZipFile(buffer, "w") as result,
    ):
        for name in parts.namelist():
            result.writestr(name, content if name == part else parts.read(name))
    return buffer.getvalue()


def pack(raw: bytes) -> None:
    """Assert that any content of a cache file is read as entries or ignored."""
    import os
    from hashlib import sha256

    with tempfile.TemporaryDirectory() as name:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = name
        try:
            folder = Path(name) / "corpus"
            cache = Cache([folder])
            cache.add(CacheEntry("key", (), msgspec.Raw(b"{}")))
            cache.save()
            (path,) = (Path(name) / "npcompare").glob("*.pack")
            assert Cache([folder]).find("key") is not None
            for content in (raw, raw + b"\n" + sha256(raw + b"\n").hexdigest().encode()):
                path.write_bytes(content)
                damaged = Cache([folder])
                entry = damaged.find("key")
                assert entry is None or entry.key == "key"
                damaged.add(CacheEntry("other", (), msgspec.Raw(b"[]")))
                damaged.save()
                assert Cache([folder]).find("other") is not None
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
