"""What an article says in sentences of their own that its rules require.

"It is a defence to show that conditions A and B are met. Condition A is that the person was
compelled." A rule can name its requirements before or after the sentences that state them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.alternatives import alternatives
from npcompare.model.field_sets import OF_COMPULSION, OF_LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader

#: What a requirement can state.
_FIELDS = (*OF_LINK, "status_required")

#: The name of a condition: "condition A".
_NAME = re.compile(r"\b[A-H]\b")

#: The name of what is required without a name, and of what compulsion is.
_ALL, _MEANS = "", "means"

#: What a requirement states, and in order the limbs that have it.
_Stated = tuple["list[Passage]", "dict[LimbDraft, None]"]


class Requirements:
    """The requirements that the articles of one text state."""

    def __init__(self, reader: Reader) -> None:
        """Prepare to collect requirements."""
        self._reader = reader
        #: By article and name, what a requirement states, and the limbs that have it.
        self._stated: dict[str, dict[str, _Stated]] = defaultdict(dict)

    def named(self, passages: Iterable[Passage]) -> frozenset[str]:
        """Return the names of the requirements that a rule refers to."""
        required = [passage for passage in passages if passage.field == "required"]
        return frozenset(name for passage in required for name in self._names(passage))

    def note(
        self,
        article: str,
        passages: list[Passage],
        before: Iterable[LimbDraft],
        limbs: list[LimbDraft],
    ) -> bool:
        """Note what a sentence states, and add the limbs before it that this is required of.

        A requirement without a name is one of the rules that have no link of their own. Those that
        offer alternatives are not understood. Return whether a limb has changed.
        """
        signals = [passage for passage in passages if passage.field == "requirement"]
        stated = [passage for passage in passages if passage.field in _FIELDS]
        if not signals or not stated or len([*alternatives(self._reader, stated)]) > 1:
            return False
        is_changed = False
        bearers: dict[LimbDraft, None] = {}
        is_definition = all(passage.field in OF_COMPULSION for passage in stated)
        for name in [_MEANS] if is_definition else self._names(signals[0]):
            self._stated[article][name] = stated, bearers
        for limb in before:
            is_changed |= self.complete(limb)
            is_bound = not is_definition and not limb.requirements and not limb.values("link")
            if is_bound and limb not in bearers:
                limb.add(stated)
                bearers[limb] = None
        known = set(limbs)
        limbs += [limb for limb in bearers if limb not in known]
        return is_changed or bool(bearers)

    def complete(self, limb: LimbDraft) -> bool:
        """Add to a limb what the requirements state that it refers to, and what compulsion is.

        Return whether it has changed.
        """
        stated = self._stated[limb.article]
        names = {*(stated if _ALL in limb.requirements else limb.requirements)} - {_MEANS}
        names |= {_MEANS} if "compulsion" in limb.values("link") else set()
        missing = [name for name in sorted(names) if name in stated and limb not in stated[name][1]]
        for name in missing:
            limb.add(stated[name][0])
            stated[name][1][limb] = None
        limb.lacks_requirements = not limb.requirements <= {*stated, *([_ALL] if stated else [])}
        return bool(missing)

    def _names(self, passage: Passage) -> list[str]:
        """Return the names in the words of a passage, or the name of what has none."""
        return _NAME.findall(self._reader.text[passage.start : passage.end]) or [_ALL]
