"""The cache: outputs do not depend on it, and a damaged or foreign one is ignored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
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

    from conftest import Ran


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that will contain the cache files of this test and of no other."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "npcompare"


@pytest.fixture
def faulty_corpus(corpus_copy: Path) -> Path:
    """Return a corpus with every kind of finding and warning that a cache could lose."""
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


def cache_file(own_cache: Path) -> Path:
    """Return the only cache file."""
    (path,) = own_cache.glob("*.pack")
    return path


def contents(own_cache: Path) -> dict[str, bytes]:
    """Return the content of each cache file, by name.

    A validated corpus has two: one for its files and one for the warnings of `suggest`.
    """
    return {path.name: path.read_bytes() for path in own_cache.glob("*.pack")}


# --- Outputs do not depend on the cache ---------------------------------------------------------


def truncate(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def change_a_letter(path: Path) -> None:
    """Change one letter of a law, as a failing disk could."""
    raw = path.read_bytes()
    damaged = raw.replace(b"compelled", b"compellee", 1)
    path.write_bytes(damaged if damaged != raw else raw.replace(b"0", b"1", 1))


def write_another_format(path: Path) -> None:
    path.write_text("PK\x03\x04 something else\n")


def clear(path: Path) -> None:
    path.write_bytes(b"")


def make_writable_by_all(path: Path) -> None:
    path.chmod(0o666)


def delete(path: Path) -> None:
    path.unlink()


def replace_with_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def seal_other_bytes(path: Path) -> None:
    """Write bytes that are not UTF-8, with the digest of the file that they make."""
    lines = path.read_bytes()[:-64].replace(b"a", b"\xff")
    path.write_bytes(lines + sha256(lines).hexdigest().encode())


DAMAGE = [
    truncate,
    change_a_letter,
    seal_other_bytes,
    write_another_format,
    clear,
    make_writable_by_all,
    delete,
    replace_with_a_folder,
]


@pytest.mark.slow
@pytest.mark.parametrize("output", list(OUTPUTS))
def test_outputs_do_not_depend_on_the_cache(
    output: str, run: Callable[..., Ran], own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    command = [*OUTPUTS[output], "--format", "json"]
    expected = run(*command, "--no-cache")
    assert not own_cache.exists()
    assert run(*command) == expected  # This run writes the cache.
    assert run(*command) == expected  # This run reads it.
    for name in contents(own_cache):
        change_a_letter(own_cache / name)
    assert run(*command) == expected
    monkeypatch.setenv("NPCOMPARE_NO_CACHE", "1")
    assert run(*command) == expected


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_findings_are_the_same_with_a_damaged_cache(
    damage: Callable[[Path], None], faulty_corpus: Path, run: Callable[..., Ran], own_cache: Path
) -> None:
    command = ("--corpus", faulty_corpus, "validate")
    expected = run("--no-cache", *command)
    assert expected.code == 2
    assert {code for code in Code if f" {code} " in expected.out} >= {
        *(Code.NOT_YAML, Code.UNREADABLE, Code.UNKNOWN_KEY, Code.EVIDENCE_NOT_FOUND),
        *(Code.ID_TAKEN, Code.ID_NOT_FILE_NAME, Code.VERSION_UNKNOWN, Code.EXCEPTION_UNCODED),
    }
    assert run(*command) == expected
    intact = contents(own_cache)
    assert len(intact) == 2
    assert run(*command) == expected
    for name in intact:
        damage(own_cache / name)
    assert run(*command) == expected
    if damage is not replace_with_a_folder:
        assert contents(own_cache) == intact  # It was written again.


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_classes_are_the_same_with_a_damaged_cache(
    damage: Callable[[Path], None], corpus_copy: Path, run: Callable[..., Ran], own_cache: Path
) -> None:
    command = ("--corpus", corpus_copy, "classify", "--format", "json")
    expected = run("--no-cache", *command)
    assert expected.code == 0
    assert '"evidence": "a direct result of being trafficked"' in expected.out
    assert run(*command) == expected
    intact = contents(own_cache)
    assert len(intact) == 2
    assert run(*command) == expected
    for name in intact:
        damage(own_cache / name)
    assert run(*command) == expected
    if damage is not replace_with_a_folder:
        assert contents(own_cache) == intact  # It was written again.


def test_unwritable_cache_folder_is_ignored(
    corpus_copy: Path, run: Callable[..., Ran], own_cache: Path
) -> None:
    own_cache.parent.mkdir()
    own_cache.write_text("a file in the place of the folder")
    ran = run("--corpus", corpus_copy, "validate")
    assert (ran.code, ran.err) == (0, "9 files checked: no findings\n")


# --- A change is noticed ------------------------------------------------------------------------


def test_changed_byte_is_noticed_at_same_size_and_time(
    corpus_copy: Path, run: Callable[..., Ran], own_cache: Path
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
    assert contents(own_cache)


def test_changed_codebook_or_bibliography_is_noticed(
    corpus_copy: Path, run: Callable[..., Ran], own_cache: Path
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
    assert own_cache.exists()


@pytest.mark.further
def test_other_program_versions_do_not_share_entries(
    corpus_copy: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(corpus_copy)
    before = cache_file(own_cache).read_bytes()
    monkeypatch.setattr(checking, "__version__", "0.0.0")
    checking._program_state.cache_clear()
    load_corpus(corpus_copy)
    checking._program_state.cache_clear()
    assert cache_file(own_cache).read_bytes() != before


def test_cache_key_covers_modules_in_every_folder() -> None:
    package = Path(checking.__file__).parents[1]
    paths = {Path(module.path) for module in checking._modules(str(package))}
    assert paths == set(package.rglob("*.py"))


# --- Only the user's own cache is read -----------------------------------------------------------


def forge(own_cache: Path) -> None:
    """Change the words of a law in the cache file, and make its keys and digest match."""
    path = cache_file(own_cache)
    entries = [
        msgspec.structs.replace(
            entry,
            data=msgspec.Raw(bytes(entry.data).replace(b"any criminal act", b"any petty act")),
        )
        for entry in cache._read(path)
    ]
    cache._write(path, entries)


def has_original_words(corpus_copy: Path) -> bool:
    return "any criminal act" in str(load_corpus(corpus_copy).find("kenya"))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")
@pytest.mark.parametrize(
    "weakness", ["writable file", "writable folder", "another owner", "symbolic link"]
)
def test_cache_that_others_can_write_is_ignored(
    weakness: str, corpus_copy: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(corpus_copy)
    forge(own_cache)
    path = cache_file(own_cache)
    # A cache file that only the user can write is trusted.
    assert not has_original_words(corpus_copy)
    if weakness == "writable file":
        path.chmod(0o602)
    elif weakness == "writable folder":
        own_cache.chmod(0o720)
    elif weakness == "symbolic link":
        path.rename(own_cache / "elsewhere")
        path.symlink_to(own_cache / "elsewhere")
    else:
        monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert has_original_words(corpus_copy)


def test_only_the_user_can_read_the_cache(corpus_copy: Path, own_cache: Path) -> None:
    load_corpus(corpus_copy)
    assert own_cache.stat().st_mode & 0o777 == 0o700
    assert cache_file(own_cache).stat().st_mode & 0o777 == 0o600


def test_entry_with_an_unknown_code_is_ignored(corpus_copy: Path, own_cache: Path) -> None:
    load_corpus(corpus_copy)
    findings = ((1, 1, "NP999", "message", "hint"),)
    cache._write(cache_file(own_cache), [CacheEntry("0" * 64, findings, msgspec.Raw(b"{}"))])  # type: ignore[arg-type]
    assert cache._read(cache_file(own_cache)) == []
    assert has_original_words(corpus_copy)


# --- How it is stored ---------------------------------------------------------------------------


@pytest.mark.slow
def test_concurrent_processes_do_not_damage_the_cache(corpus_copy: Path, own_cache: Path) -> None:
    command = [sys.executable, "-m", "npcompare", "--corpus", str(corpus_copy), "validate"]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(4)
    ]
    outputs = {process.communicate()[0] for process in processes}
    assert outputs == {b"9 files checked: no findings\n"}
    # The third file has the phrase book.
    sizes = sorted(len(cache._read(own_cache / name)) for name in contents(own_cache))
    assert sizes == [1, 7, 9]
    assert not list(own_cache.glob("*.part"))


def test_cache_is_written_only_if_it_changes(corpus_copy: Path, own_cache: Path) -> None:
    load_corpus(corpus_copy)
    before = cache_file(own_cache).stat()
    load_corpus(corpus_copy)
    assert cache_file(own_cache).stat().st_mtime_ns == before.st_mtime_ns
    (corpus_copy / "kenya.yaml").unlink()
    load_corpus(corpus_copy)
    assert len(cache._read(cache_file(own_cache))) == 8


def test_only_the_latest_32_cache_files_are_kept(corpus_copy: Path, own_cache: Path) -> None:
    load_corpus(corpus_copy)
    for number in range(40):
        (own_cache / f"{number}.pack").write_text("old")
        os.utime(own_cache / f"{number}.pack", (number, number))
    (own_cache / "interrupted.part").write_text("left by a run that was interrupted")
    os.utime(own_cache / "interrupted.part", (1, 1))
    (corpus_copy / "kenya.yaml").unlink()
    load_corpus(corpus_copy)
    assert len(list(own_cache.iterdir())) == 32
    assert (own_cache / "39.pack").exists()
    assert not (own_cache / "8.pack").exists()


def test_nothing_is_cached_without_a_home_folder(
    corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("pathlib.Path.home", lambda: (_ for _ in ()).throw(RuntimeError))
    assert load_corpus(corpus_copy).problems == ()


def test_nothing_is_cached_in_the_current_folder(
    corpus_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home without an absolute path would be there."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "home")
    assert load_corpus(corpus_copy).problems == ()
    assert list((tmp_path / "here").iterdir()) == []


def test_null_cache_stores_nothing(own_cache: Path) -> None:
    null_cache = NullCache()
    null_cache.add(CacheEntry("0" * 64, (), msgspec.Raw(b"{}")))
    null_cache.save()
    assert not own_cache.exists()
    assert null_cache.find("0" * 64) is None


def test_cache_returns_saved_entries(own_cache: Path, tmp_path: Path) -> None:
    finding = (3, 4, Code.NOT_A_WORD, "é", "")
    entry = CacheEntry("1" * 64, (finding,), msgspec.Raw(b'{"a":"\\u00e9"}'))
    first_run = Cache([tmp_path])
    first_run.add(entry)
    first_run.add(CacheEntry("", (), msgspec.Raw(b"null")))
    first_run.save()
    assert Cache([tmp_path]).find("1" * 64) == entry
    assert Cache([tmp_path]).find("") is None
    assert Cache([tmp_path / "other"]).find("1" * 64) is None
    assert cache_file(own_cache).is_file()


# --- Several processes --------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_findings_do_not_depend_on_the_process_count(
    processes: int, faulty_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MIN_FILES_FOR_PROCESSES", 2)
    monkeypatch.setattr(checking, "_FILES_PER_BATCH", 3)
    totals: list[int] = []

    def watch(steps: object, total: int) -> object:
        for step in steps:  # type: ignore[attr-defined]
            totals.append(total)
            yield step

    options = CheckOptions(use_cache=False, processes=processes, progress=watch)  # type: ignore[arg-type]
    corpus = load_corpus(faulty_corpus, options)
    assert corpus.problems == load_corpus(faulty_corpus, CheckOptions(use_cache=False)).problems
    assert len(totals) == totals[0] == len(corpus.files)


@pytest.mark.further
@pytest.mark.parametrize("processes", [1, 2])
def test_classes_do_not_depend_on_the_process_count(
    processes: int, corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MIN_FILES_FOR_PROCESSES", 2)
    monkeypatch.setattr(checking, "_FILES_PER_BATCH", 3)
    corpus = load_corpus(corpus_copy, CheckOptions(use_cache=False, processes=processes))
    results = ClassifiedCorpus(corpus)
    records = [msgspec.json.decode(record) for record in classification_records(corpus, results)]
    assert records == [
        msgspec.to_builtins(classification_record(corpus, result)) for result in results
    ]
    assert len(records) == len(corpus.files) == 7
