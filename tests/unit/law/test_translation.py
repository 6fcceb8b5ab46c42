"""Catalogues of translations: their contents, and data in another language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from list_messages import LISTED, listing

from npcompare.errors import NpcompareError, ProblemsError
from npcompare.law import translation
from npcompare.law.places import place_in
from npcompare.law.tile_grid import tile_grid
from npcompare.law.translation import (
    BODIES,
    LANGUAGES,
    catalogue_of,
    prose,
    system_language,
    translated,
)
from npcompare.law.untranslated import TextState, all_texts, english_texts
from npcompare.messages import ENGLISH, Catalogue
from npcompare.model.provision import Citation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.messages import Forms

OTHERS = [language for language in LANGUAGES if language != "en"]


def texts_of(forms: Forms) -> list[str]:
    return [forms] if isinstance(forms, str) else list(forms.values())


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_reworded_text_is_listed_with_its_old_translation(
    corpus: Corpus, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = {"Scope": "Portée", "Scope of the law": "Portée de la loi"}
    catalogue = Catalogue(language="fr", messages=messages, proposed=frozenset(messages))
    texts = {text.text: text for text in english_texts(corpus, catalogue)}
    assert texts["Scope"].state is TextState.PROPOSED
    assert texts["Stage"].state is TextState.MISSING
    stale = texts["Scope of the law"]
    assert (stale.state, stale.place) == (TextState.STALE, "labels")
    monkeypatch.setattr(translation, "catalogue_of", lambda *_: catalogue)
    listed = json.loads(run("codebook", "--untranslated", "--language", "fr", "-f", "json").out)
    assert listed["texts"][0] == {"text": stale.text, "place": "labels", "state": stale.state}
    assert listed["counts"][stale.state] == 1


@pytest.mark.parametrize("language", OTHERS)
def test_translation_has_the_values_of_its_message(language: str) -> None:
    wrong = [
        (english, text)
        for english, forms in catalogue_of(language).messages.items()
        for text in texts_of(forms)
        if names_in(text) - names_in(english)
        # "One provision" and "two provisions" may be said without a number.
        or names_in(english) - names_in(text) - {"count"}
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_message_with_a_number_has_its_forms(language: str) -> None:
    rule = Locale.parse(language).plural_form
    wrong = [
        english
        for english, forms in catalogue_of(language).messages.items()
        if not isinstance(forms, str) and set(forms) != {*rule.tags, "other"}
    ]
    assert wrong == []


def test_messages_of_the_code_are_listed() -> None:
    assert LISTED.read_text(encoding="utf-8") == listing(), "run `make messages`"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(NpcompareError) as raised:
        catalogue_of("de")
    assert raised.value.message == 'there are no tables in the language "de"'
    assert raised.value.hint == "the languages of tables are: en, fr, es, ar, ru, zh"
    with pytest.raises(NpcompareError):
        catalogue_of("fr", "oas")


def test_english_of_the_united_nations_needs_no_data() -> None:
    assert catalogue_of("en") is ENGLISH


@pytest.mark.parametrize("body", BODIES[1:])
def test_body_has_its_terms(body: str) -> None:
    title = catalogue_of("en", body).text("Non-punishment of victims of trafficking in persons")
    assert title == "Non-punishment of victims of trafficking in human beings"


def test_data_is_translated_and_words_of_laws_are_not(corpus: Corpus) -> None:
    kenya = corpus.find("kenya")
    texts = list(prose(kenya))
    catalogue = Catalogue(language="fr", messages={text: f"({text})" for text in texts})
    in_french = corpus.in_language(catalogue).find("kenya")
    assert list(prose(in_french)) == [f"({text})" for text in texts]
    assert in_french.text.body == kenya.text.body
    assert in_french.instrument == kenya.instrument


def test_data_without_translation_stays_the_same(corpus: Corpus) -> None:
    kenya = corpus.find("kenya")
    assert translated(kenya, Catalogue(language="fr")) is kenya


@pytest.mark.parametrize(
    ("pinpoint", "translation"),
    [
        ("article 26", "第26条"),
        ("article 14, paragraph 7", "第14条第7段"),
        ("article 177 bis(11)", "第177 bis(11)条"),
        ("section 5-2-210(a)", "第5-2-210(a)节"),
        ("§ 40(2)", "§ 40(2)"),
        ("note to section 8", "第8节注"),
        ("sections 26, 27 and 42(1)", "第26、27和42(1)节"),
        ("sections 225-4-1 to 225-4-9", "第225-4-1至225-4-9节"),
        ("sections 5, 7 to 9 and 42(1)", "第5、7至9和42(1)节"),
        ("§§ 22-1844 to 22-1846", "§§ 22-1844至22-1846"),
        ("sections 5 to", "sections 5 to"),
        ("article IV of the bill", "法案第IV条"),
        ("resolution 2331 (2016), paragraph 17", "resolution 2331 (2016), paragraph 17"),
        ("introduction", "introduction"),
        ("article 433quinquies, § 5", "第433quinquies条§ 5"),
        ("", ""),
    ],
)
def test_place_in_a_law_is_translated(pinpoint: str, translation: str) -> None:
    messages = {
        "article {number}": "第{number}条",
        "section {number}": "第{number}节",
        "paragraph {number}": "第{number}段",
        "{place}, {part}": "{place}{part}",
        "note to {place}": "{place}注",
        "{place} of the bill": "法案{place}",
        "sections {numbers}": "第{numbers}节",
        "{first} to {last}": "{first}至{last}",
    }
    lasts = {"and": "和", "or": "或"}
    catalogue = Catalogue("zh", messages=messages, list_separator="、", last_separators=lasts)
    citation = Citation(ref="law", pinpoint=pinpoint)
    assert translated(citation, catalogue).pinpoint == translation


def test_range_of_paragraphs_is_several() -> None:
    assert place_in("paras. 5 to 8", Catalogue()) == "paras.\N{NO-BREAK SPACE}5 to 8"


def test_notice_of_the_map_is_to_be_translated(corpus: Corpus) -> None:
    assert tile_grid().designations in all_texts(corpus)


def finding(statutes: Path, content: str) -> str:
    (statutes / "labels").mkdir()
    (statutes / "labels" / "fr.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        catalogue_of("fr", statutes=statutes)
    (problem,) = raised.value.problems
    return problem.message


@pytest.mark.parametrize(
    ("translation", "message"),
    [
        ("{x.__class__}", "the English text does not have {x.__class__}"),
        ("{name.real}", "the English text does not have {name.real}"),
        ("{name[0]}", "the English text does not have {name[0]}"),
        ("{name!r}", "the English text does not have {name!r}"),
        ("{name:>2000000000}", "the English text does not have {name:>2000000000}"),
        ("{0}", "the English text does not have {0}"),
        ("{}", "the English text does not have {}"),
        ("{name", "the braces in the translation do not match"),
        ("name}", "the braces in the translation do not match"),
        ("loin", "the translation does not have {name}"),
    ],
)
def test_corpus_with_other_values_is_refused(
    tmp_path: Path, translation: str, message: str
) -> None:
    content = f"language: fr\nproposed: {{'{{name}} reaches': '{translation}'}}\n"
    assert finding(tmp_path, content) == message


def test_values_are_checked_in_each_form(tmp_path: Path) -> None:
    forms = "{one: une loi, other: '{n} lois'}"
    content = f"language: fr\nsources: {{a: A law}}\nfound: {{a: {{'{{count}} laws': {forms}}}}}\n"
    assert finding(tmp_path, content) == "the English text does not have {n}"


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ("{one: x}", 'this mapping has no "other"'),
        ("{one: x, other: 3}", "proposed.a.other must be text, not 3"),
        ("[x]", "proposed.a must be text, not a list"),
    ],
)
def test_wrong_forms_have_a_plain_finding(tmp_path: Path, forms: str, message: str) -> None:
    assert finding(tmp_path, f"language: fr\nproposed: {{a: {forms}}}\n") == message


def test_catalogue_of_another_language_is_refused(tmp_path: Path) -> None:
    message = 'the language is "es", but the file is fr.yaml'
    assert finding(tmp_path, "language: es\n") == message


def test_labels_outside_the_corpus_are_refused(tmp_path: Path) -> None:
    outside, statutes = tmp_path / "outside", tmp_path / "statutes"
    outside.mkdir()
    (outside / "fr.yaml").write_text("language: fr\n", encoding="utf-8")
    statutes.mkdir()
    (statutes / "labels").symlink_to(outside)
    with pytest.raises(ProblemsError) as raised:
        catalogue_of("fr", statutes=statutes)
    (problem,) = raised.value.problems
    assert problem.message == "it is a link that leads out of the corpus and was not followed"


def test_source_of_a_corpus_replaces_proposed(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "fr.yaml").write_text(
        "language: fr\n"
        "sources: {termbase: Termbase of the Parliament}\n"
        "found: {termbase: {Threshold: Critère}}\n"
        "proposed: {Scope: Portée}\n",
        encoding="utf-8",
    )
    catalogue = catalogue_of("fr", statutes=tmp_path)
    assert (catalogue.text("Threshold"), catalogue.text("Scope")) == ("Critère", "Portée")
    assert {"Threshold", "Scope", "Stage"} & catalogue.proposed == {"Scope", "Stage"}


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-CA", "fr_FR.UTF-8"])
def test_case_and_region_of_a_tag_do_not_matter(tag: str) -> None:
    assert catalogue_of(tag).language == "fr"


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "zh_CN", "LANG": "fr_FR.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "ru", "LANG": "C"}, "ru"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_language_of_the_system_is_that_of_its_locale(
    names: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, tag in names.items():
        monkeypatch.setenv(name, tag)
    assert system_language() == language
