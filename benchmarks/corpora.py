"""Make an imagined corpus of any size, the same one for the same seed.

    python benchmarks/corpora.py FOLDER NUMBER [SEED] [FAULTS]

No law in it is real: the States are numbered. What is like real corpora is the shape: texts of 50
to 2,000 words, one to four limbs, texts held in full, in part, described or not held, notes,
conditions, classes reported by a source, and now and then an "unless" that nothing rests on.
FAULTS is the share of files, such as 0.02, that have mistakes in them: misspelt quotations,
words that the codebook lacks, keys that are missing.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SEED = 7

_FILLER = (
    "the competent authority person shall may court public prosecutor officer in accordance with "
    "this Act of and or to a an the any such other under by for from provision service protection "
    "clothing proceedings register notice list period days after before Minister regulations "
    "made order application evidence statement witness residence support safe housing counsel "
    "interpreter medical care return voluntary document inspection premises record review appeal"
)
_ORDINALS = ("first", "second", "third", "fourth")
_PERSONS = {
    "any_victim": "a victim of trafficking",
    "adult": "an adult victim of trafficking",
    "child": "a child victim of trafficking",
}
_OFFENCES = {
    "immigration": "unlawful entry",
    "prostitution": "solicitation",
    "travel_documents": "holding a false passport",
    "drugs": "cultivation of a controlled plant",
    "unauthorized_work": "work without a permit",
    "forgery": "forgery",
}
_LINKS = {
    "compulsion": "which the victim was compelled to commit",
    "direct_result": "committed as a direct result of being trafficked",
    "direct_consequence": "that is a direct consequence of the trafficking",
    "relation": "related to the trafficking",
}
_RELIEF = {
    "no_detention": "be detained",
    "no_prosecution": "be prosecuted",
    "no_liability": "be liable",
    "no_penalty": "be punished",
    "no_imprisonment": "be imprisoned",
}
_FORCE = {"mandatory": "shall not", "discretionary": "may at the discretion of the court not"}
_CONDITIONS = {
    "circumstances_justify": "where the circumstances justify it",
    "subject_to_domestic_law": "subject to domestic law",
}
_STATUSES = ("verbatim", "verbatim", "excerpt", "translation", "paraphrase", "not_held")
_SOURCE = {"ref": "imagined-survey", "paragraph": "1"}


class _Author:
    """Writes imagined provisions, one after the other, from one stream of chances."""

    def __init__(self, seed: int, faults: float) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same corpus is what is wanted
        self._faults = faults

    def provision(self, number: int) -> str:
        """Return one provision as YAML."""
        chance = self._chance
        status = chance.choice(_STATUSES)
        name = f"imagined-{number:06}"
        data: dict[str, object] = {
            "id": name,
            "jurisdiction": {"name": f"State {number:06}", "code": None, "kind": "state"},
            "instrument": {
                "title": f"Imagined Act {chance.randint(1, 400)} on Trafficking in Persons",
                "kind": "statute",
                "year": chance.randint(1995, 2025),
            },
            "pinpoint": f"section {chance.randint(1, 90)}",
            "form": chance.choice(("statutory_defence", "broader_protection", "sentencing_rule")),
        }
        if status == "not_held":
            data["text"] = {"status": status}
            data["reported"] = [self._reported()]
        else:
            sentences, limbs = zip(*map(self._limb, range(chance.randint(1, 4))), strict=True)
            data["text"] = {
                "status": status,
                "complete": status in ("verbatim", "translation") and chance.random() < 0.7,
                "language": "en",
                "body": self._body(list(sentences)),
                "source": _SOURCE,
            }
            data["limbs"] = list(limbs)
        data["sources"] = [_SOURCE]
        if chance.random() < 0.3:
            data["notes"] = [self._words(chance.randint(8, 40))]
        if chance.random() < self._faults:
            self._spoil(data)
        return _yaml(data)

    def _reported(self) -> dict[str, object]:
        value = self._chance.choice(("duress", "causation", "status"))
        return {"dimension": "threshold", "values": [value], "source": _SOURCE}

    def _limb(self, index: int) -> tuple[str, dict[str, object]]:
        """Return the sentence of a limb, and its coding."""
        chance = self._chance
        mark = f"of the {_ORDINALS[index]} kind"
        person, link, force = (chance.choice([*each]) for each in (_PERSONS, _LINKS, _FORCE))
        who = f"{_PERSONS[person]} {mark}"
        named = chance.sample([*_OFFENCES], chance.randint(0, 3))
        what = " or ".join(_OFFENCES[one] for one in named) or "any act"
        reliefs = chance.sample([*_RELIEF], chance.randint(1, 3))
        acts = [f"{_RELIEF[one]} in the {_ORDINALS[index]} case" for one in reliefs]
        condition = chance.choice([*_CONDITIONS, "", ""])
        given = f", {_CONDITIONS[condition]} {mark}," if condition else ""
        tied = f"{_LINKS[link]} in that {_ORDINALS[index]} manner"
        sentence = (
            f"Here {who}{given} {_FORCE[force]} {' or '.join(acts)} for {what} {mark} {tied}."
        )
        limb: dict[str, object] = {
            "id": f"limb-{index + 1}",
            "persons": {"value": person, "evidence": who},
            "offences": {
                "extent": "listed" if named else "any",
                **({"categories": named} if named else {}),
                "evidence": f"{what} {mark}",
            },
            "link": {"value": link, "evidence": tied},
            "relief": [
                {"value": one, "evidence": act} for one, act in zip(reliefs, acts, strict=True)
            ],
            "force": {"value": force, "evidence": f"{_FORCE[force]} {acts[0]}"},
        }
        if condition:
            words = f"{_CONDITIONS[condition]} {mark}"
            limb["conditions"] = {"value": condition, "evidence": words}
        if chance.random() < 0.3:
            limb["note"] = self._words(chance.randint(8, 30))
        return sentence, limb

    def _body(self, sentences: list[str]) -> str:
        """Return the sentences among others, 50 to 2,000 words in all, short texts more often."""
        chance = self._chance
        wanted = int(50 * 40 ** chance.random())
        parts = list(sentences)
        while (held := sum(part.count(" ") + 1 for part in parts)) < wanted:
            words = self._words(min(max(wanted - held, 4), chance.randint(8, 45)))
            parts.insert(chance.randint(1, len(parts)), words)
        if chance.random() < 0.02:
            parts.append("This has no effect unless the Minister so orders.")
        return " ".join(parts)

    def _words(self, number: int) -> str:
        return " ".join(self._chance.choices(_FILLER.split(), k=number)).capitalize() + "."

    def _spoil(self, data: dict[str, object]) -> None:
        """Put a mistake or several into a provision."""
        chance = self._chance
        for _ in range(chance.randint(1, 3)):
            match chance.randint(0, 3), data.get("limbs"):
                case 0, [{"link": dict(link)}, *_]:
                    link["evidence"] = str(link["evidence"]).replace("t", "tt", 1)
                case 1, [{"force": dict(force)}, *_]:
                    force["value"] = "compulsory"
                case 2, _:
                    data.pop("sources", None)
                case _:
                    data["form"] = "statutory_defense"


def _yaml(data: dict[str, object]) -> str:
    """Return data in the way that provisions are written: block style, long text folded."""
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - all is written out
            return True

    said = yaml.dump(data, Dumper=Plain, sort_keys=False, width=100, allow_unicode=True)
    return f"# An imagined file: no law says this.\n{said}"


def write(folder: Path, number: int, seed: int = SEED, faults: float = 0.0) -> Path:
    """Write a corpus of so many provisions into a new folder, and return the folder."""
    folder.mkdir(parents=True)
    survey = {"title": "An Imagined Survey", "short": "Imagined Survey", "kind": "report"}
    (folder / "sources.yaml").write_text(_yaml({"imagined-survey": survey}), encoding="utf-8")
    author = _Author(seed, faults)
    for index in range(number):
        path = folder / f"imagined-{index:06}.yaml"
        path.write_text(author.provision(index), encoding="utf-8")
    return folder


def main() -> None:
    """Read the arguments, write the corpus."""
    folder, number, *more = sys.argv[1:]
    seed = int(more[0]) if more else SEED
    faults = float(more[1]) if len(more) > 1 else 0.0
    print(write(Path(folder), int(number), seed, faults))


if __name__ == "__main__":
    main()
