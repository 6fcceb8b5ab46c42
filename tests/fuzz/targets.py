"""The fuzz targets by name: what each asserts of bytes, what searches begin with, what is changed.

A target takes bytes and raises an error if a property fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import (
    answer_readers,
    codebook_writers,
    folder_readers,
    law_writers,
    packages,
    readers,
    sheet_readers,
    text_readers,
    writers,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": readers.reader,
    "validator": readers.validator,
    "suggest": readers.suggestion,
    "filed-json": readers.filed_json,
    "filed-docx": readers.filed_docx,
    "filed-xlsx": answer_readers.filed_workbook,
    "pack": readers.pack,
    "text-docx": text_readers.word_text,
    "text-odt": text_readers.odt_text,
    "text-html": text_readers.markup_text,
    "text-akn": text_readers.akn_text,
    "text-pdf": text_readers.pdf_text,
    "text-plain": text_readers.plain_text,
    "form-xlsx": sheet_readers.workbook,
    "form-csv": sheet_readers.separated,
    "survey": sheet_readers.survey,
    "corpus": folder_readers.corpus_folder,
    "codebook": answer_readers.codebook,
    "names": answer_readers.names,
    "import": folder_readers.release,
    "changes": folder_readers.changes,
    "interview": answer_readers.answers,
    "opinion": answer_readers.opinion,
    "template": answer_readers.template,
    "plain": writers.plain_text,
    "terminal": writers.screen,
    "markdown": writers.markdown,
    "csv": writers.comma,
    "json": writers.data,
    "ndjson": writers.lines,
    "html": writers.page,
    "latex": writers.tex,
    "svg": writers.picture,
    "charts": writers.row_figures,
    "blocks": writers.block_figures,
    "diagram": writers.boxes_and_lines,
    "docx": writers.office_word,
    "xlsx": writers.workbook,
    "pdf": writers.print_out,
    "akn": law_writers.akn,
    "qdpx": law_writers.project,
    "annotations": law_writers.evidence,
    "skos": law_writers.vocabulary,
    "release": law_writers.release,
    "sqlite": law_writers.database,
    "parquet": law_writers.columns,
    "site": law_writers.site,
    "notebook": law_writers.notebook,
    "annex": law_writers.annex,
    "form": law_writers.form,
    "codebook-files": codebook_writers.codebook_files,
    "codebook-print": codebook_writers.codebook_print,
}

#: What the search for each of the targets with a structure of its own begins with.
SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "filed-xlsx": answer_readers.filed_workbook_seeds,
    "text-docx": text_readers.word_seeds,
    "text-odt": text_readers.odt_seeds,
    "text-html": text_readers.markup_seeds,
    "text-akn": text_readers.akn_seeds,
    "text-pdf": text_readers.pdf_seeds,
    "text-plain": text_readers.plain_seeds,
    "form-xlsx": sheet_readers.workbook_seeds,
    "form-csv": sheet_readers.separated_seeds,
    "survey": sheet_readers.survey_seeds,
    "corpus": folder_readers.corpus_seeds,
    "codebook": answer_readers.codebook_seeds,
    "codebook-files": answer_readers.codebook_seeds,
    "codebook-print": answer_readers.codebook_seeds,
    "names": answer_readers.names_seeds,
    "import": folder_readers.release_seeds,
    "changes": folder_readers.release_seeds,
    "interview": answer_readers.answers_seeds,
    "opinion": answer_readers.opinion_seeds,
    "template": answer_readers.template_seeds,
    **dict.fromkeys(
        (
            *("akn", "qdpx", "annotations", "skos", "release", "sqlite", "parquet"),
            *("site", "notebook", "annex", "form"),
        ),
        law_writers.law_seeds,
    ),
}

#: Targets whose bytes are text alone, in which nothing but bytes can be changed.
_WITHOUT_STRUCTURE = frozenset({"text-plain", "interview"})


def changed(name: str, raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return the bytes of a target of SEEDS with a small change in their structure."""
    if name in _WITHOUT_STRUCTURE:
        return reword(raw.decode("utf-8", "replace")).encode("utf-8", "replace")
    return packages.mutated_parts(raw, random, reword)
