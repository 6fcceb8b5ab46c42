"""npcompare: encode, classify and compare provisions on non-punishment, each cell with proof.

What is named here is for programs; `docs/api.md` tells of it. Each is loaded when it is first asked
for, so that a command pays for nothing that it does not use.
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
    "validate",
    "variables",
]

if TYPE_CHECKING:
    from npcompare.analysis.classification import classify
    from npcompare.analysis.comparison import compare
    from npcompare.analysis.gaps import assess
    from npcompare.coding.agreement import agree, variables
    from npcompare.coding.suggestions import suggest
    from npcompare.coding.validation import validate
    from npcompare.errors import NpcompareError, Problem, ProblemsError
    from npcompare.files import save
    from npcompare.formats.registry import FORMATS, render
    from npcompare.law.benchmark import benchmark, secretariat
    from npcompare.law.corpus import Corpus, load_corpus, load_together
    from npcompare.model.provision import Basis, Provision
    from npcompare.model.results import Classification, Comparison, Relation
    from npcompare.reports.annex_layouts import export
    from npcompare.reports.annex_recipe import Wish
    from npcompare.wording.redline import redline
else:
    # No public name may be that of a module: which of the two is found would depend on what was
    # loaded before.
    _PLACES = {
        "coding.agreement": ("agree", "variables"),
        "analysis.classification": ("classify",),
        "analysis.comparison": ("compare",),
        "law.corpus": ("Corpus", "load_corpus", "load_together"),
        "errors": ("NpcompareError", "Problem", "ProblemsError"),
        "analysis.gaps": ("assess",),
        "law.benchmark": ("benchmark", "secretariat"),
        "model.provision": ("Basis", "Provision"),
        "model.results": ("Classification", "Comparison", "Relation"),
        "wording.redline": ("redline",),
        "files": ("save",),
        "coding.suggestions": ("suggest",),
        "coding.validation": ("validate",),
        "reports.annex_layouts": ("export",),
        "reports.annex_recipe": ("Wish",),
        "formats.registry": ("FORMATS", "render"),
    }

    def __getattr__(name):  # noqa: ANN001, ANN202 - its types are above
        from importlib import import_module

        for place, names in _PLACES.items():
            if name in names:
                return getattr(import_module(f"npcompare.{place}"), name)
        raise AttributeError(f"module 'npcompare' has no attribute {name!r}")

    def __dir__():  # noqa: ANN202
        return sorted({*globals(), *__all__})
