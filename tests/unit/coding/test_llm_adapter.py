"""Models of the package `llm`, and the commands that ask one: with a stand-in for the package."""

from __future__ import annotations

import os
import re
import sys
import time
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, Any

import pytest
from builders import heavy_modules, json_output
from conftest import PACKAGE, TESTS
from recorded_model import FINDINGS, VALUES, RecordedLlmModel, answers, install_llm

from npcompare.coding import llm_adapter
from npcompare.coding.llm_adapter import LlmModel, model_name
from npcompare.coding.second_opinion import LONGEST_ANSWER, ModelIdentity
from npcompare.errors import NpcompareError
from npcompare.installation import install_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    #: Installs the stand-in with a model and returns the model.
    Installed = Callable[..., RecordedLlmModel]

CLAUSE = TESTS / "bills" / "clause-12.txt"
RECORDED = answers(VALUES, FINDINGS)
QUESTION = "Question of the second opinion, "
SCHEMA = {"type": "object"}
LEAVES = (
    "second opinion: the text leaves this machine; it is sent to the model recorded-1 (llm 0.36), "
    "with the codebook and the proposed coding\n"
)
SUMMARY = "second opinion: 8 agreed values, 2 questions, 3 rejected answers\n"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Installed:
    """Return a function that installs a stand-in for `llm` whose model has given attributes."""

    def install(
        recorded: dict[str, Any] | None = None,
        model_type: type[Any] = RecordedLlmModel,
        **more: Any,
    ) -> RecordedLlmModel:
        model: RecordedLlmModel = model_type(RECORDED if recorded is None else recorded)
        vars(model).update(more)
        install_llm(monkeypatch, model)
        return model

    return install


# --- The adapter --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_text", "name"),
    [("llm", ""), ("llm:gpt-4o", "gpt-4o"), ("llm:a/b:c", "a/b:c"), ("llm: x ", "x")],
)
def test_request_names_a_model(request_text: str, name: str) -> None:
    assert model_name(request_text) == name


@pytest.mark.parametrize("request_text", ["", "llm:", "llm: ", "gpt-4o", "LLM", "llmx", ":llm"])
def test_other_request_is_refused(request_text: str) -> None:
    with pytest.raises(NpcompareError, match="is not a source of second opinions"):
        model_name(request_text)


def test_model_answers_with_its_version(installed: Installed) -> None:
    recorded = installed()
    model = LlmModel("recorded-1")
    assert model.identity == ModelIdentity("recorded-1", "", "llm 0.36")
    assert model.answer("Propose how it should be coded", SCHEMA) == RECORDED["values"]
    assert recorded.calls == [("Propose how it should be coded", {"schema": SCHEMA})]
    assert model.identity == ModelIdentity("recorded-1", "recorded-1-2026-01-31", "llm 0.36")


def test_model_without_schemas_gets_only_the_prompt(installed: Installed) -> None:
    recorded = installed(supports_schema=False)
    assert LlmModel("").answer("x", SCHEMA) == RECORDED["findings"]
    assert recorded.calls == [("x", {})]


def test_version_of_the_package_may_be_unknown(
    installed: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version_of(name: str) -> str:
        raise PackageNotFoundError(name)

    installed()
    monkeypatch.setattr(llm_adapter, "version", version_of)
    assert LlmModel("").identity.package == "llm"


def test_name_of_a_model_stays_on_its_line(installed: Installed) -> None:
    installed(model_id="a\n\x1b[31mb " + "c" * 200)
    name = LlmModel("").identity.name
    assert name == "a <U+001B>[31mb " + "c" * 61 + "..."
    assert len(name) == 80


@pytest.mark.parametrize(
    ("module", "address", "sentence"),
    [
        ("llm.default_plugins.openai_models", None, "the text leaves this machine"),
        ("llm_ollama", None, "the text leaves this machine"),
        ("llm_gguf", None, "the text stays on this machine"),
        ("llm_gguf", "https://example.org", "the text leaves this machine"),
        ("llm_llamafile", "http://localhost:8080/v1", "on this machine, at http://localhost:8080"),
        ("x", "http://127.0.0.1", "on this machine, at http://127.0.0.1"),
        ("x", "http://[::1]:80", "on this machine, at http://[::1]:80"),
        ("x", "http://localhost.example.org", "the text leaves this machine"),
        ("x", "http://localhost@example.org", "the text leaves this machine"),
        ("x", "http://[", "the text leaves this machine"),
    ],
)
def test_notice_says_where_the_text_goes(
    module: str, address: str | None, sentence: str, installed: Installed
) -> None:
    model_type = type("Local", (RecordedLlmModel,), {"__module__": module})
    installed(model_type=model_type, api_base=address)
    notice = LlmModel("").notice
    assert sentence in notice
    assert "the model recorded-1 (llm 0.36)" in notice
    assert notice.count("this machine") == 1


def test_broken_package_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "llm.py").write_text("import package_that_is_missing", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "llm", raising=False)
    with pytest.raises(NpcompareError) as caught:
        LlmModel("")
    assert caught.value.message == (
        "the package llm cannot be loaded: No module named 'package_that_is_missing'"
    )


def test_unknown_model_is_named(installed: Installed) -> None:
    installed()
    with pytest.raises(NpcompareError, match='llm has no model "gpt-9"'):
        LlmModel("gpt-9")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError("Connection\nrefused."), "the model gave no answer: Connection refused"),
        (RuntimeError(), "the model gave no answer: RuntimeError"),
        (KeyboardInterrupt(), "the model gave no answer: KeyboardInterrupt"),
        (SystemExit("stop"), "the model gave no answer: stop"),
        (ValueError("x" * 300), f"the model gave no answer: {'x' * 197}"),
    ],
)
def test_failure_of_a_model_is_a_sentence(
    error: BaseException, message: str, installed: Installed
) -> None:
    recorded = installed({"findings": error})
    with pytest.raises(NpcompareError) as caught:
        LlmModel("").answer("x", SCHEMA)
    assert caught.value.message == message
    assert len(recorded.calls) == 1


def test_failure_to_load_a_model_is_a_sentence(
    installed: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get_model(name: str | None) -> None:
        raise RuntimeError(f"plugin of {name} is broken")

    installed()
    monkeypatch.setattr(sys.modules["llm"], "get_model", get_model)
    with pytest.raises(NpcompareError, match="llm cannot load the model: plugin of x is broken"):
        LlmModel("x")


def test_slow_answer_is_not_awaited(installed: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    class SlowModel(RecordedLlmModel):
        def prompt(self, prompt: str, **options: Any) -> Any:
            time.sleep(0.5)
            return super().prompt(prompt, **options)

    installed(model_type=SlowModel)
    monkeypatch.setattr(llm_adapter, "TIME_LIMIT", 0.05)
    with pytest.raises(NpcompareError, match=r"the model gave no answer within 0\.05 seconds"):
        LlmModel("").answer("x", SCHEMA)


def test_endless_answer_is_cut(installed: Installed) -> None:
    class EndlessModel(RecordedLlmModel):
        def prompt(self, prompt: str, **options: Any) -> Any:  # noqa: ARG002 - as in llm
            def pieces() -> Iterator[str]:
                while True:
                    yield "[" * 999

            return pieces()

    installed(model_type=EndlessModel)
    assert LONGEST_ANSWER < len(LlmModel("").answer("x", SCHEMA)) < LONGEST_ANSWER + 1000


def test_output_of_a_plugin_is_no_result(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    class NoisyModel(RecordedLlmModel):
        def prompt(self, prompt: str, **options: Any) -> Any:
            sys.stdout.write("loading\n")
            return super().prompt(prompt, **options)

    installed(model_type=NoisyModel)
    LlmModel("").answer("x", SCHEMA)
    assert capsys.readouterr() == ("", "loading\n")


# --- suggest --with -----------------------------------------------------------------------------


def test_suggest_with_a_model_gives_its_opinion(installed: Installed, run: Run) -> None:
    model = installed()
    ran = run("suggest", CLAUSE, "--with", "llm:recorded-1", "--format", "json")
    assert (ran.code, ran.err) == (0, LEAVES + SUMMARY)
    assert len(model.calls) == 2
    output = json_output(ran, "suggest")
    opinion = output["second_opinion"]
    assert opinion["model"] == {
        "name": "recorded-1",
        "version": "recorded-1-2026-01-31",
        "package": "llm 0.36",
    }
    assert re.fullmatch("sha256:[0-9a-f]{64}", opinion["prompt"])
    assert [(each["limb"], each["field"], each["value"]) for each in opinion["agreed"]] == [
        (1, "persons", "any_victim"),
        (1, "offences.extent", "any"),
        (1, "offences.excluded", "scheduled"),
        (1, "link", "compulsion"),
        (1, "relief", "no_prosecution"),
        (1, "force", "mandatory"),
        (None, "burden", "prosecution"),
        (None, "standard", "beyond_reasonable_doubt"),
    ]
    assert opinion["questions"] == [
        {
            "limb": 1,
            "field": "relief",
            "value": "no_penalty",
            "evidence": "convicted",
            "start": 75,
            "end": 84,
        }
    ]
    assert opinion["missing"] == [
        {"kind": "condition", "text": "regulations", "start": 322, "end": 333}
    ]
    assert opinion["rejected"] == {
        "not_found": 1,
        "repeated": 1,
        "too_long": 0,
        "not_in_codebook": 0,
        "silence": 1,
    }


@pytest.mark.parametrize("form", ["json", "csv", "plain", "markdown"])
def test_proposals_are_the_same_with_a_model(form: str, installed: Installed, run: Run) -> None:
    import json

    installed()
    arguments = ("suggest", CLAUSE, "--format", form)
    before, with_model = (run(*arguments, *more).out for more in ((), ("--with", "llm")))
    assert "second" not in before
    if form == "json":
        output = json.loads(with_model)
        del output["second_opinion"]
        assert output == json.loads(before)
    if form == "csv":
        lines = with_model.splitlines()
        length = len(before.splitlines())
        assert [line.rpartition(",")[0] for line in lines[:length]] == before.splitlines()
        assert lines[length:] == [
            "1,relief,no_penalty,convicted,75,84,,,,,question",
            ",,,regulations,322,333,,,,,condition",
        ]


def test_table_marks_what_is_agreed_and_asked(installed: Installed, run: Run) -> None:
    installed()
    out = run("suggest", CLAUSE, "--with", "llm", "--format", "markdown").out
    proposed, _, opinion = out.partition("## Table 4. Second opinion\n")
    assert len(re.findall(r"^\|.* agreed \|$", proposed, re.MULTILINE)) == 8
    assert "Model: recorded-1 (version recorded-1-2026-01-31; llm 0.36; prompt sha256:" in opinion
    assert "| **Question** | 1 | 1 | relief | no penalty | “convicted” |\n" in opinion
    agreement = "8 of 9 proposed values (3 of the 4 that are not clear)"
    assert f"The model agrees with {agreement}; agreement is not proof." in opinion
    assert (
        "3 answers of the model were rejected: 1 quoted words that are not in the text; "
        "1 quoted words that occur more than once; 1 concluded from silence."
    ) in opinion


@pytest.mark.parametrize(
    ("recorded", "message"),
    [
        (
            RECORDED | {"values": "I cannot."},
            (
                "npcompare: the answer of the model is not JSON of the form that the prompt "
                "requires\n  hint: choose a model that supports schemas: llm models --schemas\n"
            ),
        ),
        (
            RECORDED | {"findings": "x" * (LONGEST_ANSWER + 1)},
            "npcompare: the answer of the model is longer than 200,000 characters\n",
        ),
        (
            RECORDED | {"values": OSError("no route to host")},
            "npcompare: the model gave no answer: no route to host\n",
        ),
    ],
    ids=["broken", "too long", "exception"],
)
def test_failure_keeps_the_result_of_the_phrase_book(
    recorded: dict[str, Any], message: str, installed: Installed, run: Run
) -> None:
    plain = run("suggest", CLAUSE)
    installed(recorded)
    ran = run("suggest", CLAUSE, "--with", "llm")
    assert (ran.code, ran.out, ran.err) == (2, plain.out, LEAVES + message)


def test_missing_package_keeps_the_result(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    plain = run("suggest", CLAUSE)
    monkeypatch.setitem(sys.modules, "llm", None)
    ran = run("suggest", CLAUSE, "--with", "llm")
    assert (ran.code, ran.out) == (2, plain.out)
    assert ran.err == (
        "npcompare: a second opinion needs the package llm, which is not installed\n"
        f"  hint: {install_hint('llm')}\n"
    )


def test_long_text_is_not_sent(installed: Installed, run: Run, tmp_path: Path) -> None:
    model = installed()
    path = tmp_path / "act.txt"
    path.write_text("A victim shall not be punished.".ljust(60_001), encoding="utf-8")
    ran = run("suggest", path, "--with", "llm")
    assert (ran.code, model.calls) == (2, [])
    assert "any victim" in ran.out
    assert ran.err.startswith("npcompare: the text has 60,001 characters; a second opinion reads")


@pytest.mark.parametrize(
    "arguments",
    [
        ["suggest", CLAUSE, "--with", "gpt-4o"],
        ["suggest", CLAUSE, "--with", ""],
        ["suggest", CLAUSE, "--with", "llm", "--format", "docx"],
        ["new", "utopia", "--with", "llm"],
        ["new", "Utopia 12", "--text", CLAUSE, "--with", "llm"],
        ["new", "utopia", "--text", CLAUSE, "--with", "llm", "-o", "utopia.txt"],
        ["new", "utopia", "--text", CLAUSE, "--with", "llm", "-o", "none/utopia.yaml"],
    ],
)
def test_mistake_of_the_user_sends_nothing(
    arguments: list[Any],
    installed: Installed,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    model = installed()
    ran = run(*arguments)
    assert (ran.code, ran.out, model.calls) == (2, "", [])
    assert "second opinion: " not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["suggest", "new"])
def test_package_is_loaded_only_when_asked(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "class UnknownModelError(KeyError): pass\ndef get_model(name): raise UnknownModelError"
    (tmp_path / "llm.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{PACKAGE.parent}{os.pathsep}{tmp_path}")
    arguments = {
        "suggest": ["suggest", str(CLAUSE)],
        "new": ["new", "x", "--text", str(CLAUSE), "-o", str(tmp_path / "x.yaml")],
    }[command]
    assert "llm" not in heavy_modules(*arguments)
    (tmp_path / "x.yaml").unlink(missing_ok=True)
    assert "llm" in heavy_modules(*arguments, "--with", "llm")


# --- new --with ---------------------------------------------------------------------------------


def test_new_file_has_marks_questions_and_a_note(
    installed: Installed, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import yaml

    monkeypatch.chdir(tmp_path)
    installed()
    plain, path = tmp_path / "plain" / "utopia.yaml", tmp_path / "utopia.yaml"
    plain.parent.mkdir()
    assert run("new", "utopia", "--text", CLAUSE, "-o", plain).code == 0
    ran = run("new", "utopia", "--text", CLAUSE, "--with", "llm")
    assert ran.code == 0
    assert ran.err.startswith(f"{LEAVES}{SUMMARY}wrote utopia.yaml; next:")
    text = path.read_text(encoding="utf-8")
    assert (
        '#   link: {value: compulsion, evidence: "was compelled to commit"}  # compelled; agreed'
        in text
    )
    assert "# any-offence, named-offences; agreed: any; agreed: scheduled\n" in text
    assert "# no-liability\n" in text
    assert (
        f'#: {QUESTION}limb 1, relief: is no_penalty expressed by "convicted"?\n'
        f'#: {QUESTION}does the coding lack a condition in "regulations"?\n'
        "notes:\n"
    ) in text
    data, plain_data = (yaml.safe_load(each.read_text(encoding="utf-8")) for each in (path, plain))
    (note,) = data.pop("notes")
    assert data == plain_data
    assert note["kind"] == "reading"
    assert re.fullmatch(
        "The proposals of the phrase book were compared with those of the model recorded-1 "
        r"\(version recorded-1-2026-01-31; llm 0\.36; prompt sha256:[0-9a-f]{64}\)\.",
        note["note"],
    )


def test_questions_stay_comments_when_confirmed(
    installed: Installed, run: Run, tmp_path: Path
) -> None:
    """A coder who removes every "# " confirms no question."""
    import yaml

    installed()
    path = tmp_path / "utopia.yaml"
    run("new", "utopia", "--text", CLAUSE, "--with", "llm", "-o", path)
    limbs = path.read_text(encoding="utf-8").partition("limbs:\n")[2]
    data = yaml.safe_load("limbs:\n" + re.sub("^# ", "", limbs, flags=re.MULTILINE))
    reliefs = [each["value"] for each in data["limbs"][0]["relief"]]
    assert reliefs == ["no_liability", "no_prosecution"]


def test_new_file_is_written_if_the_model_fails(
    installed: Installed, run: Run, tmp_path: Path
) -> None:
    plain, path = tmp_path / "a" / "utopia.yaml", tmp_path / "b" / "utopia.yaml"
    for each in (plain, path):
        each.parent.mkdir()
    run("new", "utopia", "--text", CLAUSE, "-o", plain)
    installed({"values": OSError("no route to host")})
    ran = run("new", "utopia", "--text", CLAUSE, "--with", "llm", "-o", path)
    assert ran.code == 2
    assert path.read_bytes() == plain.read_bytes()
    assert ran.err.endswith("npcompare: the model gave no answer: no route to host\n")


def test_existing_file_is_kept_and_nothing_is_sent(
    installed: Installed, run: Run, tmp_path: Path
) -> None:
    model = installed()
    path = tmp_path / "utopia.yaml"
    path.write_text("id: utopia\n", encoding="utf-8")
    ran = run("new", "utopia", "--text", CLAUSE, "--with", "llm", "-o", path)
    assert (ran.code, model.calls) == (2, [])
    assert path.read_text(encoding="utf-8") == "id: utopia\n"


def test_text_in_another_language_gets_only_questions(
    installed: Installed, run: Run, tmp_path: Path
) -> None:
    text, path = tmp_path / "clause.txt", tmp_path / "x.yaml"
    text.write_text("Żertwa a trafikar ma għandhiex tiġi kkastigata.", encoding="utf-8")
    quoted = {"limb": 1, "field": "relief", "value": "no_penalty", "words": "kkastigata"}
    installed(answers([quoted], []))
    assert run("new", "x", "--text", text, "--with", "llm", "-o", path).code == 0
    written = path.read_text(encoding="utf-8")
    assert "#: No values are proposed." in written
    question = f'#: {QUESTION}limb 1, relief: is no_penalty expressed by "kkastigata"?\n'
    assert question in written
