"""The translations of a corpus: what `validate` says of its files in `labels`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.files import bundled
from npcompare.law.corpus import load_corpus
from npcompare.law.corpus_labels import check_label_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


@pytest.fixture
def folder(tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a new corpus, which is in the current folder."""
    monkeypatch.chdir(tmp_path)
    run("init", "mine")
    (tmp_path / "mine" / "statutes" / "labels").mkdir()
    return tmp_path / "mine"


def validated(
    folder: Path, run: Callable[..., Ran], content: str, name: str = "fr.yaml"
) -> tuple[int, str]:
    path = folder / "statutes" / "labels" / name
    path.write_text(content, encoding="utf-8")
    ran = run("validate", folder.name)
    return ran.code, ran.out.replace("mine/statutes/labels/", "")


def test_sound_translations_have_no_finding(folder: Path, run: Callable[..., Ran]) -> None:
    content = "language: fr\nsources: {base: Termbase}\nfound: {base: {Scope: Portée}}\n"
    assert validated(folder, run, content) == (0, "")
    assert run("validate", "mine").err == "5 files checked: no findings\n"


@pytest.mark.parametrize(
    ("content", "finding", "hint"),
    [
        (
            "language: fr\nname: French\n",
            '2:1 NP201 "name" is not a key of a file of translations',
            "a file of translations can have: language, sources, found, proposed",
        ),
        (
            "language: de\n",
            '1:11 NP203 "de" in language is not one of the words allowed here',
            "the words are: fr, es, ar, ru, zh",
        ),
        (
            "language: es\n",
            '1:11 NP401 the language is "es", but the file is fr.yaml',
            "correct one of the two",
        ),
        (
            "language: fr\nfound:\n  base: {Scope: Portée}\n",
            '3:3 NP403 "base" is not one of the sources of this file',
            'add "base:" under "sources", with the document',
        ),
        (
            'language: fr\nproposed:\n  "{count} rows": "{n} lignes"\n',
            "3:19 NP205 the English text does not have {n}",
            "write what is in braces as in the English text, and no other braces",
        ),
        (
            "language: fr\nproposed: {Scope: A}\nsources: {b: B}\nfound: {b: {Scope: C}}\n",
            '2:12 NP104 "Scope" has another translation under found.b',
            "delete one of the two; otherwise only one of them would be used",
        ),
        ("language: fr\nproposed: [a\n", "2:11 NP103 the file", "check this line"),
    ],
)
def test_mistake_has_its_place_and_a_hint(
    folder: Path, run: Callable[..., Ran], content: str, finding: str, hint: str
) -> None:
    code, out = validated(folder, run, content)
    assert code in {1, 2}
    assert out.startswith(f"fr.yaml:{finding}")
    assert f"  hint: {hint}" in out


def test_ending_other_than_yaml_is_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    code, out = validated(folder, run, "language: fr\n", "fr.yml")
    assert (code, out.splitlines()[0]) == (
        1,
        'fr.yml:1:11 NP401 the language is "fr", but the file is fr.yml',
    )


@pytest.mark.further
def test_translation_that_nothing_uses_is_a_warning(folder: Path, run: Callable[..., Ran]) -> None:
    # The last text is in the bundled corpus, of which a corpus may be a part.
    note = (
        "The text is the background paper’s description; the Code is not quoted and no article is "
        "named."
    )
    content = f"language: fr\nproposed:\n  Scop: Portée\n  Scope: Portée\n  {note}: Texte.\n"
    code, out = validated(folder, run, content)
    warning = "no table has this English text, so its translation is never used"
    hint = "did you mean “Scope”? copy the English text letter for letter, or delete the line"
    assert (code, out) == (0, f"fr.yaml:3:3 NP606 warning: {warning}\n  hint: {hint}\n")
    assert run("validate", "--strict", "mine").code == 1


def test_translations_in_a_subfolder_are_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / "statutes" / "labels" / "fr").mkdir()
    code, out = validated(folder, run, "language: fr\n", "fr/fr.yaml")
    assert (code, out.splitlines()) == (
        2,
        [
            "fr/fr.yaml:1:1 NP107 the file is in a folder where no table looks for translations",
            "  hint: move it to the folder labels itself",
        ],
    )


@pytest.mark.further
def test_one_file_of_translations_can_be_checked(folder: Path, run: Callable[..., Ran]) -> None:
    path = folder / "statutes" / "labels" / "fr.yaml"
    path.write_text("language: fr\nproposed: {Scop: Portée}\n", encoding="utf-8")
    # Beside another corpus it is not known which texts the tables have.
    assert run("validate", path).out == ""
    assert "NP606" in run("validate", "--corpus", "mine", path).out
    assert run("validate", bundled("schemas") / "labels" / "fr.yaml").code == 0


def test_link_out_of_the_corpus_is_a_finding(folder: Path, run: Callable[..., Ran]) -> None:
    outside = folder.parent / "fr.yaml"
    outside.write_text("language: fr\n", encoding="utf-8")
    (folder / "statutes" / "labels" / "fr.yaml").symlink_to(outside)
    ran = run("validate", "mine")
    assert (ran.code, "it is a link that leads out of the corpus" in ran.out) == (2, True)


def test_mistake_does_not_stop_tables_in_english(folder: Path, run: Callable[..., Ran]) -> None:
    validated(folder, run, "language: fr\nname: French\n")
    assert run("--corpus", "mine", "classify").code == 0
    assert run("--corpus", "mine", "classify", "--language", "fr").code == 1


@pytest.mark.parametrize("language", ["fr", "es", "ru"])
def test_bundled_translations_are_all_used(language: str) -> None:
    path = TESTS.parent / "statutes" / "labels" / f"{language}.yaml"
    assert check_label_file(path, load_corpus()) == []
