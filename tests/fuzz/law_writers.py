"""Properties of what is written of provisions for other programs: it is read again, word for word.

Bytes are the file of a provision, and on request the bibliography and the description of a corpus.
What is refused is not written.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
import warnings
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from lxml import etree
from lxml import html as pages

from fuzz.packages import new_parts, seed
from fuzz.readers import kenya as neighbour
from fuzz.sheet_readers import separated_sheets
from fuzz.trees import ROOT
from npcompare.analysis.classification import classify
from npcompare.coding.form_sheets import coding_form
from npcompare.coding.workbook_entries import read_entries
from npcompare.coding.workbook_import import imported
from npcompare.dataset.csv_table import cell_texts
from npcompare.dataset.folder import write_folder
from npcompare.dataset.parquet_files import parquet_bytes
from npcompare.dataset.release import release_files, release_of
from npcompare.dataset.release_import import import_release
from npcompare.dataset.sqlite_file import sqlite_bytes
from npcompare.errors import NpcompareError, ProblemsError, refusals
from npcompare.exchange import akoma_ntoso, refi_project, skos, web_annotations
from npcompare.exchange.coded_passages import one_line
from npcompare.formats import annex_reader, atlas_page, excel, word
from npcompare.formats.excel_form import write_form
from npcompare.formats.registry import FORMATS, render
from npcompare.law.corpus import load_corpus
from npcompare.law.provision_parser import parse_provision
from npcompare.law.yaml_reader import YamlFile, dump_yaml, read_yaml
from npcompare.notebook import shown as notebook_shown
from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.xlsx_reader import read_xlsx
from npcompare.reports import annex_layouts, annex_recipe, own_columns
from npcompare.reports.atlas_content import atlas
from npcompare.reports.workbook_annex import read_workbook
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.dataset.tables import Release
    from npcompare.document import Document, FiledAnnex, Table
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

#: What bytes are, in their order.
_FILES = ("provision.yaml", "sources.yaml", "dataset.yaml")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_REFERENCES = ("fuller", "version_of", "succeeds")

#: Files of a release that are written by other targets, or are not made from a provision.
_HEAVY = (".pdf", ".qdpx", ".sqlite", ".parquet", ".qdc")


def _corpus(raw: bytes) -> tuple[Corpus, Provision] | None:
    """Return the corpus that bytes encode, and its provision; None if it is refused."""
    contents = new_parts(raw, _FILES)
    file = YamlFile(Path("a.yaml"), "a.yaml", contents.get(_FILES[0], b""))
    name = file.data.get("id") if isinstance(file.data, dict) else None
    if not isinstance(name, str) or not re.fullmatch("[a-z][a-z0-9-]{0,40}", name):
        return None
    with tempfile.TemporaryDirectory() as folder:
        files = {**_beside(), **contents, f"{name}.yaml": contents[_FILES[0]]}
        for path, content in files.items():
            if path != _FILES[0]:
                (Path(folder) / path).write_bytes(content)
        try:
            corpus = load_corpus(folder)
        except NpcompareError:
            return None
        if refusals(corpus.problems) or not corpus.files:
            return None
        (provision,) = corpus.all_provisions()
        return corpus, provision


@cache
def _beside() -> dict[str, bytes]:
    """Return the bibliography and the description of the bundled corpus."""
    return {name: (ROOT / "statutes" / name).read_bytes() for name in _FILES[1:]}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", visible(text))


def akn(raw: bytes) -> None:
    """Assert that Akoma Ntoso is well-formed, and that our own reader reads every word again."""
    for corpus, provision in _written(raw):
        try:
            content = akoma_ntoso.write(corpus, [provision])
        except NpcompareError as error:
            assert provision.id in error.message
            return
        assert etree.fromstring(content) is not None
        read = read_akoma_ntoso(content, "a.akn", "accepted").text
        assert _words(fold(read)) == _words(fold(one_line(provision.text.body)))


def _written(raw: bytes) -> Iterator[tuple[Corpus, Provision]]:
    if loaded := _corpus(raw):
        yield loaded


def project(raw: bytes) -> None:
    """Assert that every passage of a REFI-QDA project has its words at its place."""
    for corpus, provision in _written(raw):
        content = refi_project.write_project(corpus, [provision], {})
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        root: Any = etree.fromstring(files["project.qde"])
        texts = [*root.iter("{*}TextSource"), *root.iter("{*}Note")]
        contents = {
            text.get("guid"): files[f"sources/{text.get('guid')}.txt"].decode() for text in texts
        }
        for selection in root.iter("{*}PlainTextSelection"):
            start, end = (int(selection.get(f"{side}Position")) for side in ("start", "end"))
            words = contents[selection.getparent().get("guid")][start:end]
            assert words == selection.get("name") != ""
        if provision.text.body:
            assert one_line(provision.text.body) in contents.values()
        names = [user.get("guid") for user in root.iter("{*}User", "{*}Code", "{*}Case")]
        assert len(set(names)) == len(names)


def evidence(raw: bytes) -> None:
    """Assert that every selector of the Web Annotations finds its words."""
    for corpus, provision in _written(raw):
        try:
            data = json.loads(web_annotations.write(corpus, [provision]))
        except NpcompareError as error:
            assert "quote" in error.message or "words" in error.message
            return
        texts = {text["id"]: text["value"] for text in data["np:texts"]}
        for annotation in data["first"]["items"]:
            targets = annotation["target"]
            for target in targets if isinstance(targets, list) else [targets]:
                quote, place = target["selector"]
                text = texts[target["source"]["id"]]
                assert text[place["start"] : place["end"]] == quote["exact"]
                passage = quote["prefix"] + quote["exact"] + quote["suffix"]
                assert text.find(passage) == place["start"] - len(quote["prefix"])


def vocabulary(raw: bytes) -> None:
    """Assert that SKOS is read again, as Turtle and as JSON-LD, with the same statements."""
    from rdflib import Graph

    for corpus, _ in _written(raw):
        graph = Graph().parse(data=skos.write_turtle(corpus), format="turtle")
        with warnings.catch_warnings(category=DeprecationWarning, action="ignore"):
            from_json = Graph().parse(data=skos.write_json_ld(corpus), format="json-ld")
        assert len(graph) == len(from_json)


def release(raw: bytes) -> None:
    """Assert that each file of a release is read again, and that its import is the same law."""
    for corpus, provision in _written(raw):
        try:
            data = release_of(corpus)
            contents = dict(_light(data))
        except NpcompareError as error:
            assert "separates the items of a cell" in error.hint
            return
        for name, content in contents.items():
            _check_file(name, content, data)
        with tempfile.TemporaryDirectory() as folder:
            write_folder(contents.items(), Path(folder) / "release")
            try:
                result = import_release(Path(folder) / "release", None, None)
            except ProblemsError as error:
                raise AssertionError(str(error.problems)) from error
            text = result.files[Path(f"{provision.id}.yaml")]
        reread = YamlFile(Path("a.yaml"), "a.yaml", text.encode())
        assert reread.problems == []
        assert _law(reread.data) == _law(corpus.files[0].data())


def _law(tree: Mapping[str, Any]) -> Provision:
    """Return the provision in data, without references to those that a release does not have."""
    coding = {name: value for name, value in tree.items() if name not in _REFERENCES}
    return parse_provision(coding)


def _light(data: Release) -> Iterator[tuple[str, bytes]]:
    """Yield the files that take little time."""
    for file in release_files():
        if not file.name.endswith(_HEAVY):
            content = file.make(data)
            if content is not None:
                yield file.name, content


def _check_file(name: str, content: bytes, data: Release) -> None:
    """Assert that a file of a release is read again by a reader of its format."""
    text = content.decode()
    assert not _CONTROLS.search(text)
    if name.endswith(".csv") and name != "agreement.csv":
        table = data.tables[name.removesuffix(".csv")]
        rows = [*csv.reader(io.StringIO(text, newline=""), strict=True)]
        assert rows[0] == [column.name for column in table.columns]
        assert rows[1:] == [cell_texts(table, row) for row in table.rows]
    elif name.endswith((".json", ".jsonld")):
        assert json.loads(text)
    elif name.endswith((".cff", ".yaml")):
        read = YamlFile(Path(name), name, content)
        assert read.problems == []
        assert str(yaml.load(text, Loader=yaml.CBaseLoader)) != ""  # noqa: S506 - only strings
    elif name.endswith(".bib"):
        _check_bibliography(text, data)
    elif name.endswith(".md"):
        assert text.endswith("\n")


def _check_bibliography(text: str, data: Release) -> None:
    from pybtex.database import parse_string

    entries = parse_string(text, "bibtex").entries
    assert list(entries) == [row["id"] for row in data.tables["sources"].records()]


def database(raw: bytes) -> None:
    """Assert that a database is sound and has the rows of the tables."""
    for corpus, _ in _written(raw):
        tables = release_of(corpus).tables.values()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "release.sqlite"
            path.write_bytes(sqlite_bytes(tuple(tables)))
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
                for table in tables:
                    rows = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()
                    assert _sorted(rows) == _sorted(map(_plain, table.rows))
                assert connection.execute("SELECT count(*) FROM cells").fetchone()[0] > 0


def _sorted(rows: Any) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in rows)


def _plain(row: tuple[Any, ...]) -> list[Any]:
    lists = (json.dumps(cell, ensure_ascii=False) if cell else None for cell in row)
    return [
        text if isinstance(cell, tuple) else int(cell) if isinstance(cell, bool) else cell
        for cell, text in zip(row, lists, strict=True)
    ]


def columns(raw: bytes) -> None:
    """Assert that Parquet has the rows of the tables."""
    from pyarrow import BufferReader, parquet

    for corpus, _ in _written(raw):
        for table in release_of(corpus).tables.values():
            read = parquet.read_table(BufferReader(parquet_bytes(table))).to_pylist()
            names = [column.name for column in table.columns]
            expected = [
                [list(cell) or None if isinstance(cell, tuple) else cell for cell in row]
                for row in table.rows
            ]
            assert [[record[name] for name in names] for record in read] == expected


_ACTS = ("src", "srcdoc", "onclick", "onload", "onerror")


def site(raw: bytes) -> None:
    """Assert that pages are read again with every word of the text, and nothing else that acts."""
    for corpus, provision in _written(raw):
        result = classify(corpus.codebook, provision)
        content = atlas(corpus, [result], frozenset(), title=provision.citation, detail=True)
        texts = [atlas_page.write(content), *(text for _, text in atlas_page.write_pages(content))]
        trees = [_tree(text) for text in texts]
        page_words = _words(fold(trees[0].text_content()))
        missing = set(_words(fold(provision.text.body))) - set(page_words)
        assert not missing, missing


def _tree(text: str) -> Any:
    tree: Any = pages.document_fromstring(text)
    assert not _CONTROLS.search(text)
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not attributes & {*_ACTS}
    for script in tree.xpath("//script[contains(@type, 'json')]"):
        assert json.loads(script.text)
    return tree


def notebook(raw: bytes) -> None:
    """Assert that what notebooks show is HTML with nothing that acts, and that frames are made."""
    for corpus, provision in _written(raw):
        fields = {name: getattr(corpus, name) for name in corpus.__struct_fields__}
        corpus_shown = notebook_shown.Corpus(**fields)
        result = corpus_shown.classify(provision.id)
        comparison = corpus_shown.compare(provision.id, provision.id)
        for value in (corpus_shown, result, comparison):
            text = value._repr_html_()
            assert text
            assert repr(value).startswith("<")
            tree: Any = pages.fragment_fromstring(text, create_parent=True)
            assert not tree.xpath("//script | //iframe | //object | //@onclick")
        for library in ("pandas", "polars"):
            assert len(corpus_shown.to_frame(library)) > 0


#: The layouts whose tables are read back.
_LAYOUTS = ("annex", "matrix", "gaps", "typology", "side-by-side", "align")


def annex(raw: bytes) -> None:
    """Assert that an annex is read back word for word from Word, Excel and JSON."""
    for corpus, provision in _written(raw):
        results = [classify(corpus.codebook, provision), neighbour()]
        for layout in _LAYOUTS:
            wish = annex_recipe.Wish(layout=layout)
            try:
                document = annex_layouts.export(corpus, results, wish)
            except NpcompareError as error:
                assert "align" in error.message
                continue
            _check_read(document, annex_reader.read_docx(word.write(document)))
            content = render(document, FORMATS["json"])
            raw_json = content if isinstance(content, bytes) else content.encode()
            if layout != "matrix":
                # JSON says in words what empty cells of a matrix mean.
                _check_read(document, annex_reader.read_json(raw_json))
        wish = annex_recipe.Wish(own_columns=("Remarks",))
        document = annex_layouts.export(corpus, results, wish)
        filed = read_workbook(excel.write(document), "a.xlsx")
        assert filed.recipe == document.recipe
        assert not [*own_columns.lost_words(document, filed)]
        assert own_columns.own_headings(filed) == ("Remarks",)


def _check_read(document: Document, filed: FiledAnnex) -> None:
    """Assert that an annex has the recipe and the words of a document."""
    assert filed.recipe == document.recipe
    tables = [table for table in document.tables if table.rows]
    assert [_cells(table) for table in filed.tables if table.rows] == [*map(_cells, tables)]


def _cells(table: Table) -> list[list[list[str]]]:
    # What keeps words on one line is not read back.
    return [[_words(cell.text.replace("\u2060", "")) for cell in row] for row in table.rows]


def form(raw: bytes) -> None:
    """Assert that a form is imported as it was filled in, from Excel and from separated values."""
    for corpus, _ in _written(raw):
        tree = corpus.files[0].data()
        try:
            filled = coding_form(corpus.codebook, corpus.documents, [tree])
            content = write_form(filled)
        except NpcompareError:
            return
        for sheets in ([read_xlsx(content, "form.xlsx")], separated_sheets(filled)):
            try:
                result = imported(read_entries(sheets, corpus.codebook), corpus, None, sheets)
            except ProblemsError as error:
                raise AssertionError(str(error.problems)) from error
            text = result.files[corpus.files[0].path]
            reread = YamlFile(Path("a.yaml"), "a.yaml", text.encode())
            assert parse_provision(reread.data) == parse_provision(tree)


# --- What the searches begin with ----------------------------------------------------------------

_SAMPLES = (
    "kenya",
    "gambia",
    "us-vacatur-broad",
    "coe-26",
    "world/scotland-s8",
    "world/chile-none",
)


def law_seeds() -> list[bytes]:
    """Return files of provisions, one of them with what is beside it in a corpus."""
    statutes = ROOT / "statutes"
    files = [b"# \n" + (statutes / f"{name}.yaml").read_bytes() for name in _SAMPLES]
    words = files[0].decode()
    documents = read_yaml(statutes / "sources.yaml").data
    named = {name: document for name, document in documents.items() if name in words}
    parts = {
        "provision.yaml": files[0],
        "sources.yaml": b"# \n" + dump_yaml(named).encode(),
        "dataset.yaml": b"# \n" + (statutes / "dataset.yaml").read_bytes(),
    }
    return [*files, seed(parts, _FILES)]
