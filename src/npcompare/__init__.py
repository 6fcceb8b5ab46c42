"""npcompare: encode, classify and compare provisions on non-punishment, each cell with proof.

What is named here is for programs; `docs/api.md` tells of it. Each is loaded when it is first asked
for, so that a command pays for nothing that it does not use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

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
    from npcompare.agreement import agree, variables
    from npcompare.classes import classify
    from npcompare.comparison import compare
    from npcompare.corpus import Corpus, load_corpus, load_together
    from npcompare.errors import NpcompareError, Problem, ProblemsError
    from npcompare.formats import FORMATS
    from npcompare.gaps import assess, benchmark, secretariat
    from npcompare.model import Basis, Classification, Comparison, Provision, Relation
    from npcompare.redlines import redline
    from npcompare.saving import save
    from npcompare.suggestion import suggest
    from npcompare.validation import validate
    from npcompare.views.annex import export
    from npcompare.views.recipe import Wish
    from npcompare.writers import render
else:
    # No public name may be that of a module: which of the two is found would depend on what was
    # loaded before.
    _PLACES = {
        "agreement": ("agree", "variables"),
        "classes": ("classify",),
        "comparison": ("compare",),
        "corpus": ("Corpus", "load_corpus", "load_together"),
        "errors": ("NpcompareError", "Problem", "ProblemsError"),
        "formats": ("FORMATS",),
        "gaps": ("assess", "benchmark", "secretariat"),
        "model": ("Basis", "Classification", "Comparison", "Provision", "Relation"),
        "redlines": ("redline",),
        "saving": ("save",),
        "suggestion": ("suggest",),
        "validation": ("validate",),
        "views.annex": ("export",),
        "views.recipe": ("Wish",),
        "writers": ("render",),
    }

    def __getattr__(name):  # noqa: ANN001, ANN202 - its types are above
        from importlib import import_module

        for place, names in _PLACES.items():
            if name in names:
                return getattr(import_module(f"npcompare.{place}"), name)
        raise AttributeError(f"module 'npcompare' has no attribute {name!r}")

    def __dir__():  # noqa: ANN202
        return sorted({*globals(), *__all__})
