"""Gazetteers → one index by rare words, to find all their names in one pass. Built once."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.judge.gazetteer import Gazetteer, Known, names

LONGEST_ACRONYM = 6
ALIKE = (("’", "'"), ("‘", "'"), ("ʻ", "'"), ("\u00a0", " "), ("‑", "-"), ("–", "-"))
TITLES = (
    r"(?:Criminal )?District Attorney|State's Attorney|State Attorney|Prosecuting Attorney"
    r"|Prosecutor"
    r"|Commonwealth's Attorney|Circuit Attorney|Attorney General|County Attorney|County Solicitor"
)
WORD = re.compile(r"\w+")
OFFICE = re.compile(rf"(?P<place>.+?) (?P<title>{TITLES})$")


class Alias(NamedTuple):
    """One way to name a known entity: `exact` must stand as written, `common` needs company."""

    known: Known
    type: str
    source: str
    common: bool = False
    exact: str = ""


Phrase = tuple[str, tuple[Alias, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteers:
    """Several gazetteers, ready to be looked for at once."""

    sources: tuple[str, ...] = ()
    words: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)

    def only(self, sources: Collection[str]) -> "Gazetteers":
        """The same names from some gazetteers alone: quicker, where only these are asked for."""
        kept: dict[str, list[Phrase]] = defaultdict(list)
        for word, phrases in self.words.items():
            for phrase, aliases in phrases:
                if own := tuple(alias for alias in aliases if alias.source in sources):
                    kept[word].append((phrase, own))
        return Gazetteers(
            sources=tuple(name for name in self.sources if name in sources),
            words={word: tuple(phrases) for word, phrases in kept.items()},
            owners=self.owners,
        )


def fold(text: str) -> str:
    """Return the text in lower case with plain quotes and blanks, every letter in its place."""
    if not text.isascii():
        for mark, plain in ALIKE:
            text = text.replace(mark, plain)
    text = text.replace("\n", " ")
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def index(gazetteers: Iterable[Gazetteer]) -> Gazetteers:
    """Compile gazetteers into one matcher; an empty list finds nothing."""
    gazetteers = tuple(gazetteers)
    words: dict[str, list[Alias]] = defaultdict(list)
    for gazetteer in gazetteers:
        for known in gazetteer.entries:
            for text, common in _spellings(known):
                exact = text if _acronym(text) or (common and gazetteer.type == "state") else ""
                alias = Alias(known, gazetteer.type, gazetteer.name, common, exact)
                words[fold(text)].append(alias)
    return Gazetteers(
        sources=tuple(gazetteer.name for gazetteer in gazetteers),
        words=_by_rare_word(words),
        owners=_owners(known for gazetteer in gazetteers for known in gazetteer.entries),
    )


def _by_rare_word(words: Mapping[str, list[Alias]]) -> dict[str, tuple[Phrase, ...]]:
    """Map the longest word of each name, as the rarest, to the names that have it."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase, aliases in words.items():
        key = phrase if phrase.isalnum() else max(WORD.findall(phrase), key=len, default="")
        found[key].append((phrase, tuple(aliases)))
    return {word: tuple(phrases) for word, phrases in found.items()}


def _acronym(text: str) -> bool:
    return text.isupper() and len(text) <= LONGEST_ACRONYM


def _spellings(known: Known) -> list[tuple[str, bool]]:
    if not (known.aliases or known.common):
        return [(known.name, False)]
    alone = [(text, False) for text in dict.fromkeys(names(known))]
    return alone + [(text, True) for text in known.common]


def _owners(entries: Iterable[Known]) -> dict[str, tuple[Known, ...]]:
    """Map each word for an office's place to the units of that office."""
    owners: dict[str, list[Known]] = defaultdict(list)
    for known in entries:
        match = OFFICE.match(known.office)
        if known.office:
            for place in dict.fromkeys((match["place"] if match else known.office, *known.places)):
                owners[fold(place)].append(known)
    return {place: tuple(units) for place, units in owners.items()}
