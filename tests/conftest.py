"""What tests share: provisions, the command line, expected files, and the programs they need."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
import yaml
from hypothesis import settings

import npcompare
from npcompare.cli.main import main
from npcompare.law import provision_parser as provisions
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

# Pytest imports this file as "tests.conftest". With this entry, `from conftest import needed` in a
# test module imports the same module, and not a second copy, in which no hook is called.
sys.modules.setdefault("conftest", sys.modules[__name__])

TESTS = Path(__file__).parent
#: The code under test, wherever it is: the sources or an installed wheel.
PACKAGE = Path(npcompare.__file__).parent

# The same examples at every run, with `make test-slow` five times as many;
# --hypothesis-profile=long tries many more, and others each time.
settings.register_profile("quick", max_examples=20, derandomize=True, deadline=None, database=None)
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=100)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile("quick")

# As npcompare.__main__ does: garbage is sought less often, and never in what was collected.
gc.set_threshold(100_000, 50, 50)


def pytest_collection_finish() -> None:
    """Leave the tests and their cases, which stay until the end, out of the search for garbage."""
    gc.freeze()


def pytest_sessionstart() -> None:
    """Forget, before the tests of `make mutate`, what the unchanged code has answered.

    They run in a copy of a process that has run the tests before.
    """
    room = os.environ.get("MUTANT_UNDER_TEST", "").split(".")[:2]
    rooms = ("npcompare.model.", "npcompare.analysis.", f"{'.'.join(room)}.")
    for name, module in list(sys.modules.items()) if len(room) > 1 else ():
        if name.startswith(rooms):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what is cached in a folder of the tests' own, never in the user's."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.delenv("NPCOMPARE_NO_CACHE", raising=False)
        yield folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line in this process, on a terminal 100 columns wide."""
    monkeypatch.delenv("NPCOMPARE_CORPUS", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def _run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["npcompare", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit_info:
            main()
        output = capsys.readouterr()
        return Ran(int(exit_info.value.code or 0), output.out, output.err)

    return _run


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Load the bundled corpus once."""
    return load_corpus()


@pytest.fixture
def corpus_copy(tmp_path: Path) -> Path:
    """Copy the core of the bundled corpus into a folder that a test may spoil."""
    (tmp_path / "own").mkdir()
    for name in [case.id for case in cases("core")] + ["sources"]:
        shutil.copy(TESTS.parent / "statutes" / f"{name}.yaml", tmp_path / "own")
    return tmp_path / "own"


#: Provisions that together have everything a provision can have, for tests of releases.
VARIED = (
    *("asean-14-7", "belgium", "cop-resolution-5-2", "gambia", "ohchr-1999-note"),
    *("ohchr-principle-7", "united-kingdom", "us-vacatur-broad", "botswana"),
    *("world/belgium-264", "world/belgium-433quinquies-5", "world/california-236-23"),
    *("world/chile-none", "world/england-and-wales-s45", "world/northern-ireland-s22"),
    *("world/scotland-s8", "world/scotland-lord-advocate"),
)


@pytest.fixture(scope="session")
def varied_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy provisions of every kind into a folder, with the profiles and two made bills."""
    folder: Path = tmp_path_factory.mktemp("varied") / "varied"
    statutes = TESTS.parent / "statutes"
    shutil.copytree(statutes / "profiles", folder / "profiles")
    (folder / "world").mkdir()
    for name in (*VARIED, "sources"):
        shutil.copy(statutes / f"{name}.yaml", folder / f"{name}.yaml")
    for name in ("ruritania", "utopia"):
        shutil.copy(TESTS / "bills" / f"{name}.yaml", folder)
    return folder


@pytest.fixture(scope="session")
def varied(varied_folder: Path) -> Corpus:
    """Load the corpus of provisions of every kind once."""
    return load_corpus(varied_folder)


#: The marker that a test must have to use a program, so that `make test` needs none of them.
MARKERS = {
    "soffice": "office",
    **dict.fromkeys(("chromium", "chromedriver", "java"), "browser"),
    **dict.fromkeys(("pdflatex", "xelatex", "lualatex", "kpsewhich"), "tex"),
}


#: Of a test with more cases than this, `make test` runs only so many.
QUICK_CASES = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the browser, and the cases that `make test` leaves out.

    Which cases it runs is decided by a checksum of their names. A choice by position could always
    meet the same value where there is one case for each pair of a format and another thing.
    """
    cases_of_tests = defaultdict(list)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        cases_of_tests[item.nodeid.partition("[")[0]].append(item)
    for all_cases in cases_of_tests.values():
        all_cases.sort(key=lambda item: ("slow" in item.keywords, crc32(item.name.encode())))
        for item in all_cases[QUICK_CASES:]:
            item.add_marker("further")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember the markers of the test that runs."""
    _running.clear()
    _running.update(marker.name for marker in item.iter_markers())
    return (yield)


_running: set[str] = set()


def check_expected(path: Path, output: str, target: str) -> None:
    """Assert that a file has the output; if NPCOMPARE_GOLDEN is "write", write it first.

    Args:
        path: The file with the expected output.
        output: The output as it is now.
        target: The target of make that sets NPCOMPARE_GOLDEN and runs the test.
    """
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        path.write_text(output, encoding="utf-8", newline="")
    assert path.exists(), f"`make {target}` writes {path.name}"
    expected = path.read_bytes().decode()
    assert output == expected, f"if this is right, run `make {target}` and read the difference"


def needed(name: str) -> str:
    """Return the path of a program, a checker or a file of an npm package; skip if missing."""
    marker = MARKERS.get(name)
    assert marker is None or marker in _running, (
        f"a test that uses {name} needs @pytest.mark.{marker}"
    )
    checkers = (TESTS.parent / ".checkers").glob(f"*/bin/{name}")
    files = (TESTS / "node_modules" / name, *checkers)
    path = next((str(file) for file in files if file.is_file()), None) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not here: `make programs` installs it")
    return path


def office(kind: str, folder: Path, *files: Path) -> list[Path]:
    """Return files as LibreOffice writes them in another format, in a folder of that name."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [needed("soffice"), profile, "--headless", "--convert-to", kind]
    arguments = ["--outdir", str(folder / kind), *map(str, files)]
    subprocess.run([*command, *arguments], capture_output=True, check=True, timeout=300)
    return [folder / kind / f"{file.stem}.{kind}" for file in files]


#: The options of the browser, which must reach nothing outside.
_FLAGS = [
    "headless",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "disable-dev-shm-usage",
    "window-size=1300,1000",
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a headless browser, if one is installed."""
    webdriver = pytest.importorskip("selenium.webdriver")
    program = needed("chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = needed("chromium")
    for flag in _FLAGS:
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('browser')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(program))
    yield driver
    driver.quit()


def yaml_data(path: Path) -> Any:
    """Return the data of a YAML file, read with the parser in C if PyYAML has it.

    Test modules read their cases while they are collected, in each process.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe


def cases(name: str) -> list[Any]:
    """Return the cases of one file, each as a pytest parameter named after it."""
    path = TESTS / "cases" / f"{name}.yaml"
    return [pytest.param(case, id=case["name"]) for case in yaml_data(path)]


def coded(words: dict[str, Any], proof: dict[str, Any]) -> dict[str, Any]:
    """Return a limb from its short form: each field with its word, words or mapping."""
    limb: dict[str, Any] = {}
    for field, values in words.items():
        if field == "id":
            limb[field] = values
        elif isinstance(values, dict):
            limb[field] = {**values, **proof}
        else:
            limb[field] = {"values": values if isinstance(values, list) else [values], **proof}
    return limb


def provision(short: dict[str, Any], name: str = "example") -> Provision:
    """Return a provision from the short form of the case files."""
    status = short.get("text", "not_held")
    proof = {"source": {"ref": "background-paper", "paragraph": 1}}
    return provisions.parse_provision(
        {
            "id": name,
            "jurisdiction": {"name": name.title(), "code": None, "kind": "state"},
            "instrument": {"title": "Example Act", "kind": short.get("kind", "statute")},
            "form": short.get("form", "statutory_defence"),
            "notes": short.get("notes", ()),
            "text": {"status": status, "complete": status == "verbatim"},
            "sources": [proof["source"]],
            "limbs": [coded(limb, proof) for limb in short.get("limbs", ())],
            "reported": [{**one, **proof} for one in short.get("reported", ())],
            **{
                field: coded({field: short[field]}, proof)[field]
                for field in ("raised_by", "burden", "standard")
                if field in short
            },
        }
    )
