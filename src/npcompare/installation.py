"""How npcompare was installed, and so the command that adds an optional package to it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcompare import shell
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The name of the distribution; the name of the command belongs to another program on PyPI.
DISTRIBUTION = "npcompare-law"

#: The requirement of each optional feature, as in pyproject.toml.
EXTRAS = {
    "pdf": "typst>=0.14.8,<0.16",
    "pdf-in": "pypdfium2>=5.0,<6",
    "llm": "llm>=0.27,<1",
    "parquet": "pyarrow>=18,<28",
    "pandas": "pandas>=2.2,<4",
    "polars": "polars>=1.20,<3",
}


def install_hint(extra: str) -> str:
    """Return what to type to install the package that an optional feature needs."""
    return f"install it with: {_install_command(EXTRAS[extra])}"


def has_extra(extra: str) -> bool:
    """Return whether the package that an optional feature needs is installed."""
    return _is_installed(EXTRAS[extra])


def _install_command(requirement: str) -> str:
    """Return the command that installs a package beside this npcompare."""
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        # The folder has the name of the package, and a suffix if the user chose one.
        return command("pipx", "inject", environment.name, requirement)
    if (environment / "uv-receipt.toml").is_file():
        source = _source()
        if source:
            # uv installs the tool again, and would leave out what was added before.
            added = [each for each in EXTRAS.values() if each == requirement or _is_installed(each)]
            return command("uv", "tool", "install", *_before_each("--with", added), source)
    if not _is_installed("pip"):
        return command("uv", "pip", "install", "--python", sys.executable, requirement)
    return f"{_python()} {command('-m', 'pip', 'install', requirement)}"


def _python() -> str:
    """Return what to type to run the Python that runs now."""
    is_environment = sys.prefix != sys.base_prefix
    if is_environment and os.environ.get("VIRTUAL_ENV") == sys.prefix:
        return "python"
    if shell.IS_WINDOWS and not is_environment:
        return "py -{}.{}".format(*sys.version_info)
    path = command(sys.executable)
    # PowerShell runs a quoted path only after an ampersand.
    return f"& {path}" if shell.IS_WINDOWS and path != sys.executable else path


def _before_each(option: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _is_installed(requirement: str) -> bool:
    """Return whether there is a package of which the module has the same name."""
    from importlib.util import find_spec

    return find_spec(requirement.partition(">")[0]) is not None


def _source() -> str:
    """Return the folder or wheel that npcompare was installed from; empty if that is not known."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    with suppress(PackageNotFoundError, ValueError, OSError):
        record: Any = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
        address = urlsplit(str(record.get("url", "")))
        return url2pathname(address.path) if address.scheme == "file" else address.geturl()
    return ""
