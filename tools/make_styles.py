"""Pack tools/styles/ into the Word file that annexes are written into: `make styles`.

The XML in tools/styles/ is the source; edit it there, run `make styles`, and commit both. The file
is stored without compression and without a date, so that the same source gives the same bytes on
every machine.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "tools" / "styles"
TARGET = ROOT / "src" / "npcompare" / "formats" / "styles.docx"


def packed(source: Path = SOURCE) -> bytes:
    """Return the parts in a folder as a Word file; the list of content types comes first."""
    names = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.*"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            # The default date of an entry is 1 January 1980, the earliest that there is.
            archive.writestr(zipfile.ZipInfo(name), (source / name).read_bytes())
    return stream.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(packed())
