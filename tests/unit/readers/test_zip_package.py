"""Zipped documents: each limit, and the message about a file that exceeds it."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers import zip_package
from npcompare.readers.zip_package import ZipPackage

if TYPE_CHECKING:
    from collections.abc import Callable

AGAIN = "open it in the program that made it, save it under a new name, and try again"
OTHER_SIZE = "its part a has another size than it declares"
ENTRY = b"PK\x01\x02"
#: Where the list of entries has the flags, the kind of packing and the two sizes.
FLAGS, PACKING, PACKED_SIZE, SIZE = 8, 10, 20, 24


def packed(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def changed(content: bytes, place: int, values: bytes) -> bytes:
    """Return a package whose first entry has other bytes at a place."""
    start = content.index(ENTRY) + place
    return content[:start] + values + content[start + len(values) :]


def refused(action: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(NpcompareError) as raised:
        action()
    return raised.value.message, raised.value.hint


def test_parts_are_found_in_either_case() -> None:
    package = ZipPackage(packed(("Word/a.xml", b"<a/>"), ("b.bin", b"\0\1")), "x.docx")
    assert package.names() == ["Word/a.xml", "b.bin"]
    assert ("WORD/A.XML" in package, "c" in package) == (True, False)
    assert [package.read(name) for name in ("word/A.xml", "b.bin", "c")] == [b"<a/>", b"\0\1", b""]


def test_package_without_a_list_is_damaged() -> None:
    message = "x.docx is damaged: its end is missing, or it was changed"
    assert refused(lambda: ZipPackage(b"PK\x03\x04", "x.docx")) == (message, AGAIN)


def test_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_package, "_MOST_ENTRIES", 2)
    assert ZipPackage(packed(("a", b""), ("b", b"")), "x").names() == ["a", "b"]
    three = packed(("a", b""), ("b", b""), ("c", b""))
    message = "x is too large to be unpacked: it has more than 2 parts"
    assert refused(lambda: ZipPackage(three, "x")) == (message, "")
    monkeypatch.setattr(zip_package, "_MOST_ENTRIES", 10_000)
    many = ENTRY * 10_001
    message = "x is too large to be unpacked: it has more than 10,000 parts"
    assert refused(lambda: ZipPackage(many, "x")) == (message, "")


def test_declared_size_of_all_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 3000 * 1024**2
    monkeypatch.setattr(zip_package, "_LARGEST_TOTAL", limit)
    content = packed(("a", b"x"))
    assert ZipPackage(changed(content, SIZE, limit.to_bytes(4, "little")), "x").names() == ["a"]
    larger = changed(content, SIZE, (limit + 1).to_bytes(4, "little"))
    message = "x is too large to be unpacked: it would be larger than 3,000 MB"
    assert refused(lambda: ZipPackage(larger, "x")) == (message, "")


def test_part_that_is_there_twice_is_not_read() -> None:
    package = ZipPackage(packed(("a.xml", b"1"), ("A.XML", b"2"), ("b", b"3")), "x")
    assert refused(lambda: package.read("a.xml")) == (
        "x is damaged: it contains the part A.XML twice",
        AGAIN,
    )
    assert package.read("b") == b"3"


@pytest.mark.parametrize(
    ("place", "values", "expected"),
    [
        (FLAGS, b"\1\0", ("x is encrypted", "save it without a password, and try again")),
        (PACKING, b"\x63\0", ("x is damaged: its part a is packed in an unusual way", AGAIN)),
        (SIZE, b"\1\0\0\0", ("x is damaged: its part a cannot be unpacked", AGAIN)),
        (
            SIZE,
            b"\x09\0\0\0",
            ("x is damaged: its part a has another size than it declares", AGAIN),
        ),
    ],
)
def test_changed_part_is_refused(place: int, values: bytes, expected: tuple[str, str]) -> None:
    package = ZipPackage(changed(packed(("a", b"12345678")), place, values), "x")
    assert refused(lambda: package.read("a")) == expected


def test_part_is_read_up_to_the_limit() -> None:
    package = ZipPackage(packed(("a", bytes(range(256)) * 8192)), "x")
    assert len(package.read("a", 2 * 1024**2)) == 2 * 1024**2
    message = "x is too large to be unpacked: its part a is larger than 1 MB"
    assert refused(lambda: package.read("a", 2 * 1024**2 - 1)) == (message, "")


def test_part_is_read_up_to_64_mb_by_default() -> None:
    size = (64 * 1024**2 + 1).to_bytes(4, "little")
    package = ZipPackage(changed(packed(("a", b"12345678")), SIZE, size), "x")
    message = "x is too large to be unpacked: its part a is larger than 64 MB"
    assert refused(lambda: package.read("a")) == (message, "")


def test_part_larger_than_declared_is_not_unpacked() -> None:
    content = packed(("a", bytes(32 * 1024**2)))
    package = ZipPackage(changed(content, SIZE, (1000).to_bytes(4, "little")), "x")
    tracemalloc.start()
    try:
        expected = ("x is damaged: its part a cannot be unpacked", AGAIN)
        assert refused(lambda: package.read("a", 1000)) == expected
        assert tracemalloc.get_traced_memory()[1] < 1024**2
    finally:
        tracemalloc.stop()


def test_part_that_is_packed_to_nothing_is_refused() -> None:
    content = packed(("a", bytes(1024**2 + 1)))
    package = ZipPackage(changed(content, PACKED_SIZE, bytes(4)), "x")
    message = "x is too large to be unpacked: its part a becomes 1,048,577 times larger"
    assert refused(lambda: package.read("a")) == (message, "")


def test_large_part_is_packed_to_a_fourhundredth_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = 1024**2
    package = ZipPackage(packed(("small", bytes(size)), ("large", bytes(size + 1))), "x")
    assert package.read("small") == bytes(size)
    ratio = (size + 1) / package._entries["large"].compress_size
    message = f"its part large becomes {ratio:,.0f} times larger"
    assert refused(lambda: package.read("large")) == (
        f"x is too large to be unpacked: {message}",
        "",
    )
    monkeypatch.setattr(zip_package, "_GREATEST_RATIO", ratio)
    assert package.read("large") == bytes(size + 1)


def test_stored_parts_and_empty_ones_are_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", b"words")
        archive.writestr("b", b"")
    package = ZipPackage(stream.getvalue(), "x")
    assert (package.read("a"), package.read("b")) == (b"words", b"")
