"""A recorded model: its answers on clause 12, and a stand-in for the package `llm`."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from npcompare.coding import llm_adapter
from npcompare.coding.second_opinion import ModelIdentity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest


def value(field: str, word: str, words: str, limb: int = 1) -> dict[str, Any]:
    """Return a value as a model answers it."""
    return {"limb": limb, "field": field, "value": word, "words": words}


def finding(kind: str, words: str) -> dict[str, Any]:
    """Return a finding as a model answers it."""
    return {"kind": kind, "words": words}


#: What the recorded model answered on tests/bills/clause-12.txt.
VALUES = [
    value("persons", "any_victim", "A victim of trafficking in persons"),
    value("offences.extent", "any", "any offence"),
    value("offences.excluded", "scheduled", "an offence listed in the Second Schedule"),
    value("link", "compulsion", "compelled to commit"),
    value("relief", "no_prosecution", "prosecuted"),
    value("relief", "no_penalty", "convicted"),
    value("force", "mandatory", "shall not be prosecuted"),
    value("burden", "prosecution", "for the prosecution to prove"),
    value("standard", "beyond_reasonable_doubt", "beyond reasonable doubt", 0),
    value("link", "none", "any offence"),
    value("compulsion", "threats", "by means of threats"),
]
FINDINGS = [
    finding("condition", "regulations"),
    finding("exception", "offence"),
]


#: What it answered on the clause in docs/how-to/second-opinion.md.
DOCUMENTED_VALUES = [
    value("persons", "any_victim", "A victim of trafficking"),
    value("offences.extent", "any", "an offence"),
    value("link", "direct_result", "a direct result of being trafficked"),
    value("relief", "no_penalty", "shall not be punished"),
    value("force", "mandatory", "shall not"),
    value("compulsion", "threats", "the trafficker used threats"),
    value("decision", "prosecutor", "the prosecutor is satisfied"),
    value("offences.excluded", "none_reported", "an offence"),
    value("relief", "no_prosecution", "shall not be prosecuted"),
]
DOCUMENTED_FINDINGS = [
    finding("condition", "if the prosecutor is satisfied that the trafficker used threats"),
]


def answers(values: list[dict[str, Any]], findings: list[dict[str, Any]]) -> dict[str, str]:
    """Return the answers to the two prompts, by what their schema requires."""
    return {
        "values": json.dumps({"values": values}),
        "findings": json.dumps({"findings": findings}),
    }


class RecordedModel:
    """Gives recorded answers, and keeps the prompts."""

    identity = ModelIdentity("recorded-1", "2026-01-31", "llm 0.36")

    def __init__(self, recorded: Mapping[str, str]) -> None:
        self._recorded = recorded
        self.prompts: list[str] = []

    def answer(self, prompt: str, schema: Mapping[str, Any]) -> str:
        """Return the answer of which the schema requires the name."""
        self.prompts.append(prompt)
        (name,) = schema["required"]
        return self._recorded[name]


class RecordedResponse:
    """The response of a model of `llm`, which arrives in pieces."""

    resolved_model: str | None = None

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        """Yield the text; the version is known only then."""
        yield self._text[:10]
        yield self._text[10:]
        self.resolved_model = "recorded-1-2026-01-31"


class RecordedLlmModel:
    """A model of `llm` with recorded answers; an exception among them is raised."""

    model_id = "recorded-1"
    supports_schema = True

    def __init__(self, recorded: Mapping[str, str | BaseException]) -> None:
        self._recorded = recorded
        #: The prompt and the options of each call.
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def prompt(self, prompt: str, **options: Any) -> RecordedResponse:
        """Return the answer to a prompt."""
        self.calls.append((prompt, options))
        is_first = "Propose how it should be coded" in prompt
        answer = self._recorded["values" if is_first else "findings"]
        if isinstance(answer, BaseException):
            raise answer
        return RecordedResponse(answer)


def install_llm(patch: pytest.MonkeyPatch, model: Any) -> None:
    """Put a stand-in in the place of the package `llm`, whether or not that is installed.

    The model is its only model and its default.
    """

    class UnknownModelError(KeyError):
        pass

    def get_model(name: str | None = None) -> Any:
        if name not in (None, model.model_id):
            raise UnknownModelError(f"Unknown model: {name}")
        return model

    package = ModuleType("llm")
    vars(package).update(UnknownModelError=UnknownModelError, get_model=get_model)
    patch.setitem(sys.modules, "llm", package)
    patch.setattr(llm_adapter, "version", {"llm": "0.36"}.__getitem__)
