"""Attacks, each by its name: hostile files, names, machines and users.

No attack ends in a traceback or a hang, leaves part of a file, overwrites one, or reads or writes a
file that was not named. SECURITY.md says what is promised. The parts have tests of their own: the
reader in test_yaml_reader.py, the formats in test_hostile_text.py and beside each format, the cache
in test_cache.py.
"""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
import yaml
from conftest import TESTS, Ran, needed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BILL = (TESTS.parent / "statutes" / "kenya.yaml").read_text(encoding="utf-8")
BILL = BILL.replace("id: kenya", "id: bill").replace("code: KE", "code: null")
NPCOMPARE = [sys.executable, "-m", "npcompare"]
#: Root may access any file; without these capabilities it is refused like other users.
UNPRIVILEGED = "-dac_override,-dac_read_search"
#: Far more seconds than any command of these tests takes; one that hangs is stopped.
TIMEOUT = 100
GIBIBYTE = 1024**3


def process(*arguments: object, before: Sequence[str] = (), **environment: str) -> Ran:
    """Run the command in a process of its own, with bounded memory and no terminal."""
    command = [*before, *NPCOMPARE, *map(str, arguments)]
    ran = subprocess.run(
        command,
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        preexec_fn=_bounded,
    )
    errors = ran.stderr.decode("utf-8", "replace")
    assert "Traceback" not in errors, errors
    return Ran(ran.returncode, ran.stdout.decode("utf-8", "replace"), errors)


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 * GIBIBYTE, 2 * GIBIBYTE))


def unprivileged() -> list[str]:
    """Return the prefix that takes the privileges of root from a command; empty for other users."""
    if os.geteuid():
        return []
    options = [f"--bounding-set={UNPRIVILEGED}", f"--inh-caps={UNPRIVILEGED}"]
    return [needed("setpriv"), *options]


def everything(folder: Path) -> dict[str, str]:
    """Return the contents of a folder and the folders below it, by path."""
    return {
        str(path.relative_to(folder)): "" if path.is_dir() else path.read_bytes().hex()
        for path in folder.rglob("*")
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to an empty folder below another one, and return it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


# --- Contents of files --------------------------------------------------------------------------

ALIAS_BOMB = "id: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{previous}, *{previous}]\n"
    for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
)
#: The column at which the reader gives up: libyaml reads ahead, since 0.2.6 up to its own limit.
_COLUMN_OF_DEPTH = 1004 if yaml._yaml.get_version() >= (0, 2, 6) else 29
CYRILLIC = "k\u0435nya"
AN_ID = "An id is written in lower-case letters, digits and single hyphens, such as coe-26"
LETTER = f'{AN_ID}; the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE'
INVISIBLE = "delete it; most editors do not show it"
AS_UTF8 = "save it again as UTF-8 (in Word or Notepad: Save as, Encoding, UTF-8)"

#: For each attack: the contents of a file, and the finding with its hint.
FILES: dict[str, tuple[str | bytes, str, str]] = {
    "alias bomb": (ALIAS_BOMB, "1:5 NP105 the anchor &a is not allowed", "delete it"),
    "deep nesting": (
        "id: " + "[" * 100_000,
        f"1:{_COLUMN_OF_DEPTH} NP105 nested more than 24 levels deep",
        "",
    ),
    "huge scalar": (
        BILL.replace("  body: >-\n", f"  body: >-\n    {'x' * 5_000_000}\n"),
        "1:1 NP102 the file is larger than 4 MiB",
        "",
    ),
    "huge number": (
        BILL.replace("complete: false", f"complete: {'9' * 100}"),
        "11:13 NP204 text.complete must be true or false, not text",
        "",
    ),
    "tag": (
        BILL.replace("form: ", "form: !!python/object/apply:os.system "),
        "8:7 NP105 the tag !!python/object/apply:os.system is not allowed",
        "delete it",
    ),
    "merge key": (
        f"{BILL}<<: {{id: other}}\n",
        "36:1 NP105 the merge key << is not allowed",
        "write the keys out",
    ),
    "UTF-16": (BILL.encode("utf-16"), "1:1 NP101 the file is not UTF-8 text", AS_UTF8),
    "UTF-16 without a mark": (
        BILL.encode("utf-16-le"),
        "1:2 NP101 the file is not UTF-8 text",
        AS_UTF8,
    ),
    "NUL": (
        BILL.replace("name: Kenya", "name: Ken\0ya"),
        "3:25 NP106 the file contains the control character U+0000",
        INVISIBLE,
    ),
    "C1 controls": (
        BILL.replace("name: Kenya", "name: Ken\x9b\x9b31mya"),
        "3:25 NP106 the file contains the control character U+009B, and 1 more on this line",
        INVISIBLE,
    ),
    "bidirectional override in a name": (
        BILL.replace("name: Kenya", "name: Ken\u202eya"),
        "3:25 NP106 the file contains the control character U+202E",
        INVISIBLE,
    ),
    "bidirectional override in an id": (
        BILL.replace("id: bill", 'id: "bi\\u202ell"'),
        "2:5 NP106 this text contains the control character U+202E",
        "",
    ),
    "homoglyph id": (
        BILL.replace("id: bill", f"id: {CYRILLIC}"),
        f'2:5 NP205 "{CYRILLIC}" in id does not have the required form',
        LETTER,
    ),
    "homoglyph alias": (
        BILL.replace("id: bill\n", f"id: bill\naliases: [{CYRILLIC}]\n"),
        f'3:11 NP205 "{CYRILLIC}" in aliases does not have the required form',
        LETTER,
    ),
    "path in an id": (
        BILL.replace("id: bill", "id: ../../bill"),
        '2:5 NP205 "../../bill" in id does not have the required form',
        f"{AN_ID}.",
    ),
    "id in another case": (
        BILL.replace("id: bill", "id: BILL"),
        '2:5 NP205 "BILL" in id does not have the required form',
        f"{AN_ID}.",
    ),
}


@pytest.mark.parametrize("attack", FILES)
def test_hostile_file_ends_in_findings(attack: str, folder: Path, run: Callable[..., Ran]) -> None:
    content, finding, hint = FILES[attack]
    raw = content if isinstance(content, bytes) else content.encode()
    assert raw != BILL.encode()
    (folder / "bill.yaml").write_bytes(raw)
    before = everything(folder)
    ran = run("validate", "bill.yaml")
    assert ran.code in (1, 2)
    lines = ran.out.splitlines()
    assert f"bill.yaml:{finding}" in lines
    if hint:
        assert lines[lines.index(f"bill.yaml:{finding}") + 1] == f"  hint: {hint}"
    assert run("diff", "kenya", "bill.yaml").code == ran.code
    assert everything(folder) == before


@pytest.mark.parametrize("content", [f"\ufeff{BILL}", BILL.replace("\n", "\r\n")])
def test_byte_order_mark_and_crlf_change_nothing(
    content: str, folder: Path, run: Callable[..., Ran]
) -> None:
    (folder / "bill.yaml").write_text(BILL, encoding="utf-8", newline="")
    expected = run("classify", "bill.yaml", "kenya", "-f", "json")
    assert expected.code == 0
    (folder / "bill.yaml").write_text(content, encoding="utf-8", newline="")
    assert run("classify", "bill.yaml", "kenya", "-f", "json") == expected


def test_ids_match_in_any_case(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    assert run("show", "KENYA", "Coe-26") == run("show", "kenya", "coe-26")
    shutil.copy(corpus_copy / "kenya.yaml", corpus_copy / "Kenya.yaml")
    output = run("validate", corpus_copy).out
    assert 'Kenya.yaml:2:5 NP401 the id "kenya" is not the name of the file, "Kenya"' in output
    assert 'kenya.yaml:2:5 NP402 "kenya" is already the name of the provision in ' in output


def test_homoglyph_on_the_command_line_is_named(folder: Path, run: Callable[..., Ran]) -> None:
    letter = 'the "\u0435" in it is U+0435, CYRILLIC SMALL LETTER IE\n'
    for arguments in (["show", CYRILLIC], ["new", CYRILLIC], ["classify", "--by", "scop\u0435"]):
        ran = run(*arguments)
        assert (ran.code, ran.out, ran.err.endswith(letter)) == (2, "", True), ran.err
    assert everything(folder) == {}


@pytest.mark.slow
def test_ten_thousand_findings_are_all_shown(folder: Path) -> None:
    words = ",".join(f"x{number}" for number in range(10_000))
    (folder / "bill.yaml").write_text(BILL.replace("[direct_result]", f"[{words}]"))
    ran = process("validate", "bill.yaml")
    numbers = re.findall(r'^bill\.yaml:21:\d+ NP203 "x(\d+)" in link', ran.out, re.MULTILINE)
    assert numbers == [str(number) for number in range(10_000)]
    assert (ran.code, ran.err.splitlines()[-1]) == (1, "10,000 findings in 1 file")


@pytest.mark.slow
def test_many_exceptions_are_checked_in_bounded_time(folder: Path) -> None:
    """Each of the words is found, and each is a warning of its own."""
    body = BILL.replace("  body: >-\n", f"  body: >-\n    {'unless ' * 50_000}\n")
    (folder / "bill.yaml").write_text(body)
    ran = process("validate", "bill.yaml")
    assert (ran.code, ran.err) == (0, "50,000 warnings in 1 file\n")


@pytest.mark.slow
def test_many_quotations_are_checked_in_bounded_time(folder: Path) -> None:
    settled = "".join(f"  - {{words: shall not {n}, note: n}}\n" for n in range(1_000))
    body = BILL.replace("limbs:\n", f"settled:\n{settled}limbs:\n")
    body = body.replace("  body: >-\n", f"  body: >-\n    {'shall not be ' * 10_000}\n")
    (folder / "bill.yaml").write_text(body)
    ran = process("validate", "bill.yaml")
    assert (ran.code, ran.out.count(" NP501 ")) == (1, 1_000)
    line = 'NP502 the evidence "shall not be" appears more than 1,000 times in the body'
    assert line in ran.out


@pytest.mark.further
@pytest.mark.parametrize("limbs", [12, 199])
def test_many_limbs_without_persons_are_compared(limbs: int, folder: Path) -> None:
    """Each limb of unknown persons doubles the number of possible readings."""
    limb_texts = "".join(
        f"  - id: x{number}\n    force: {{value: mandatory, evidence: shall not}}\n"
        for number in range(limbs)
    )
    (folder / "bill.yaml").write_text(BILL.replace("sources:\n", f"{limb_texts}sources:\n", 1))
    ran = process("diff", "bill.yaml", "bill.yaml", "kenya", "-f", "json")
    assert ran.code == 0
    comparisons = json.loads(ran.out)["comparisons"]
    relations = [comparison["dimensions"]["force"]["relation"] for comparison in comparisons]
    # A bill is the same as itself, whatever is unknown of it.
    assert relations == ["same", "unknown"]


# --- Kinds of files -----------------------------------------------------------------------------


def test_path_in_an_id_reaches_no_file(folder: Path, run: Callable[..., Ran]) -> None:
    for name in ("../evil", "/evil", "a/b", "..", "", "a\nb", "a\\b", "C:evil"):
        ran = run("new", "--", name)
        assert (ran.code, ran.out) == (2, ""), name
        sentence = " is not a valid id\n" if name else "one of the names is empty\n"
        assert sentence in ran.err
    assert everything(folder.parent) == {"here": ""}


def test_path_traversal_in_the_output(folder: Path, run: Callable[..., Ran]) -> None:
    (folder.parent / "kept.md").write_text("by hand")
    (folder / "up").symlink_to(folder.parent)
    for name in ("../kept.md", "up/kept.md", "missing/../../kept.md", "../missing/x.md"):
        ran = run("list", "-o", name)
        assert (ran.code, ran.out) == (2, ""), name
    for name in ("/dev/full", "/dev/null", "/proc/self/mem", ".", "..", "/"):
        ran = run("list", "-f", "markdown", "--force", "-o", name)
        assert (ran.code, ran.out) == (2, ""), name
    assert everything(folder.parent) == {"here": "", "kept.md": b"by hand".hex(), "here/up": ""}


@pytest.mark.parametrize(
    "link", ["leak.yaml", "codebook.yaml", "sources.yaml", "more", "schemas", "statutes"]
)
def test_links_out_of_the_corpus_are_not_followed(
    link: str, corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    """Nothing of the files that they lead to is shown or used as law."""
    outside = corpus_copy.parent / "outside"
    outside.mkdir()
    for name in ("leak.yaml", "codebook.yaml", "sources.yaml"):
        (outside / name).write_text("secret: {password: hunter2}\nid: hunter2\n")
    (corpus_copy / "sources.yaml").unlink()
    (corpus_copy / link).symlink_to(outside / link if link.endswith(".yaml") else outside)
    ran = run("validate", corpus_copy)
    assert ran.code == 2
    assert "NP107" in ran.out + ran.err
    assert "was not followed" in ran.out + ran.err
    assert not re.search("secret|password|hunter2", ran.out + ran.err)
    assert run("classify", "--corpus", corpus_copy).code == 2


def test_link_within_the_corpus_is_followed(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    (corpus_copy / ".held").mkdir()
    (corpus_copy / "kenya.yaml").rename(corpus_copy / ".held" / "kenya")
    (corpus_copy / "kenya.yaml").symlink_to(Path(".held") / "kenya")
    assert run("validate", corpus_copy).code == 0
    (corpus_copy.parent / "link").symlink_to(corpus_copy)
    assert run("validate", corpus_copy.parent / "link").code == 0


def test_annex_cannot_name_a_file_outside_its_folder(folder: Path, run: Callable[..., Ran]) -> None:
    """Anyone may have written the list of provisions in an annex."""
    (folder.parent / "secret.yaml").write_text("hunter2: [")
    assert run("export", "kenya", "-o", "annex.json").code == 0
    annex = json.loads((folder / "annex.json").read_text())
    annex["recipe"]["ids"] = ["../secret.yaml", str(folder.parent / "secret.yaml"), "kenya"]
    (folder / "annex.json").write_text(json.dumps(annex))
    ran = run("verify", "annex.json")
    assert (ran.code, ran.err) == (0, "")
    assert "Up to date: every cell" in ran.out


#: For each attack: a message in English, and the translation of it that a corpus brings.
TRANSLATIONS = {
    "attribute": ("{count} provisions", "{count.__class__.__mro__}"),
    "place": ("Any offence", "{0.__class__}"),
    "width": ("{subject} reaches further", "{subject:>999999999}"),
    "globals": ("{subject} reaches further", "{subject.__init__.__globals__}"),
    "brace": ("Threshold", "}{"),
    "other value": ("Scope", "{secret}"),
    "override": ("Scope", "\u202ePort\u00e9e"),
}


@pytest.mark.parametrize("attack", TRANSLATIONS)
def test_translation_reaches_nothing_in_the_program(
    attack: str, corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    english, translation = TRANSLATIONS[attack]
    (corpus_copy / "labels").mkdir(exist_ok=True)
    catalogue = {"language": "fr", "proposed": {english: translation}}
    (corpus_copy / "labels" / "fr.yaml").write_text(yaml.safe_dump(catalogue))
    for command in (["classify"], ["diff", "kenya", "jamaica"], ["export", "-f", "markdown"]):
        ran = run("--corpus", corpus_copy, *command, "--language", "fr")
        assert (ran.code, ran.out) == (1, "")
        assert re.search(r"fr\.yaml:\d+:\d+ NP(205|106) ", ran.err), ran.err


@pytest.mark.parametrize("recorded", ["id", "file"])
def test_annex_cannot_name_a_file_behind_a_link(
    recorded: str, folder: Path, run: Callable[..., Ran]
) -> None:
    """A link below the current folder may lead out of it."""
    (folder.parent / "outside").mkdir()
    secret = BILL.replace("name: Kenya", "name: hunter2")
    (folder.parent / "outside" / "bill.yaml").write_text(secret)
    (folder / "link").symlink_to("../outside")
    assert run("export", "kenya", "-o", "annex.json").code == 0
    annex = json.loads((folder / "annex.json").read_text())
    path = "link/bill.yaml"
    annex["recipe"]["ids"] = ["kenya", path if recorded == "id" else "bill"]
    if recorded == "file":
        annex["recipe"]["files"] = [{"name": "bill", "path": path, "digest": "sha256:0"}]
    (folder / "annex.json").write_text(json.dumps(annex))
    ran = run("verify", "annex.json")
    assert "hunter2" not in ran.out + ran.err
    # A file that the user names is read.
    named = run("verify", "annex.json", path) if recorded == "file" else run("show", path)
    assert "hunter2" in named.out


READERS = [
    ["validate", "{}.yaml"],
    ["diff", "{}.yaml", "kenya"],
    ["gaps", "kenya", "--against", "{}.yaml"],
    ["suggest", "{}.txt"],
    ["new", "utopia", "--text", "{}.txt"],
    ["verify", "{}.docx"],
    ["export", "--track-changes-from", "{}.json", "-o", "new.docx"],
    ["export", "--template", "{}.docx", "-o", "new.docx"],
    ["list", "--corpus", "{}.yaml"],
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pipe", "zero"])
@pytest.mark.parametrize("arguments", READERS, ids=[command[0] for command in READERS])
def test_pipes_and_devices_are_not_read(arguments: list[str], kind: str, folder: Path) -> None:
    for end in ("yaml", "txt", "docx", "json"):
        os.mkfifo(folder / f"pipe.{end}")
        (folder / f"zero.{end}").symlink_to("/dev/zero")
    ran = process(*(argument.format(kind) for argument in arguments))
    assert (ran.code, (folder / "new.docx").exists()) == (2, False), ran.err


@pytest.mark.slow
def test_pipes_and_devices_in_a_corpus_are_findings(corpus_copy: Path) -> None:
    os.mkfifo(corpus_copy / "pipe.yaml")
    (corpus_copy / "zero.yaml").symlink_to("/dev/zero")
    ran = process("validate", corpus_copy)
    messages = [line.split(" NP107 ")[1] for line in ran.out.splitlines() if " NP107 " in line]
    assert sorted(messages) == [
        "it is a link that leads out of the corpus and was not followed",
        "the file cannot be read: it is not a regular file",
    ]
    assert ran.code == 2


@pytest.mark.slow
def test_unreadable_folders_and_files_are_findings(corpus_copy: Path) -> None:
    """A law must not be missing from a table without a word."""
    (corpus_copy / "closed").mkdir()
    shutil.move(corpus_copy / "kenya.yaml", corpus_copy / "closed")
    (corpus_copy / "closed").chmod(0)
    (corpus_copy / "qatar.yaml").chmod(0)
    try:
        ran = process("validate", corpus_copy, before=unprivileged())
        corpus = process("classify", "--corpus", corpus_copy, before=unprivileged())
        listing = process("list", "--corpus", corpus_copy / "closed", before=unprivileged())
        provision = process(
            "validate", corpus_copy / "closed" / "kenya.yaml", before=unprivileged()
        )
    finally:
        (corpus_copy / "closed").chmod(0o700)
    folder_finding = "closed:1:1 NP107 the folder cannot be read: Permission denied"
    file_finding = "qatar.yaml:1:1 NP107 the file cannot be read: Permission denied"
    findings = [line.removeprefix(f"{corpus_copy}/") for line in ran.out.splitlines()]
    assert (ran.code, findings) == (2, [folder_finding, file_finding])
    assert (corpus.code, corpus.out, listing.code, provision.code) == (2, "", 2, 2)
    assert "is not readable" in listing.err


# --- Annexes that are read back ---------------------------------------------------------


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)


ENTITIES = b"<!DOCTYPE x [%s]>" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(8)
)
#: For each attack: the part of an annex, and what is done to it.
WORD: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "zip bomb": ("word/document.xml", lambda raw: raw + b" " * 300_000_000),
    "empty paragraphs": (
        "word/document.xml",
        lambda raw: raw.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000),
    ),
    "entity bomb": (
        "word/document.xml",
        lambda raw: raw.replace(b"?>", b"?>" + ENTITIES, 1).replace(b"<w:t>", b"<w:t>&i;", 1),
    ),
    "deep nesting": (
        "word/document.xml",
        lambda raw: raw.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 100_000),
    ),
    "wide table": (
        "word/document.xml",
        lambda raw: raw.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>', 1),
    ),
    "no XML": ("word/document.xml", lambda _: b"<"),
    "no types": ("[Content_Types].xml", lambda _: b""),
    "recipe of brackets": (
        "docProps/custom.xml",
        lambda raw: re.sub(rb"(?<=<vt:lpwstr>).*(?=</vt)", b"[" * 100_000, raw),
    ),
    "recipe of nothing": (
        "docProps/custom.xml",
        lambda raw: re.sub(rb"(?<=<vt:lpwstr>).*(?=</vt)", b"null", raw),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("attack", WORD)
def test_hostile_word_file_ends_in_a_sentence(attack: str, folder: Path) -> None:
    path = folder / "annex.docx"
    assert process("export", "kenya", "-o", path).code == 0
    raw = path.read_bytes()
    rewrite(path, *WORD[attack])
    assert path.read_bytes() != raw
    for arguments in (["verify", path], ["export", "--track-changes-from", path, "-o", "new.docx"]):
        ran = process(*arguments)
        assert (ran.code, ran.out) == (2, "")
        reason = ran.err.removeprefix(f"npcompare: the annex {path} cannot be read: it ")
        assert reason.startswith(
            ("is not a Word", "would be", "has a table", "has more", "was not written by")
        )
    if not attack.startswith("recipe"):
        ran = process("export", "kenya", "--template", path, "-o", "new.docx")
        assert (ran.code, ran.err.startswith(f"npcompare: the template {path} cannot")) == (2, True)
    assert not (folder / "new.docx").exists()


def test_word_file_cannot_load_another_file(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / "secret").write_text("hunter2")
    doctype = f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{(folder / "secret").as_uri()}">]>'.encode()
    assert run("export", "kenya", "-o", "annex.docx").code == 0
    rewrite(
        folder / "annex.docx",
        "word/document.xml",
        lambda raw: raw.replace(b"?>", doctype, 1).replace(b"</w:t>", b"&e;</w:t>"),
    )
    ran = run("verify", "annex.docx")
    assert "hunter2" not in ran.out + ran.err
    run("export", "kenya", "--track-changes-from", "annex.docx", "-o", "new.docx")
    assert b"hunter2" not in zipfile.ZipFile(folder / "new.docx").read("word/document.xml")


def test_template_keeps_its_own_properties(folder: Path, run: Callable[..., Ran]) -> None:
    """An annex used as a template has a recipe; a house may have marks of confidentiality."""
    assert run("export", "kenya", "-o", "house.docx").code == 0
    properties = (
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="Secrecy">'
        b"<vt:lpwstr>Internal</vt:lpwstr></property></Properties>"
    )
    rewrite(
        folder / "house.docx",
        "docProps/custom.xml",
        lambda raw: raw.replace(b"</Properties>", properties.replace(b"vt:", b"ns0:")).replace(
            b"<Properties ",
            b'<Properties xmlns:ns0="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'docPropsVTypes" ',
        ),
    )
    arguments = ["export", "jamaica", "--template", "house.docx", "-o", "annex.docx"]
    assert run(*arguments).err == "wrote annex.docx\n"
    archive = zipfile.ZipFile(folder / "annex.docx")
    assert len(archive.namelist()) == len(set(archive.namelist()))
    custom = archive.read("docProps/custom.xml").decode()
    assert re.findall('pid="([0-9]+)"', custom) == ["2", "3"]
    assert ("Internal" in custom, "jamaica" in custom, "kenya" in custom) == (True, True, False)
    assert run("verify", "annex.docx").code == 0
    assert docx.Document(str(folder / "annex.docx")).tables


# --- Machines ------------------------------------------------------------------------------


@pytest.mark.slow
def test_full_disk_leaves_the_old_file(folder: Path) -> None:
    """On a small disk of its own, no partial file is left, and an older file stays whole."""
    (folder / "disk").mkdir()
    old = f"echo old > disk/old.docx; exec {sys.executable} -m npcompare"
    script = f"mount -t tmpfs -o size=8k none disk && {old} export -o disk/$0 --force; ls -A disk"
    script = script.replace("; ls", " 2>&1; ls").replace("exec ", "")
    for name in ("old.docx", "new.docx"):
        command = [*_with_mounts(), "sh", "-c", f"{script}; cat disk/old.docx", name]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        message = f"npcompare: disk/{name} cannot be written: {os.strerror(errno.ENOSPC)}"
        assert ran.stdout.splitlines() == [message, "old.docx", "old"], ran.stderr


def _with_mounts() -> list[str]:
    """Return the prefix that lets a command mount disks of its own; skip the test if none may."""
    prefix = [needed("unshare"), "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here, not even in a namespace")
    return prefix


@pytest.mark.slow
def test_full_disk_and_closed_stream_end_in_a_sentence() -> None:
    command = [*NPCOMPARE, "list"]
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device, not a path
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (2, b"npcompare: No space left on device\n")
    for shell in ("list >&-", "list 2>&- >/dev/null", "validate >&- 2>&-", "list <&- >/dev/null"):
        words = f"{sys.executable} -m npcompare {shell}"
        ran = subprocess.run(["/bin/sh", "-c", words], capture_output=True, check=False)
        assert (ran.returncode, ran.stderr.count(b"\n") <= 1) == (0, True), shell
        assert b"Traceback" not in ran.stderr
    words = f"{sys.executable} -m npcompare suggest - <&-"
    ran = subprocess.run(["/bin/sh", "-c", words], capture_output=True, check=False)
    message = b"npcompare: the standard input contains no text\n"
    assert (ran.returncode, ran.stderr) == (2, message)


@pytest.mark.parametrize("command", ["codebook", "export -f markdown"])
def test_closed_pipe_is_not_an_error(command: str) -> None:
    words = f"set -o pipefail; '{sys.executable}' -m npcompare {command} 2>&1 | head -1"
    ran = subprocess.run([needed("bash"), "-c", words], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.count(b"\n"), ran.stderr) == (0, 1, b"")


@pytest.mark.slow
@pytest.mark.parametrize("force", [False, True])
def test_one_of_two_concurrent_writers_succeeds(force: bool, folder: Path) -> None:
    """Without --force the first writer wins, and its file is complete."""
    rows = ("list", "--collection", "paper")
    arguments = [*rows, "-o", "annex.md", *(["--force"] if force else [])]
    processes = [
        subprocess.Popen([*NPCOMPARE, *arguments], stderr=subprocess.PIPE, text=True)
        for _ in range(5)
    ]
    messages = sorted(process.communicate(timeout=TIMEOUT)[1] for process in processes)
    refusal = (
        "npcompare: annex.md already exists and was not overwritten\n"
        "  hint: choose another name, or add --force to overwrite it\n"
    )
    assert messages == (["wrote annex.md\n"] * 5 if force else [refusal] * 4 + ["wrote annex.md\n"])
    assert list(everything(folder)) == ["annex.md"]
    expected = process(*rows, "-f", "markdown").out
    assert (folder / "annex.md").read_text(encoding="utf-8") == expected


#: A signal arrives when a module is loaded, or just before the temporary file is complete.
INTERRUPTED = """
import os, signal, sys
moment, number = sys.argv.pop(1), int(sys.argv.pop(1))
# A process in the background ignores Ctrl-C and passes that on.
signal.signal(signal.SIGINT, signal.default_int_handler)
def hook(event, arguments):
    if event == "import" and arguments[0] == moment or event == moment:
        os.kill(os.getpid(), number)
sync = os.fsync
def audited_sync(handle):
    sys.audit("fsync")
    sync(handle)
os.fsync = audited_sync
sys.addaudithook(hook)
from npcompare.__main__ import run
run()
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["npcompare.cli.main", "npcompare.law.corpus", "docx", "fsync"])
def test_signal_during_an_export_leaves_no_file(moment: str, number: int, folder: Path) -> None:
    (folder / "annex.docx").write_text("old")
    command = [sys.executable, "-c", INTERRUPTED, moment, str(int(number))]
    command += ["export", "-o", "annex.docx", "--force"]
    ran = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    assert (ran.returncode, ran.stdout) == (128 + number, b"")
    assert b"Traceback" not in ran.stderr
    assert everything(folder) == {"annex.docx": b"old".hex()}


@pytest.mark.slow
def test_read_only_home_is_not_an_error(folder: Path) -> None:
    (folder / "home").mkdir(mode=0o500)
    home = {"HOME": str(folder / "home"), "XDG_CACHE_HOME": ""}
    ran = process("validate", before=unprivileged(), **home)
    assert (ran.code, ran.out) == (0, "")
    *remarks, summary = ran.err.splitlines()
    assert all(" NP605 remark: " in remark for remark in remarks)
    assert re.fullmatch(r"\d+ files checked: no errors or warnings; 1 remark", summary)
    assert everything(folder) == {"home": ""}


@pytest.mark.slow
def test_terminal_of_40_columns(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    listing = run("list", "-f", "json")
    monkeypatch.setenv("COLUMNS", "40")
    for command in (["list"], ["classify"], ["diff", "kenya", "jamaica"], ["gaps", "kenya"]):
        ran = process(*command, COLUMNS="40")
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 40
    ids = [provision["id"] for provision in json.loads(listing.out)["provisions"]]
    output = "".join(process("list", COLUMNS="40").out.split())
    assert [name for name in ids if name not in output] == []


@pytest.mark.slow
def test_locale_c(folder: Path) -> None:
    """Characters that the terminal cannot show are escaped; files are in UTF-8."""
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = process("show", "kenya", **plain)
    assert (ran.code, ran.out.isascii(), r"para.\xa057" in ran.out) == (0, True, True)
    assert process("export", "-o", "c.md", **plain).code == 0
    assert process("export", "-o", "utf8.md").code == 0
    assert (folder / "c.md").read_bytes() == (folder / "utf8.md").read_bytes()
    (folder / "b\u00e9ll.yaml").write_text(BILL, encoding="utf-8")
    assert process("diff", "b\u00e9ll.yaml", "kenya", **plain).code == 0


def test_no_terminal() -> None:
    ran = process("classify", before=[needed("setsid"), "--wait"], TERM="dumb")
    assert (ran.code, ran.err, "\x1b" in ran.out) == (0, "", False)
    assert "Jamaica" in ran.out


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_file_names_that_are_not_text(folder: Path, run: Callable[..., Ran]) -> None:
    """File names and arguments are bytes, and do not have to be UTF-8."""
    name = os.fsdecode(b"b\xffll.yaml")
    (folder / name).write_text(BILL.replace("id: bill", "id: kenya"))
    ran = run("diff", name, "kenya", "-f", "json")
    (comparison,) = json.loads(ran.out)["comparisons"]
    assert (ran.code, comparison["left"]) == (0, name)
    (problem,) = json.loads(run("validate", name, "-f", "json").out)["problems"]
    assert problem["path"] == name
    for form in ("csv", "json", "docx", "xlsx", "html", "latex", "pdf", "markdown", "plain"):
        output = os.fsdecode(b"\xff.") + form
        ran = run("export", "kenya", "--title", name, "-f", form, "-o", output)
        assert (ran.code, (folder / output).is_file()) == (0, True), ran.err


def test_name_cannot_forge_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    """A line feed in a file name does not begin a new line, and escape sequences do not act."""
    name = "x\nkenya.yaml:1:1 NP501 false\x1b[31m.yaml"
    (folder / name).write_text(BILL)
    ran = run("validate", name)
    assert len(ran.out.splitlines()) == 2
    assert not re.search("^kenya|\x1b", ran.out + ran.err, re.MULTILINE)
    ran = run("show", "x\nnpcompare: false")
    assert not re.search("^npcompare: false", ran.err, re.MULTILINE)
