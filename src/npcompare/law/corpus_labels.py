"""Check the translations of a corpus: the files in its folder `labels`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import Code, Problem, refusals
from npcompare.files import bundled
from npcompare.law.cache import Cache, NullCache
from npcompare.law.catalogue_checks import LabelChecks
from npcompare.law.checking import check_all
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import LABELS, label_files
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from npcompare.law.checking import CheckedFile, CheckOptions
    from npcompare.law.corpus import Corpus

#: For how many translations a similar text is looked for in one corpus.
_MOST_HINTS = 20


def check_labels(corpus: Corpus, options: CheckOptions) -> tuple[list[Problem], int]:
    """Return every finding about the translations of a corpus, and the number of its files.

    Which translations of the bundled corpus are used is in the list of those without a source.
    """
    paths, problems = label_files(corpus.folder)
    if not paths:
        return problems, 0
    cache = Cache((corpus.folder, corpus.folder / LABELS)) if options.use_cache else NullCache()
    files = list(check_all(paths, LabelChecks(), cache, options))
    cache.save()
    for file in files:
        problems += file.problems
        if file.path.parent != corpus.folder / LABELS:
            hint = f"move it to the folder {LABELS} itself"
            message = "the file is in a folder where no table looks for translations"
            problems.append(Problem(file.display_path, 1, 1, Code.UNREADABLE, message, hint))
    if corpus.folder != bundled("statutes"):
        problems += unused_translations(files, corpus)
    return problems, len(files)


def check_label_file(path: Path, corpus: Corpus) -> list[Problem]:
    """Return every finding about one file of translations, in a corpus, a folder or npcompare."""
    folder = path.resolve().parent
    is_bundled = folder == (bundled("schemas") / LABELS).resolve()
    checks = LabelChecks(LABELS) if is_bundled else LabelChecks()
    (file,) = check_all([path], checks, NullCache())
    is_used = is_bundled or folder == (corpus.folder / LABELS).resolve()
    return [*file.problems, *(unused_translations([file], corpus) if is_used else ())]


def unused_translations(files: list[CheckedFile], corpus: Corpus) -> Iterator[Problem]:
    """Yield a warning for each translation of a text that no table can have.

    A text of the bundled corpus is not one of these, as a corpus may be a part of it.
    """
    from npcompare.law.catalogue_checks import translations_in
    from npcompare.law.untranslated import all_texts

    valid_files = [file for file in files if file.is_valid]
    if not valid_files or refusals(corpus.problems):
        return
    texts = all_texts(corpus)
    unknown = [
        (file, pointer)
        for file in valid_files
        for pointer, _ in translations_in(file.data())
        if pointer[-1] not in texts
    ]
    if unknown and corpus.folder != bundled("statutes"):
        texts |= all_texts(load_corpus())
    count = 0
    for file, pointer in unknown:
        if pointer[-1] in texts:
            continue
        count += 1
        match = near(str(pointer[-1]), texts) if count <= _MOST_HINTS else ""
        yield file.yaml_file.problem(
            pointer,
            Code.TRANSLATION_UNUSED,
            "no table has this English text, so its translation is never used",
            (f"did you mean “{match}”? " if match else "")
            + "copy the English text letter for letter, or delete the line",
            key=True,
        )
