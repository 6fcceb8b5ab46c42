"""Generate a corpus of any size; the same seed gives the same files.

    python benchmarks/corpora.py FOLDER NUMBER [SEED] [FAULTS]

No law in it is real: the States are numbered. Its shape is that of real corpora: texts of 50 to
2,000 words, one to four limbs, texts that are complete, in part, described or not available, notes,
conditions, classes reported by a source, and sometimes an “unless” that no value uses. FAULTS is
the share of files, such as 0.02, with mistakes: misspelt quotations, words that the codebook does
not have, missing keys.
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
_SOURCE = {"ref": "generated-survey", "paragraph": "1"}


class _Author:
    """Writes generated provisions, one after another, from one random stream."""

    def __init__(self, seed: int, faults: float) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the corpus must be reproducible
        self._faults = faults

    def provision(self, number: int) -> str:
        """Return one provision as YAML."""
        rng = self._random
        status = rng.choice(_STATUSES)
        name = f"generated-{number:06}"
        data: dict[str, object] = {
            "id": name,
            "jurisdiction": {"name": f"State {number:06}", "code": None, "kind": "state"},
            "instrument": {
                "title": f"Generated Act {rng.randint(1, 400)} on Trafficking in Persons",
                "kind": "statute",
                "year": rng.randint(1995, 2025),
            },
            "pinpoint": f"section {rng.randint(1, 90)}",
            "form": rng.choice(("statutory_defence", "broader_protection", "sentencing_rule")),
        }
        if status == "not_held":
            data["text"] = {"status": status}
            data["reported"] = [self._reported()]
        else:
            sentences, limbs = zip(*map(self._limb, range(rng.randint(1, 4))), strict=True)
            data["text"] = {
                "status": status,
                "complete": status in ("verbatim", "translation") and rng.random() < 0.7,
                "language": "en",
                "body": self._body(list(sentences)),
                "source": _SOURCE,
            }
            data["limbs"] = list(limbs)
        data["sources"] = [_SOURCE]
        if rng.random() < 0.3:
            data["notes"] = [self._words(rng.randint(8, 40))]
        if rng.random() < self._faults:
            self._spoil(data)
        return _yaml(data)

    def _reported(self) -> dict[str, object]:
        value = self._random.choice(("duress", "causation", "status"))
        return {"dimension": "threshold", "values": [value], "source": _SOURCE}

    def _limb(self, index: int) -> tuple[str, dict[str, object]]:
        """Return the sentence of a limb, and its coding."""
        rng = self._random
        mark = f"of the {_ORDINALS[index]} kind"
        person, link, force = (rng.choice([*words]) for words in (_PERSONS, _LINKS, _FORCE))
        persons = f"{_PERSONS[person]} {mark}"
        categories = rng.sample([*_OFFENCES], rng.randint(0, 3))
        offences = " or ".join(_OFFENCES[category] for category in categories) or "any act"
        reliefs = rng.sample([*_RELIEF], rng.randint(1, 3))
        acts = [f"{_RELIEF[relief]} in the {_ORDINALS[index]} case" for relief in reliefs]
        condition = rng.choice([*_CONDITIONS, "", ""])
        proviso = f", {_CONDITIONS[condition]} {mark}," if condition else ""
        connection = f"{_LINKS[link]} in that {_ORDINALS[index]} manner"
        rule = f"{_FORCE[force]} {' or '.join(acts)}"
        sentence = f"For this, {persons}{proviso} {rule} for {offences} {mark} {connection}."
        limb: dict[str, object] = {
            "id": f"limb-{index + 1}",
            "persons": {"value": person, "evidence": persons},
            "offences": {
                "extent": "listed" if categories else "any",
                **({"categories": categories} if categories else {}),
                "evidence": f"{offences} {mark}",
            },
            "link": {"value": link, "evidence": connection},
            "relief": [
                {"value": relief, "evidence": act}
                for relief, act in zip(reliefs, acts, strict=True)
            ],
            "force": {"value": force, "evidence": f"{_FORCE[force]} {acts[0]}"},
        }
        if condition:
            words = f"{_CONDITIONS[condition]} {mark}"
            limb["conditions"] = {"value": condition, "evidence": words}
        if rng.random() < 0.3:
            limb["note"] = self._words(rng.randint(8, 30))
        return sentence, limb

    def _body(self, sentences: list[str]) -> str:
        """Return the sentences among filler, 50 to 2,000 words in all, more often few.

        Each is an article of its own.
        """
        rng = self._random
        target = int(50 * 40 ** rng.random())
        parts = list(sentences)
        while (length := sum(part.count(" ") + 1 for part in parts)) < target:
            words = self._words(min(max(target - length, 4), rng.randint(8, 45)))
            parts.insert(rng.randint(1, len(parts)), words)
        if rng.random() < 0.02:
            parts.append("This has no effect unless the Minister so orders.")
        return "\n\n".join(f"{number}. {part}" for number, part in enumerate(parts, 1))

    def _words(self, number: int) -> str:
        return " ".join(self._random.choices(_FILLER.split(), k=number)).capitalize() + "."

    def _spoil(self, data: dict[str, object]) -> None:
        """Put one to three mistakes into a provision."""
        rng = self._random
        for _ in range(rng.randint(1, 3)):
            match rng.randint(0, 3), data.get("limbs"):
                case 0, [{"link": dict(link)}, *_]:
                    link["evidence"] = str(link["evidence"]).replace("t", "tt", 1)
                case 1, [{"force": dict(force)}, *_]:
                    force["value"] = "compulsory"
                case 2, _:
                    data.pop("sources", None)
                case _:
                    data["form"] = "statutory_defense"


def _yaml(data: dict[str, object]) -> str:
    """Return data as YAML in block style, with long text folded."""
    import yaml

    class Plain(yaml.CSafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - aliases are written out
            return True

    text = yaml.dump(data, Dumper=Plain, sort_keys=False, width=100, allow_unicode=True)
    return f"# A generated file: no law says this.\n{text}"


def write(folder: Path, number: int, seed: int = SEED, faults: float = 0.0) -> Path:
    """Write a corpus of this many provisions into a new folder, and return the folder."""
    folder.mkdir(parents=True)
    survey = {"title": "A Generated Survey", "short": "Generated Survey", "kind": "report"}
    (folder / "sources.yaml").write_text(_yaml({"generated-survey": survey}), encoding="utf-8")
    author = _Author(seed, faults)
    for index in range(number):
        path = folder / f"generated-{index:06}.yaml"
        path.write_text(author.provision(index), encoding="utf-8")
    return folder


def main() -> None:
    """Write the corpus that the arguments describe."""
    folder, number, *options = sys.argv[1:]
    seed = int(options[0]) if options else SEED
    faults = float(options[1]) if len(options) > 1 else 0.0
    print(write(Path(folder), int(number), seed, faults))


if __name__ == "__main__":
    main()
