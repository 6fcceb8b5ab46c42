"""Parts of zipped documents, read within limits: nothing is written to the disk.

A zip file of a few kilobytes can claim to contain terabytes, or contain zip files that do. Only
the parts that are needed are unpacked, each up to a limit, and what is declared is checked first.
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    import zipfile

#: The most entries of a package, and how each is marked in the list at the end of the file.
_MOST_ENTRIES = 10_000
_ENTRY = b"PK\x01\x02"

#: The most bytes that all entries together may declare, and those of a part that is read.
_LARGEST_TOTAL = 1024**3
LARGEST_PART = 64 * 1024**2

#: How many times larger than its packed form a part may be, if it is larger than a megabyte. Tables
#: of equal rows are packed to a hundredth; nothing that people write is packed to a fourhundredth.
_GREATEST_RATIO = 400
_SMALL = 1024**2

#: What else the library raises for a damaged file.
_FAILURES = (EOFError, OSError, ValueError, RuntimeError, OverflowError, IndexError, KeyError)

_STORED, _DEFLATED = 0, 8
_IS_ENCRYPTED = 1


class ZipPackage:
    """The parts of a zipped document by name."""

    def __init__(self, content: bytes, path: str) -> None:
        """Check the list of entries; raise NpcompareError if it is damaged or too large."""
        import zipfile

        self._path = path
        if content.count(_ENTRY) > _MOST_ENTRIES:
            raise self._too_large(f"it has more than {_MOST_ENTRIES:,} parts")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, struct.error, *_FAILURES) as error:
            raise self.damaged("its end is missing, or it was changed") from error
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) > _LARGEST_TOTAL:
            raise self._too_large(f"it would be larger than {_LARGEST_TOTAL // 1024**2:,} MB")
        # The names of parts are the same in capitals and in small letters.
        self._counts = Counter(entry.filename.casefold() for entry in entries)
        self._entries = {entry.filename.casefold(): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return [entry.filename for entry in self._entries.values()]

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Return the bytes of a part; empty if there is no such part.

        Raises NpcompareError if it is damaged, encrypted, too large or there twice.
        """
        import zlib
        from zipfile import BadZipFile

        entry = self._entries.get(name.casefold())
        if entry is None:
            return b""
        self._check(entry, limit)
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(limit + 1)
        except (BadZipFile, zlib.error, struct.error, *_FAILURES) as error:
            raise self.damaged(f"its part {name} cannot be unpacked") from error
        if len(content) != entry.file_size:
            raise self.damaged(f"its part {name} has another size than it declares")
        return content

    def _check(self, entry: zipfile.ZipInfo, limit: int) -> None:
        """Raise NpcompareError if a part must not be unpacked."""
        name = entry.filename
        if self._counts[name.casefold()] > 1:
            raise self.damaged(f"it contains the part {name} twice")
        if entry.flag_bits & _IS_ENCRYPTED:
            raise NpcompareError(
                f"{self._path} is encrypted", "save it without a password, and try again"
            )
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise self.damaged(f"its part {name} is packed in an unusual way")
        if entry.file_size > limit:
            raise self._too_large(f"its part {name} is larger than {limit // 1024**2} MB")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > _SMALL and ratio > _GREATEST_RATIO:
            raise self._too_large(f"its part {name} becomes {ratio:,.0f} times larger")

    def damaged(self, reason: str) -> NpcompareError:
        """Return the error for a package that cannot be read."""
        return NpcompareError(
            f"{self._path} is damaged: {reason}",
            "open it in the program that made it, save it under a new name, and try again",
        )

    def _too_large(self, reason: str) -> NpcompareError:
        return NpcompareError(f"{self._path} is too large to be unpacked: {reason}")
