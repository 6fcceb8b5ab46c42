"""What must hold of any file that is read: no exception, findings in their place, nothing lost."""

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

_CONVERSE = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}


@cache
def corpus() -> Corpus:
    """Return the bundled corpus, loaded once."""
    return load_corpus()


def reader(raw: bytes) -> None:
    """Read bytes as another reader of YAML reads them, or refuse them; what is read is written."""
    one = YamlFile(Path("a.yaml"), "a.yaml", raw)
    assert one.is_readable or one.problems
    _in_place(one.problems, raw)
    if one.problems:
        return
    written = raw.decode("utf-8-sig")
    _as_text(one.data, yaml.load(written, Loader=yaml.CBaseLoader))  # noqa: S506 - it makes text
    again = YamlFile(Path("a.yaml"), "a.yaml", dump_yaml(one.data).encode())
    assert (again.problems, again.data) == ([], one.data)


def _as_text(ours: Any, theirs: Any) -> None:
    """Assert that data is what another reader has, for whom all is text."""
    if isinstance(ours, dict):
        assert list(ours) == list(theirs)
        for key, value in ours.items():
            _as_text(value, theirs[key])
    elif isinstance(ours, list):
        assert len(ours) == len(theirs)
        for value, other in zip(ours, theirs, strict=True):
            _as_text(value, other)
    elif ours is None:
        assert theirs in ("", "~", "null", None)
    else:
        assert (str(ours).lower() if isinstance(ours, bool) else str(ours)) == theirs


def _in_place(found: Iterable[Problem], raw: bytes) -> None:
    """Assert that findings are in the file that they are about, and can be shown."""
    lines = re.split(r"\r?\n|\r\Z", raw.decode("utf-8-sig", "replace"))
    widest = max(map(len, lines))
    for one in found:
        assert 1 <= one.line <= len(lines), one
        assert 1 <= one.column <= widest + 2, one
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", str(one)), one
        one.hint.encode()


def validator(raw: bytes) -> None:
    """Check a file: findings are in their place, or it is a provision that is like itself."""
    held = corpus()
    one = YamlFile(Path("a.yaml"), "a.yaml", raw)
    found = [*one.problems, *(held.checks.find(one) if one.is_readable else ())]
    _in_place(found, raw)
    assert msgspec.json.decode(msgspec.json.encode(one.data)) == one.data
    if refusals(found) or not one.is_readable:
        return
    made = classify(held.codebook, parse_provision(one.data))
    itself = compare(held.codebook, made, made)
    relations = {each.relation for each in itself.dimensions} | {itself.overall}
    assert relations <= {Relation.SAME, Relation.UNKNOWN}
    for other in (classify(held.codebook, each) for each in held.select(["kenya", "coe-26"])):
        forth, back = compare(held.codebook, made, other), compare(held.codebook, other, made)
        for here, there in zip(forth.dimensions, back.dimensions, strict=True):
            assert there.relation is _CONVERSE.get(here.relation, here.relation)
        assert back.overall is _CONVERSE.get(forth.overall, forth.overall)
    _in_place(doubts(held.codebook, parse_provision(one.data), lambda: one), raw)


def suggestion(raw: bytes) -> None:
    """Whatever is proposed rests on words of the text, and the file of it is read again."""
    held = corpus()
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if not words.strip():
        return
    reading = suggest(held.codebook, words)
    places = [(one.start, one.end) for one in reading.proposals]
    for start, end in (*places, *reading.unread):
        assert 0 <= start < end <= len(words)
        assert fold(words[start:end]) == reading.words(start, end) != ""
    suggestions(held, reading, classify_suggestion(held.codebook, reading))
    try:
        made = skeleton(held.codebook, "utopia", reading, "s.json")
    except NpcompareError as error:
        if "control character" in error.message:
            return
        raise
    first = YamlFile(Path("utopia.yaml"), "utopia.yaml", made.encode())
    assert first.problems == []
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join(line if line.strip() else "" for line in lines).strip("\n")
    assert (first.data["text"]["body"] or "") == kept
    # Once the proposals are confirmed, each rests on words that are found.
    before, limbs = made.split("limbs:", 1)
    limbs = re.sub("^# (?=- id|  |burden|standard)", "", limbs, flags=re.MULTILINE)
    confirmed = YamlFile(Path("utopia.yaml"), "utopia.yaml", f"{before}limbs:{limbs}".encode())
    assert confirmed.problems == []
    start = before.count("\n") + 1
    found = [one for one in held.checks.find(confirmed) if one.line >= start]
    # Of two forces the coder has to choose one; what no words give stands empty.
    open_ = ("force of limb", "offences.extent of limb", "limbs is empty")
    codes = {one.code for one in found if not one.message.startswith(open_)}
    assert codes <= {Code.EVIDENCE_AMBIGUOUS, Code.CODING_CONFLICT}


def filed_json(raw: bytes) -> None:
    """JSON is an annex or is refused with a sentence."""
    with suppress(NpcompareError):
        _used(annex_reader.read_json(raw))


def filed_docx(raw: bytes) -> None:
    """Read a Word file, or parts put into one of ours: an annex, or refused with a sentence."""
    if raw.startswith(b"PK"):
        contents = [raw]
    else:
        document, _, properties = raw.partition(b"\x00")
        parts = {"word/document.xml": document, "docProps/custom.xml": properties}
        contents = [_with(part, content) for part, content in parts.items() if content]
    for content in contents:
        with suppress(NpcompareError):
            _used(annex_reader.read_docx(content))


def _used(old: FiledAnnex) -> None:
    """Use an annex that was read for all that one is read for; raise NpcompareError at worst."""
    held, made = corpus(), _made()
    assert plain.write(annex_verification.verification(held, old, _read_back()))
    with suppress(NpcompareError):
        annex_revisions.tracked(made, old)
    with suppress(NpcompareError):
        assert word.write(annex_revisions.tracked(made, replace(old, recipe=made.recipe)))
    ids, wish = annex_recipe.asked(old.recipe)
    results = [classify(held.codebook, one) for one in held.select(held.known_names(ids))]
    assert annex_layouts.export(held, results, wish).tables


@cache
def _made() -> Document:
    return annex_layouts.export(corpus(), [_kenya()], annex_recipe.Wish())


@cache
def _kenya() -> Classification:
    return classify(corpus().codebook, corpus().find("kenya"))


@cache
def _ours() -> bytes:
    return word.write(_made())


@cache
def _read_back() -> FiledAnnex:
    return annex_reader.read_docx(_ours())


def parts_of_ours() -> tuple[bytes, bytes]:
    """Return the two parts of a Word file of ours that are read."""
    with zipfile.ZipFile(io.BytesIO(_ours())) as parts:
        return parts.read("word/document.xml"), parts.read("docProps/custom.xml")


def _with(part: str, content: bytes) -> bytes:
    """Return a Word file of ours with other content in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_ours())) as parts, zipfile.ZipFile(made, "w") as whole:
        for name in parts.namelist():
            whole.writestr(name, content if name == part else parts.read(name))
    return made.getvalue()


def pack(raw: bytes) -> None:
    """Whatever lies where entries are kept, it is read as entries or as nothing."""
    import os
    from hashlib import sha256

    with tempfile.TemporaryDirectory() as name:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = name
        try:
            place = Path(name) / "corpus"
            first = Cache([place])
            first.add(CacheEntry("key", (), msgspec.Raw(b"{}")))
            first.save()
            (path,) = (Path(name) / "npcompare").glob("*.pack")
            assert Cache([place]).find("key") is not None
            for content in (raw, raw + b"\n" + sha256(raw + b"\n").hexdigest().encode()):
                path.write_bytes(content)
                held = Cache([place])
                found = held.find("key")
                assert found is None or found.key == "key"
                held.add(CacheEntry("other", (), msgspec.Raw(b"[]")))
                held.save()
                assert Cache([place]).find("other") is not None
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
