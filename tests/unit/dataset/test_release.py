"""The folder of a release: what is in it, and when it may be written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from npcompare.dataset.csv_table import csv_bytes
from npcompare.dataset.folder import check_replaceable, is_release, write_folder
from npcompare.dataset.release import notes_on_missing_files, release_contents, release_of
from npcompare.dataset.tables import Column, Table, layout
from npcompare.errors import NpcompareError
from npcompare.files import show_path
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

    from npcompare.law.corpus import Corpus

#: The files of a release that others have made something of.
MARKED = {"datapackage.json": b'{"npcompare": {}}', "SHA256SUMS": b"0  datapackage.json\n"}


@pytest.fixture(scope="module")
def contents(varied: Corpus) -> dict[str, bytes]:
    """Return the files of the release of a small corpus."""
    return dict(release_contents(release_of(varied)))


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


@pytest.mark.slow
def test_release_has_the_same_bytes_twice(varied: Corpus, contents: dict[str, bytes]) -> None:
    assert dict(release_contents(release_of(varied))) == contents


@pytest.mark.further
def test_missing_extra_leaves_files_out(
    varied: Corpus, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"parquet/{layout()[0].name}.parquet" in contents
    monkeypatch.setattr("npcompare.dataset.release.has_extra", lambda _: False)
    without = dict(release_contents(release_of(varied)))
    changed = {"README.md", "SHA256SUMS"}
    assert {name: raw for name, raw in without.items() if name not in changed} == {
        name: raw
        for name, raw in contents.items()
        if name not in changed and not name.startswith(("parquet/", "codebook.pdf"))
    }
    assert b"parquet" not in without["README.md"]
    _, of_pdf, of_parquet = notes_on_missing_files(varied)
    assert of_pdf.startswith("codebook.pdf was left out, as typst is not installed; install it ")
    assert of_parquet.startswith("parquet/ was left out, as pyarrow is not installed; install it ")


def test_corpus_without_a_title_is_told_so(varied: Corpus, contents: dict[str, bytes]) -> None:
    names = "CITATION.cff", ".zenodo.json", "dataset.yaml"
    assert contents.keys().isdisjoint(names)
    path = f"{show_path(varied.folder)}/dataset.yaml"
    (note,) = notes_on_missing_files(varied)
    assert note == (
        "CITATION.cff, .zenodo.json and dataset.yaml were left out, as the corpus has no title and "
        f"no creators; to have them, describe it in {path}"
    )


def test_checksums_are_those_of_all_files(contents: dict[str, bytes]) -> None:
    lines = [line.split("  ") for line in contents["SHA256SUMS"].decode().splitlines()]
    assert {name: checksum for checksum, name in lines} == {
        name: hashlib.sha256(raw).hexdigest()
        for name, raw in contents.items()
        if name != "SHA256SUMS"
    }


def test_readme_names_every_file(contents: dict[str, bytes]) -> None:
    readme = contents["README.md"].decode()
    names = [re.sub("^parquet/.*", "parquet/", name) for name in contents]
    assert {name for name in names if f"`{name}`" not in readme} == {"README.md"}
    assert "| `contributors.csv` | 1 |" in readme


def test_tables_are_described_twice(contents: dict[str, bytes]) -> None:
    """CSVW and Frictionless have the same tables, columns and keys, as far as they can."""
    csvw = {
        table["url"]: table["tableSchema"]
        for table in json.loads(contents["csvw-metadata.json"])["tables"]
    }
    package = {
        each["path"]: each["schema"]
        for each in json.loads(contents["datapackage.json"])["resources"]
    }
    assert list(csvw) == list(package) == [table.file_name for table in layout()]
    for name, schema in csvw.items():
        header = contents[name].decode().partition("\r\n")[0].split(",")
        assert header == [column["name"] for column in schema["columns"]]
        assert header == [field["name"] for field in package[name]["fields"]]
        assert schema["primaryKey"] == package[name]["primaryKey"]


def test_one_collection_is_released_alone(varied: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its references to provisions of other collections are left out."""
    monkeypatch.setattr("npcompare.dataset.release.release_files", tuple)
    release = release_of(varied, "world")
    provisions = {row[0]: row for row in release.tables["provisions"].rows}
    assert "kenya" not in provisions
    place = release.tables["provisions"].place("version_of")
    assert provisions["belgium-264"][place] is None
    assert provisions["belgium-264"][place + 1] == "belgium-433quinquies-5"
    readme = dict(release_contents(release))["README.md"].decode()
    assert "`succeeds`: 2 references to provisions of other collections." in readme
    with pytest.raises(NpcompareError, match="there is no collection"):
        release_of(varied, "moon")


# --- CSV ----------------------------------------------------------------------------------------


def table(separator: str, *values: Any) -> Table:
    columns = (Column("id", ""), Column("words", "", separator=separator))
    return Table("example", "", is_derived=False, columns=columns, primary_key=("id",), rows=values)


def test_cell_keeps_every_character() -> None:
    text = ' "a", b\n\tc\r\n=1+1 لا é '
    raw = csv_bytes(table(";", (text, ("d", "e"))))
    assert raw.startswith(b"id,words\r\n")
    assert rows(raw) == [{"id": text, "words": "d;e"}]


def test_empty_cell_is_null() -> None:
    assert csv_bytes(table(";", (None, ()))) == b"id,words\r\n,\r\n"


def test_item_cannot_contain_the_separator() -> None:
    with pytest.raises(NpcompareError, match=r"an item of example\.words contains a line break"):
        csv_bytes(table("\n", ("a", ("b\nc",))))


# --- Writing ------------------------------------------------------------------------------------


def test_folder_is_written_whole(tmp_path: Path) -> None:
    assert write_folder({"a.csv": b"a", "deep/b.csv": b"b"}.items(), tmp_path / "out") == 2
    assert (tmp_path / "out" / "deep" / "b.csv").read_bytes() == b"b"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_failed_folder_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NpcompareError, match="out cannot be written"):
        write_folder({"a.csv": b"a", "a.csv/b.csv": b"b"}.items(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_release_stays_if_another_fails(tmp_path: Path) -> None:
    def interrupted() -> Iterator[tuple[str, bytes]]:
        yield "a.csv", b"new"
        raise KeyboardInterrupt

    write_folder(MARKED.items(), tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        write_folder(interrupted(), tmp_path / "out", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == MARKED


def test_release_is_put_back_if_it_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    write_folder(MARKED.items(), tmp_path / "out")
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NpcompareError, match="out cannot be written: Input/output error"):
        write_folder({"a.csv": b"a"}.items(), tmp_path / "out", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == MARKED


def test_release_is_replaced_with_force(tmp_path: Path) -> None:
    write_folder(MARKED.items(), tmp_path / "out")
    with pytest.raises(NpcompareError, match="already exists") as refused:
        write_folder({"a.csv": b"a"}.items(), tmp_path / "out")
    assert "--force" in refused.value.hint
    write_folder({"a.csv": b"a"}.items(), tmp_path / "out", force=True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("thesis.docx", b"", "is a folder with other files"),
        ("datapackage.json", b'{"name": "another"}', "is a folder with other files"),
        ("datapackage.json", b"[" * 100_000, "is a folder with other files"),
    ],
)
def test_other_folder_is_never_replaced(
    name: str, raw: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(NpcompareError, match=message):
        check_replaceable(tmp_path, force=True)
    assert (tmp_path / name).read_bytes() == raw


def test_release_with_another_file_is_not_replaced(tmp_path: Path) -> None:
    write_folder(MARKED.items(), tmp_path / "out")
    (tmp_path / "out" / "thesis.docx").write_bytes(b"")
    with pytest.raises(NpcompareError, match=r"thesis\.docx is not a file of the release"):
        check_replaceable(tmp_path / "out", force=True)


@pytest.mark.parametrize("name", ["kenya.yaml", "own/Kenya.YML"])
def test_coded_file_in_a_release_is_kept(name: str, tmp_path: Path) -> None:
    """Anyone may have written the list of its files."""
    listed = MARKED["SHA256SUMS"] + f"0  {name}\n".encode()
    write_folder({**MARKED, name: b"id: kenya", "SHA256SUMS": listed}.items(), tmp_path / "out")
    with pytest.raises(NpcompareError, match="is not a file of the release"):
        write_folder(MARKED.items(), tmp_path / "out", force=True)
    assert (tmp_path / "out" / name).read_bytes() == b"id: kenya"


@pytest.mark.parametrize("name", ["notes.txt", "notes"])
def test_link_in_a_release_is_kept(name: str, tmp_path: Path) -> None:
    listed = MARKED["SHA256SUMS"] + f"0  {name}\n".encode()
    write_folder({**MARKED, "SHA256SUMS": listed}.items(), tmp_path / "out")
    (tmp_path / "notes").mkdir()
    (tmp_path / "out" / name).symlink_to(tmp_path / "notes")
    with pytest.raises(NpcompareError, match="is not a file of the release"):
        write_folder(MARKED.items(), tmp_path / "out", force=True)
    assert (tmp_path / "out" / name).is_symlink()


@pytest.mark.parametrize("name", ["datapackage.json", "SHA256SUMS"])
def test_link_out_of_a_release_describes_nothing(name: str, tmp_path: Path) -> None:
    write_folder(MARKED.items(), tmp_path / "out")
    (tmp_path / "out" / name).rename(tmp_path / name)
    (tmp_path / "out" / name).symlink_to(tmp_path / name)
    with pytest.raises(NpcompareError, match=r"other files|is not a file of the release"):
        write_folder(MARKED.items(), tmp_path / "out", force=True)
    assert is_release(tmp_path / "out") is (name == "SHA256SUMS")


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder({"a.csv": b"a"}.items(), tmp_path / "out")
    assert (tmp_path / "out" / "a.csv").read_bytes() == b"a"


def test_command_says_what_it_wrote(
    run: Callable[..., Ran], varied_folder: Path, tmp_path: Path
) -> None:
    ran = run("release", tmp_path / "data", "--corpus", varied_folder, "--collection", "paper")
    assert ran.code == 0, ran.err
    count = sum(path.is_file() for path in (tmp_path / "data").rglob("*"))
    assert ran.err.splitlines() == [
        f"wrote {count} files with 11 provisions to {tmp_path / 'data'}",
        "6 references to provisions of other collections left out",
        *notes_on_missing_files(load_corpus(varied_folder)),
    ]


def test_folder_is_checked_before_the_corpus(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("release", tmp_path / "missing" / "data", "--corpus", tmp_path / "none")
    assert ran.code == 2
    assert "there is no folder" in ran.err
    assert "missing" in ran.err
