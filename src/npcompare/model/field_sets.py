"""Coded fields that are read together, by the names of `FIELDS` in `codebook.py`."""

from __future__ import annotations

#: The parts of coded offences, each a field of its own.
OFFENCE_PARTS = ("extent", "categories", "excluded")
OFFENCE_FIELDS = tuple(f"offences.{part}" for part in OFFENCE_PARTS)

#: What names categories of offences, and what names offences that are reached.
OFFENCE_LISTS = ("offences.categories", "offences.excluded")
REACHED_OFFENCES = ("offences.extent", "offences.categories")

#: What says more of compulsion, and of no other link.
OF_COMPULSION = ("compelled_by", "compulsion")

#: What says how an act is linked, and how strictly.
OF_LINK = ("link", *OF_COMPULSION, "tests")

#: What says which acts a rule is about: offences, and the link that narrows these.
OF_ACTS = (*OFFENCE_FIELDS, "link")
