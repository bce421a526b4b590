"""Stories with gold facts in; precision and recall of every field out.

`python -m tests.judge.facts.measure FILE.jsonl ... [--errors]` prints one line per field.
`null` in the gold means that the text does not say: a value there is a false one. Two kinds of
`null` settle nothing: any in `wide_more.jsonl`, whose author noted facts only where they came
easily, and a state that the gold county already settles.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from monitor.judge import entities, facts, gazetteer
from monitor.judge.query.terms import read
from monitor.records import Article, Fact

GAZETTEERS = Path(__file__).parents[3] / "config" / "gazetteers"
TO_TEN = "one two three four five six seven eight nine ten"
SMALL = {word: number for number, word in enumerate(TO_TEN.split(), 1)}
SETS = ("exonerees", "innocence_organisations")
UNSETTLED = "w2-"
"""The ids of `wide_more.jsonl`."""
NICKNAME = re.compile(r" [\"“][^\"”]+[\"”]")
UNIT = re.compile(r" (?:division|unit|bureau|team|section)$")
WORDED = (
    (re.compile(r"\b(?:hanged|hang|the gallows|to die|die)\b"), "death"),
    (
        re.compile(r"without (?:the )?(?:possibility|chance|hope) (?:of|for) parole"),
        "without parole",
    ),
    (re.compile(r"\b(?:\d|both) (?:consecutive |concurrent )?(?=life\b)"), ""),
    (re.compile(r"\b(?:with a minimum|with \w+ years before|before parole)\b.*|\bnatural\b"), ""),
    (re.compile(r"\b(?:in prison|imprisonment|sentences?|terms?|a|an|of)\b"), ""),
    (re.compile(r"\byear\b"), "years"),
)
"""Other words for the same sentence: `16-year term` is `16 years`, `a life sentence` is `life`,
and what is said besides of the earliest parole is left out.
"""


@dataclass(slots=True)
class Tally:
    """Right, false and missed values by field."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, name: str) -> float:
        """Share of the values given that are right."""
        return self.right[name] / max(1, self.right[name] + self.false[name])

    def recall(self, name: str) -> float:
        """Share of the values in the texts that are given."""
        return self.right[name] / max(1, self.right[name] + self.missed[name])

    @property
    def fields(self) -> list[str]:
        """Every field met."""
        return sorted({*self.right, *self.false, *self.missed})


def gazetteers() -> entities.Gazetteers:
    """Every shipped gazetteer, as one."""
    files = sorted(GAZETTEERS.glob("*.yaml"))
    return entities.index(
        gazetteer.read(yaml.safe_load(path.read_text("utf-8")), str(path)) for path in files
    )


def extracted(row: Mapping[str, Any], known: entities.Gazetteers) -> Mapping[str, Fact]:
    """The facts of one story, as the judge would file them."""
    title, text, outlet = row["title"], row["text"], row.get("outlet", "")
    day = row.get("date")
    article = Article(
        url="https://news.example/",
        canonical_url="https://news.example/",
        outlet=outlet,
        title=title,
        text=text,
        published_at=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
    )
    found = entities.find(title, text, known, outlet)
    return facts.extract(read(title, text, outlet, article.url), article, found)


def measure(rows: Iterable[Mapping[str, Any]], known: entities.Gazetteers) -> Tally:
    """Compare what is extracted with the gold facts of each story that has them."""
    tally = Tally()
    for row in rows:
        if not row.get("facts"):
            continue
        found = extracted(row, known)
        for name, gold in row["facts"].items():
            fact = found.get(name, Fact())
            if gold or not _open(row, name, fact, known):
                _compare(tally, row["id"], name, _canonical(name, gold, known), fact)
    return tally


def _open(row: Mapping[str, Any], name: str, fact: Fact, known: entities.Gazetteers) -> bool:
    """Tell whether a `null` of this story leaves the question open."""
    if row["id"].startswith(UNSETTLED):
        return True
    if name != "state" or not row["facts"].get("county"):
        return False
    counties = entities.find("", row["facts"]["county"], known)
    return any(str(fact.value) in entity.canonical for entity in counties)


def _canonical(name: str, gold: Any, known: entities.Gazetteers) -> Any:
    """Call an organisation what the gazetteer calls it: it has several names for some."""
    if name != "innocence_organisations":
        return gold
    return [_of_gazetteer(one, known) for one in gold or ()]


def _of_gazetteer(name: str, known: entities.Gazetteers) -> str:
    found = entities.find("", f"{name}, wrongful convictions", known)
    names = [e.canonical for e in found if e.type == "innocence_organisation" and e.name == name]
    return names[0] if names else name


def _compare(tally: Tally, story: str, name: str, gold: Any, fact: Fact) -> None:
    value = fact.value
    if name == "factors":
        wanted, given = set(gold or ()), set(value if isinstance(value, tuple) else ())
        tally.right[name] += len(wanted & given)
        tally.false[name] += len(given - wanted)
        tally.missed[name] += len(wanted - given)
        same = wanted == given
    else:
        gold = {True: "yes", False: None}.get(gold) if name == "dna" else gold
        same = _same(name, gold or None, value)
        tally.right[name] += bool(gold) and same
        tally.false[name] += value is not None and not same
        tally.missed[name] += bool(gold) and not same
    if not same:
        tally.errors.append(f"{story} {name}: {gold!r}, got {value!r} from {fact.sentence[:90]!r}")


def _same(name: str, gold: Any, value: Any) -> bool:
    if gold is None or value is None:
        return gold is value
    if name in SETS:
        return {_person(one) for one in gold} == {_person(one) for one in value}
    one, other = _plain(gold), _plain(value)
    if name == "prosecutor_unit":
        return UNIT.sub("", other).endswith(UNIT.sub("", one))
    if name == "court":
        return one in other or other in one
    if name == "sentence":
        return _worded(one) == _worded(other)
    return one == other


def _person(name: object) -> str:
    return _plain(NICKNAME.sub("", str(name)))


def _worded(sentence: str) -> str:
    for pattern, word in WORDED:
        sentence = pattern.sub(word, sentence)
    return " ".join(sentence.split())


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFKD", str(value).lower().replace("’", "'").replace("-", " "))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "ʻ'")
    words = text.removeprefix("the ").replace("in prison", "").replace("imprisonment", "").split()
    return " ".join(str(SMALL.get(word, word)) for word in words)


def main(arguments: list[str]) -> None:
    """Print the figures of some files, and the errors where asked."""
    known = gazetteers()
    files = [argument for argument in arguments if not argument.startswith("-")]
    rows = [
        json.loads(line) for path in files for line in Path(path).read_text("utf-8").splitlines()
    ]
    tally = measure(rows, known)
    for name in tally.fields:
        counts = (
            f"{tally.right[name]:4} right {tally.false[name]:3} false {tally.missed[name]:3} missed"
        )
        print(f"{name:26} P {tally.precision(name):.2f}  R {tally.recall(name):.2f}  {counts}")  # noqa: T201
    if "--errors" in arguments:
        print("\n".join(tally.errors))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
