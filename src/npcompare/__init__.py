"""npcompare: encode, classify and compare provisions on non-punishment, with proof for each cell.

The names below are the interface for programs; `docs/reference/api.md` describes it. A name is
imported when it is first used, so that a command loads only what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare._version import __version__ as __version__

__all__ = [
    "FORMATS",
    "Basis",
    "Classification",
    "Comparison",
    "Corpus",
    "NpcompareError",
    "Problem",
    "ProblemsError",
    "Provision",
    "Relation",
    "Wish",
    "agree",
    "assess",
    "benchmark",
    "catalogue_of",
    "classify",
    "compare",
    "export",
    "load_corpus",
    "load_together",
    "redline",
    "render",
    "save",
    "secretariat",
    "suggest",
    "using",
    "validate",
    "variables",
]

if TYPE_CHECKING:
    from npcompare.analysis.gaps import assess
    from npcompare.coding.agreement import agree, variables
    from npcompare.coding.suggestions import suggest
    from npcompare.coding.validation import validate
    from npcompare.errors import NpcompareError, Problem, ProblemsError
    from npcompare.files import save
    from npcompare.formats.registry import FORMATS, render
    from npcompare.law.benchmark import benchmark, secretariat
    from npcompare.law.translation import catalogue_of
    from npcompare.messages import using
    from npcompare.model.provision import Basis, Provision
    from npcompare.model.results import Relation
    from npcompare.notebook.shown import (
        Classification,
        Comparison,
        Corpus,
        classify,
        compare,
        load_corpus,
        load_together,
    )
    from npcompare.reports.annex_layouts import export
    from npcompare.reports.annex_recipe import Wish
    from npcompare.wording.redline import redline
else:
    #: The module of each public name (PEP 562). No public name may be the name of a module of this
    #: package: which of the two Python finds would depend on what was imported before.
    _MODULES = {
        "FORMATS": "formats.registry",
        "Basis": "model.provision",
        "Classification": "notebook.shown",
        "Comparison": "notebook.shown",
        "Corpus": "notebook.shown",
        "NpcompareError": "errors",
        "Problem": "errors",
        "ProblemsError": "errors",
        "Provision": "model.provision",
        "Relation": "model.results",
        "Wish": "reports.annex_recipe",
        "agree": "coding.agreement",
        "assess": "analysis.gaps",
        "benchmark": "law.benchmark",
        "catalogue_of": "law.translation",
        "classify": "notebook.shown",
        "compare": "notebook.shown",
        "export": "reports.annex_layouts",
        "load_corpus": "notebook.shown",
        "load_together": "notebook.shown",
        "redline": "wording.redline",
        "render": "formats.registry",
        "save": "files",
        "secretariat": "law.benchmark",
        "suggest": "coding.suggestions",
        "using": "messages",
        "validate": "coding.validation",
        "variables": "coding.agreement",
    }

    def __getattr__(name):  # noqa: ANN001, ANN202 - the types are those of the imports above
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module 'npcompare' has no attribute {name!r}")
        return getattr(import_module(f"npcompare.{_MODULES[name]}"), name)

    def __dir__():  # noqa: ANN202
        return sorted({*globals(), *__all__})
