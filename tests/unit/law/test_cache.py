"""The cache: the same findings and outputs with it, without it and with a spoilt one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from builders import OUTPUTS
from conftest import TESTS

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.errors import Code
from npcompare.law import cache, checking
from npcompare.law.cache import Cache, CacheEntry, NullCache
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.reports.classification_report import classification_records
from npcompare.reports.records import classification_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a cache folder of its own; the packs will lie in what is returned."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "npcompare"


@pytest.fixture
def faulty(corpus_copy: Path) -> Path:
    """Give a corpus with findings and warnings of every kind that a cache could lose."""
    for path in (TESTS / "invalid").glob("*.yaml"):
        shutil.copy(path, corpus_copy)
    text = (corpus_copy / "kenya.yaml").read_text(encoding="utf-8")
    (corpus_copy / "uganda.yaml").write_text(
        text.replace("id: kenya", "id: uganda\naliases: [kenya]")
    )
    (corpus_copy / "latest.yaml").write_text(
        text.replace("id: kenya", "id: latest\nversion_of: nothing")
    )
    (corpus_copy / "doubtful.yaml").write_text(
        text.replace("id: kenya", "id: doubtful").replace(
            "  body: >-\n", "  body: >-\n    unless\n"
        )
    )
    (corpus_copy / "folder.yaml").mkdir()
    return corpus_copy


def only(packs: Path) -> Path:
    """Return the pack of the one corpus that was loaded."""
    (pack,) = packs.glob("*.pack")
    return pack


def contents(packs: Path) -> dict[str, bytes]:
    """Return what the packs of validated corpora hold: their files, and the doubts of them."""
    return {path.name: path.read_bytes() for path in packs.glob("*.pack")}


# --- The same with it and without --------------------------------------------------------------


def cut(pack: Path) -> None:
    raw = pack.read_bytes()
    pack.write_bytes(raw[: len(raw) // 2])


def flip(pack: Path) -> None:
    """Turn one letter of a law into another, as a bad disk might."""
    raw = pack.read_bytes()
    spoilt = raw.replace(b"compelled", b"compellee", 1)
    pack.write_bytes(spoilt if spoilt != raw else raw.replace(b"0", b"1", 1))


def foreign(pack: Path) -> None:
    pack.write_text("PK\x03\x04 something else\n")


def empty(pack: Path) -> None:
    pack.write_bytes(b"")


def open_to_all(pack: Path) -> None:
    pack.chmod(0o666)


def gone(pack: Path) -> None:
    pack.unlink()


def folder_in_place(pack: Path) -> None:
    pack.unlink()
    pack.mkdir()


SPOILT = [cut, flip, foreign, empty, open_to_all, gone, folder_in_place]


@pytest.mark.parametrize("view", list(OUTPUTS))
def test_every_output_is_the_same_in_every_state(
    view: str, run: Callable[..., Ran], packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    command = [*OUTPUTS[view], "--format", "json"]
    without = run(*command, "--no-cache")
    assert not packs.exists()
    assert run(*command) == without  # writes the pack
    assert run(*command) == without  # reads it
    for name in contents(packs):
        flip(packs / name)
    assert run(*command) == without
    monkeypatch.setenv("NPCOMPARE_NO_CACHE", "1")
    assert run(*command) == without


@pytest.mark.parametrize("spoil", SPOILT)
def test_findings_are_the_same_whatever_is_wrong_with_the_pack(
    spoil: Callable[[Path], None], faulty: Path, run: Callable[..., Ran], packs: Path
) -> None:
    command = ("--corpus", faulty, "validate")
    without = run("--no-cache", *command)
    assert without.code == 2
    assert {code for code in Code if f" {code} " in without.out} >= {
        *(Code.NOT_YAML, Code.UNREADABLE, Code.UNKNOWN_KEY, Code.EVIDENCE_NOT_FOUND),
        *(Code.ID_TAKEN, Code.ID_NOT_FILE_NAME, Code.VERSION_UNKNOWN, Code.EXCEPTION_UNCODED),
    }
    assert run(*command) == without
    whole = contents(packs)
    assert len(whole) == 2
    assert run(*command) == without
    for name in whole:
        spoil(packs / name)
    assert run(*command) == without
    if spoil is not folder_in_place:
        assert contents(packs) == whole  # mended


@pytest.mark.parametrize("spoil", SPOILT)
def test_classes_are_the_same_whatever_is_wrong_with_the_pack(
    spoil: Callable[[Path], None], corpus_copy: Path, run: Callable[..., Ran], packs: Path
) -> None:
    command = ("--corpus", corpus_copy, "classify", "--format", "json")
    without = run("--no-cache", *command)
    assert without.code == 0
    assert '"evidence": "a direct result of being trafficked"' in without.out
    assert run(*command) == without
    whole = contents(packs)
    assert len(whole) == 2
    assert run(*command) == without
    for name in whole:
        spoil(packs / name)
    assert run(*command) == without
    if spoil is not folder_in_place:
        assert contents(packs) == whole  # mended


def test_an_unwritable_folder_is_no_trouble(
    corpus_copy: Path, run: Callable[..., Ran], packs: Path
) -> None:
    packs.parent.mkdir()
    packs.write_text("a file where the folder would be")
    ran = run("--corpus", corpus_copy, "validate")
    assert (ran.code, ran.err) == (0, "9 files checked: no findings\n")


# --- A change is seen ---------------------------------------------------------------------------


def test_a_changed_byte_is_seen_at_the_same_size_and_time(
    corpus_copy: Path, run: Callable[..., Ran], packs: Path
) -> None:
    path = corpus_copy / "kenya.yaml"
    assert run("--corpus", corpus_copy, "validate").code == 0
    before, raw = path.stat(), path.read_bytes()
    path.write_bytes(raw.replace(b"any criminal act", b"any criminal axt", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert " NP501 " in run("--corpus", corpus_copy, "validate").out
    path.write_bytes(raw)
    assert run("--corpus", corpus_copy, "validate").code == 0
    assert contents(packs)


def test_a_changed_codebook_or_bibliography_is_seen(
    corpus_copy: Path, run: Callable[..., Ran], packs: Path
) -> None:
    (corpus_copy / "sources.yaml").write_text("mine: {title: Mine, short: Mine, kind: report}\n")
    text = (corpus_copy / "kenya.yaml").read_text().replace("ref: background-paper", "ref: mine")
    (corpus_copy / "kenya.yaml").write_text(text)
    assert run("--corpus", corpus_copy, "validate").code == 0
    (corpus_copy / "sources.yaml").write_text("yours: {title: Mine, short: Mine, kind: report}\n")
    assert " NP403 " in run("--corpus", corpus_copy, "validate").out
    (corpus_copy / "sources.yaml").write_text("mine: {title: Mine, short: Mine, kind: report}\n")
    book = (TESTS.parent / "schemas" / "codebook.yaml").read_text(encoding="utf-8")
    (corpus_copy / "codebook.yaml").write_text(book.replace("en: [unless,", "en: [unless, when,"))
    assert " NP601 " in run("--corpus", corpus_copy, "validate").out
    assert packs.exists()


def test_another_npcompare_finds_nothing(
    corpus_copy: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(corpus_copy)
    whole = only(packs).read_bytes()
    monkeypatch.setattr(checking, "__version__", "0.0.0")
    checking._program_state.cache_clear()
    load_corpus(corpus_copy)
    checking._program_state.cache_clear()
    assert only(packs).read_bytes() != whole


# --- Whom a pack is taken from ------------------------------------------------------------------


def plant(packs: Path) -> None:
    """Write another word of the law into a pack, under the right keys and with a right digest."""
    path = only(packs)
    entries = [
        msgspec.structs.replace(
            one, data=msgspec.Raw(bytes(one.data).replace(b"any criminal act", b"any petty act"))
        )
        for one in cache._read(path)
    ]
    cache._write(path, entries)


def words(corpus_copy: Path) -> bool:
    return "any criminal act" in str(load_corpus(corpus_copy).find("kenya"))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files here")
@pytest.mark.parametrize("what", ["file for all", "folder for all", "file of another", "link"])
def test_a_planted_pack_changes_no_word(
    what: str, corpus_copy: Path, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(corpus_copy)
    plant(packs)
    path = only(packs)
    assert not words(corpus_copy)  # who can write as the user is believed; nobody else is
    if what == "file for all":
        path.chmod(0o602)
    elif what == "folder for all":
        packs.chmod(0o720)
    elif what == "link":
        path.rename(packs / "elsewhere")
        path.symlink_to(packs / "elsewhere")
    else:
        monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert words(corpus_copy)


def test_what_is_kept_is_for_the_user_alone(corpus_copy: Path, packs: Path) -> None:
    load_corpus(corpus_copy)
    assert packs.stat().st_mode & 0o777 == 0o700
    assert only(packs).stat().st_mode & 0o777 == 0o600


def test_an_entry_of_another_shape_is_no_entry(corpus_copy: Path, packs: Path) -> None:
    load_corpus(corpus_copy)
    found = ((1, 1, "NP999", "message", "hint"),)
    cache._write(only(packs), [CacheEntry("0" * 64, found, msgspec.Raw(b"{}"))])  # type: ignore[arg-type]
    assert cache._read(only(packs)) == []
    assert words(corpus_copy)


# --- How it is kept -----------------------------------------------------------------------------


def test_two_processes_at_once_do_no_harm(corpus_copy: Path, packs: Path) -> None:
    command = [sys.executable, "-m", "npcompare", "--corpus", str(corpus_copy), "validate"]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(4)
    ]
    said = {one.communicate()[0] for one in started}
    assert said == {b"9 files checked: no findings\n"}
    assert sorted(len(cache._read(packs / name)) for name in contents(packs)) == [7, 9]
    assert not list(packs.glob("*.part"))


def test_a_pack_is_written_only_when_it_changes(corpus_copy: Path, packs: Path) -> None:
    load_corpus(corpus_copy)
    before = only(packs).stat()
    load_corpus(corpus_copy)
    assert only(packs).stat().st_mtime_ns == before.st_mtime_ns
    (corpus_copy / "kenya.yaml").unlink()
    load_corpus(corpus_copy)
    assert len(cache._read(only(packs))) == 8


def test_the_latest_packs_are_kept(corpus_copy: Path, packs: Path) -> None:
    load_corpus(corpus_copy)
    for number in range(40):
        (packs / f"{number}.pack").write_text("old")
        os.utime(packs / f"{number}.pack", (number, number))
    (packs / "ended.part").write_text("left by a run that was ended")
    os.utime(packs / "ended.part", (1, 1))
    (corpus_copy / "kenya.yaml").unlink()
    load_corpus(corpus_copy)
    assert len(list(packs.iterdir())) == 32
    assert (packs / "39.pack").exists()
    assert not (packs / "8.pack").exists()


def test_without_a_home_nothing_is_kept(corpus_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("pathlib.Path.home", lambda: (_ for _ in ()).throw(RuntimeError))
    assert load_corpus(corpus_copy).problems == ()


def test_no_pack_holds_nothing(packs: Path) -> None:
    pack = NullCache()
    pack.add(CacheEntry("0" * 64, (), msgspec.Raw(b"{}")))
    pack.save()
    assert not packs.exists()
    assert pack.find("0" * 64) is None


def test_pack_finds_what_was_saved(packs: Path, tmp_path: Path) -> None:
    finding = (3, 4, Code.NOT_A_WORD, "é", "")
    entry = CacheEntry("1" * 64, (finding,), msgspec.Raw(b'{"a":"\\u00e9"}'))
    pack = Cache([tmp_path])
    pack.add(entry)
    pack.add(CacheEntry("", (), msgspec.Raw(b"null")))
    pack.save()
    assert Cache([tmp_path]).find("1" * 64) == entry
    assert Cache([tmp_path]).find("") is None
    assert Cache([tmp_path / "other"]).find("1" * 64) is None
    assert only(packs).is_file()


# --- On every core ------------------------------------------------------------------------------


@pytest.mark.parametrize("cores", [1, 2])
def test_findings_are_the_same_on_one_core_and_on_two(
    cores: int, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MIN_FILES_FOR_PROCESSES", 2)
    monkeypatch.setattr(checking, "_FILES_PER_BATCH", 3)
    shown: list[int] = []

    def watch(steps: object, total: int) -> object:
        for step in steps:  # type: ignore[attr-defined]
            shown.append(total)
            yield step

    means = CheckOptions(use_cache=False, processes=cores, progress=watch)  # type: ignore[arg-type]
    found = load_corpus(faulty, means)
    assert found.problems == load_corpus(faulty, CheckOptions(use_cache=False)).problems
    assert len(shown) == shown[0] == len(found.files)


@pytest.mark.parametrize("cores", [1, 2])
def test_classes_are_the_same_on_one_core_and_on_two(
    cores: int, corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MIN_FILES_FOR_PROCESSES", 2)
    monkeypatch.setattr(checking, "_FILES_PER_BATCH", 3)
    corpus = load_corpus(corpus_copy, CheckOptions(use_cache=False, processes=cores))
    results = ClassifiedCorpus(corpus)
    records = [msgspec.json.decode(record) for record in classification_records(corpus, results)]
    assert records == [
        msgspec.to_builtins(classification_record(corpus, result)) for result in results
    ]
    assert len(records) == len(corpus.files) == 7
