"""Models for a second opinion, through the package `llm`, which is imported only when one is asked.

`llm` keeps the keys and knows the models; each of its plugins adds models of one service or of this
machine. See https://llm.datasette.io/en/stable/python-api.html.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from npcompare.coding.second_opinion import LONGEST_ANSWER, ModelIdentity
from npcompare.errors import NpcompareError
from npcompare.installation import install_hint
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How a model is requested on the command line.
_PACKAGE = "llm"

#: How long one answer may take, in seconds.
TIME_LIMIT = 120.0

#: Plugins of `llm` that run their models within this process.
_IN_PROCESS = frozenset({"llm_gguf", "llm_gpt4all", "llm_mlx"})

#: The names of this machine in an address.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

#: The longest name and the longest message of a model that are shown, in characters.
_LONGEST_NAME, _LONGEST_MESSAGE = 80, 200


def model_name(request: str) -> str:
    """Return the name of the model in `llm:MODEL`, or an empty string for `llm` alone.

    Raises NpcompareError if the request has another form.
    """
    package, colon, name = request.partition(":")
    if package != _PACKAGE or (colon and not name.strip()):
        raise NpcompareError(
            f'"{request}" is not a source of second opinions', "write llm or llm:MODEL"
        )
    return name.strip()


class LlmModel:
    """A model that `llm` provides."""

    def __init__(self, name: str) -> None:
        """Look up a model by its name or alias; an empty name means the default model of `llm`.

        Raises NpcompareError if `llm` is not installed or has no such model.
        """
        llm = _package()
        try:
            with redirect_stdout(sys.stderr):
                self._model: Any = llm.get_model(name or None)
        except llm.UnknownModelError as error:
            raise NpcompareError(
                f'llm has no model "{name}"' if name else "llm has no default model",
                "`llm models` lists the models that are installed",
            ) from error
        except Exception as error:
            raise NpcompareError(f"llm cannot load the model: {_message(error)}") from error
        self._version = ""

    @property
    def identity(self) -> ModelIdentity:
        """The model, with the version that the service has reported so far."""
        return ModelIdentity(
            _shown(self._model.model_id, _LONGEST_NAME), self._version, _package_version()
        )

    @property
    def notice(self) -> str:
        """A sentence that says where the text goes."""
        identity = self.identity
        name = f"{identity.name} ({identity.package})"
        address = str(getattr(self._model, "api_base", None) or "")
        if address and _is_this_machine(address):
            return (
                f"second opinion: the text goes to the model {name} on this machine, at "
                f"{_shown(address, _LONGEST_NAME)}"
            )
        if not address and type(self._model).__module__.partition(".")[0] in _IN_PROCESS:
            return f"second opinion: the text stays on this machine, with the model {name}"
        return (
            f"second opinion: the text leaves this machine; it is sent to the model {name}, "
            "with the codebook and the proposed coding"
        )

    def answer(self, prompt: str, schema: Mapping[str, Any]) -> str:
        """Return the answer to a prompt.

        Raises NpcompareError if the model fails, or answers too slowly or at too great a length.
        """
        outcome: list[str | BaseException] = []

        def ask() -> None:
            try:
                outcome.append(self._answer(prompt, schema))
            except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
                outcome.append(error)

        # A thread that still waits for the service does not keep the program from ending.
        thread = Thread(target=ask, daemon=True)
        with redirect_stdout(sys.stderr):
            thread.start()
            thread.join(TIME_LIMIT)
        if not outcome:
            raise NpcompareError(f"the model gave no answer within {TIME_LIMIT:g} seconds")
        (result,) = outcome
        if isinstance(result, NpcompareError):
            raise result
        if isinstance(result, BaseException):
            raise NpcompareError(f"the model gave no answer: {_message(result)}") from result
        return result

    def _answer(self, prompt: str, schema: Mapping[str, Any]) -> str:
        options = {"schema": dict(schema)} if self._model.supports_schema else {}
        response = self._model.prompt(prompt, **options)
        pieces: list[str] = []
        length = 0
        for piece in response:
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_ANSWER:
                break
        reported = getattr(response, "resolved_model", None)
        self._version = _shown(reported, _LONGEST_NAME) if reported else ""
        return "".join(pieces)


def _package() -> Any:
    """Return the package `llm`; raise NpcompareError if it is not installed or is broken."""
    try:
        import llm
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and error.name == _PACKAGE:
            message = "a second opinion needs the package llm, which is not installed"
            raise NpcompareError(message, install_hint("llm")) from error
        raise NpcompareError(f"the package llm cannot be loaded: {_message(error)}") from error
    return llm


def _is_this_machine(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _THIS_MACHINE
    except ValueError:
        return False


def _package_version() -> str:
    try:
        return f"{_PACKAGE} {version(_PACKAGE)}"
    except PackageNotFoundError:
        return _PACKAGE


def _message(error: BaseException) -> str:
    """Return the message of an error as part of a sentence, with its type if it has none."""
    return _shown(str(error), _LONGEST_MESSAGE).rstrip(".") or type(error).__name__


def _shown(text: object, longest: int) -> str:
    """Return a text on one line, shortened, without control characters."""
    folded = visible(fold(str(text)), keep_lines=False)
    return folded if len(folded) <= longest else f"{folded[: longest - 3].rstrip()}..."
