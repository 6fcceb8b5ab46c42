"""Every word of a table is translated: outputs in a pseudo-language have no English left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import OUTPUTS
from conftest import TESTS
from pseudo import PseudoCatalogue, untranslated

from npcompare.law import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

#: The outputs of builders.OUTPUTS whose messages are in catalogues, with their format.
TRANSLATED = {
    "state-list": (["stats", "--states"], "html"),
    "diff": ([], "html"),
    "redline": ([], "html"),
    "belgium": ([], "html"),
    "day": (["diff", "kenya", "gambia", "--as-of", "2015-01-01"], "html"),
    "gaps": (["gaps", "kenya", "coe-26"], "html"),
    "gaps-profile": (["gaps", "united-kingdom"], "html"),
    "gaps-against": ([], "html"),
    "gaps-overview": ([], "html"),
    "annex": (["export", "kenya", "jamaica", "coe-26", "england-and-wales-s45"], "html"),
    "annex-by-threshold": ([], "html"),
    "annex-by-region": (["export", "kenya", "chile-none", "--group-by", "region"], "html"),
    "annex-gaps": (["export", "kenya", "chile-none", "--layout", "gaps"], "html"),
    "annex-redline": (["export", "coe-26", "asean-14-7", "--layout", "redline"], "html"),
    "annex-where": (["export", "--where", "threshold=duress and stage!=records"], "html"),
    "side-by-side": ([], "html"),
    "align": ([], "html"),
    "stats": ([], "html"),
    "proof": ([], "html"),
    "where": ([], "html"),
    "by-threshold": ([], "html"),
    "clause": ([], "html"),
}


@pytest.mark.parametrize("name", TRANSLATED)
def test_no_english_is_left(
    name: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    monkeypatch.setattr(translation, "catalogue_of", lambda *_: PseudoCatalogue())
    arguments, file_format = TRANSLATED[name]
    ran = run(*(arguments or OUTPUTS[name]), "--language", "fr", "--format", file_format)
    assert ran.code == 0
    assert list(dict.fromkeys(untranslated(ran.out))) == []
