"""Which provisions are on the map, and where: States, parts of them, areas and organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.class_map import ClassMap, Gap, Kind, class_map
from npcompare.analysis.classification import classify
from npcompare.law.un_states import united_nations
from npcompare.model.provision import Jurisdiction, Succession

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

CAUSATION = {"limbs": [{"link": "direct_result"}]}
DURESS = {"limbs": [{"link": "compulsion"}]}


def of(
    name: str,
    code: str,
    kind: str = "state",
    form: str = "statutory_defence",
    limbs: dict[str, Any] = CAUSATION,
) -> Provision:
    """Return a reported provision of a jurisdiction."""
    reported = provision(limbs, name)
    return replace(reported, jurisdiction=Jurisdiction(name, code, kind), form=form)


def mapped(corpus: Corpus, *provisions: Provision, codes: tuple[str, ...] = ()) -> ClassMap:
    results = [classify(corpus.codebook, each) for each in provisions]
    return class_map(united_nations(), results, codes)


def test_each_jurisdiction_is_in_its_kind(corpus: Corpus) -> None:
    entries = mapped(
        corpus,
        of("kenya", "KE"),
        of("california", "US-CA", "territory"),
        of("various states", "US", "territory"),
        of("taiwan", "TW", "territory"),
        of("holy see", "VA"),
        of("council", "", "regional_organization"),
        of("utopia", ""),
        of("nowhere", "XX"),
    ).entries
    assert {(entry.kind, entry.name, entry.code) for entry in entries if entry.results} == {
        (Kind.MEMBER, "kenya", "KE"),
        (Kind.PART, "california", "US-CA"),
        (Kind.PART, "various states", "US"),
        (Kind.AREA, "taiwan", "TW"),
        (Kind.OBSERVER, "holy see", "VA"),
        (Kind.ORGANIZATION, "council", ""),
        (Kind.OTHER, "utopia", ""),
        (Kind.OTHER, "nowhere", "XX"),
    }


def test_state_has_the_name_of_its_provisions(corpus: Corpus) -> None:
    """A page has one name for a State, whatever style of names was chosen."""
    entries = mapped(
        corpus,
        of("United Kingdom", "GB"),
        of("United Kingdom (Crown Prosecution Service)", "GB"),
        of("United States of America (federal)", "US"),
        of("Czech Republic", "CZ"),
        of("Czechia (Supreme Court)", "CZ"),
    ).entries
    names = {entry.code: entry.name for entry in entries if entry.results}
    assert names == {
        "GB": "United Kingdom",
        "US": "United States of America",
        "CZ": "Czechia",
    }


def test_every_member_and_observer_has_an_entry(corpus: Corpus) -> None:
    entries = mapped(corpus, of("kenya", "KE")).entries
    assert sum(entry.kind is Kind.MEMBER for entry in entries) == 193
    assert [entry.name for entry in entries if entry.kind is Kind.OBSERVER] == [
        "Holy See",
        "State of Palestine",
    ]


def test_reason_why_a_state_has_no_class(corpus: Corpus) -> None:
    shown = mapped(corpus, of("california", "US-CA", "territory"), codes=("US-CA", "KE", ""))
    gaps = {entry.code: entry.gap for entry in shown.entries if entry.kind is Kind.MEMBER}
    assert gaps["US"] is Gap.PARTS
    assert gaps["KE"] is Gap.NOT_SHOWN
    assert gaps["FR"] is Gap.NOT_EXAMINED


def test_classes_of_several_provisions_are_all_kept(corpus: Corpus) -> None:
    unknown = {"limbs": [{"relief": ["exemption_from_punishment"]}]}
    shown = mapped(
        corpus,
        of("kenya-1", "KE"),
        of("kenya-2", "KE", limbs=DURESS),
        of("kenya-3", "KE", limbs=unknown),
        of("kenya-none", "KE", form="none_specific"),
    )
    (kenya,) = [entry for entry in shown.entries if entry.results]
    dimension = corpus.codebook.dimension("threshold")
    assert kenya.answers(dimension) == ("duress", "causation", "unknown")
    assert not kenya.is_absence


def test_absence_alone_is_an_absence(corpus: Corpus) -> None:
    shown = mapped(corpus, of("chile-none", "CL", form="none_specific"))
    (chile,) = [entry for entry in shown.entries if entry.results]
    assert chile.is_absence


def test_replaced_laws_bills_and_findings_are_left_out(corpus: Corpus) -> None:
    later = replace(of("later", "KE"), succeeds=Succession("earlier", "It was repealed.", None))
    bill = of("bill", "FR")
    bill = replace(bill, instrument=replace(bill.instrument, kind="bill"))
    shown = mapped(corpus, of("earlier", "KE"), later, bill, of("finding", "DE", form="finding"))
    assert [each.id for each in shown.replaced] == ["earlier"]
    assert [each.id for each in shown.left_out] == ["bill", "finding"]
    assert [entry.code for entry in shown.entries if entry.results] == ["KE"]
