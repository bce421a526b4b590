"""Parsed gazetteer files → frozen lists of known names, with every mistake named. Pure.

A file holds `name`, `type` and either `entries` (people, organisations, states) or
`by_state` or `by_country` (one text of names each, parted by ";": small to store, quick to read).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from monitor.config.tree import Place, Tree
from monitor.errors import ConfigError, Mistake

FILE_KEYS = frozenset({"name", "type", "near", "entries", "suffix", "by_state", "by_country"})
ENTRY_KEYS = frozenset(
    {"name", "aliases", "common", "near", "state", "country", "office", "unit", "places", "owned"}
)
PLURAL_KEYS = ("aliases", "common", "near", "places")
OWN_SUFFIXES = ("Parish", "Borough", "Municipality", "Municipio", "Area", "City", "Island")
COMMON_WORDS = """
appeal april august beacon best bishop branch brook center centurion chance church
commerce community concord courage dawn defender defense enterprise evidence exchange fair
faith first freedom golden good grace green hall hope home independence initiative
innocence innocent integrity justice king law liberty life light may media mercy mission
mobile new normal north orange paradise peace power pride project purpose reading review
right rock second south star surprise temple the trial true truth union unit unity
university victory vision west will witness
"""
_COMMON = frozenset(COMMON_WORDS.split())
SHORTEST_ALIAS = 3
_CODES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE
Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN
Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts;
MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New
Hampshire; NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio;
OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN
Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI
Wisconsin; WY Wyoming; PR Puerto Rico
"""
STATE_CODES: dict[str, str] = {
    code: " ".join(name) for code, *name in (pair.split() for pair in _CODES.split(";"))
}
"""Postal code → the state's name, as the facts have it: people write `CA` and mean California."""


class Known(NamedTuple):
    """One name that the desk knows, with the other words for it.

    `common` are words that also mean other things and need company: one of `near` in the text, a
    comma before a state, a state after a city. `owned` takes the name of the office beside it.
    A tuple, because thousands of them are made before the first hit is read.
    """

    name: str
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    state: str = ""
    country: str = ""
    office: str = ""
    unit: str = ""
    places: tuple[str, ...] = ()
    owned: bool = False
    famous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """A list of known entities of one type, as one file has it."""

    name: str
    type: str
    entries: tuple[Known, ...]
    path: str = ""


def read(data: object, path: str = "", tree: Tree | None = None) -> Gazetteer:
    """Return the gazetteer that a parsed file describes; raise ConfigError with every mistake.

    With the file's tree, each mistake has its line.
    """
    tree = tree or Tree(path=path)
    if not isinstance(data, Mapping):
        problem = "is not a gazetteer; write name:, type: and entries:"
        raise ConfigError(tree.mistake(problem, *tree.mark(())))
    mistakes = list(_file_mistakes(data))
    if mistakes:
        raise ConfigError(*(tree.mistake(said, *tree.mark(place)) for place, said in mistakes))
    entries = tuple(_entries(data)) + tuple(_by_state(data))
    return Gazetteer(name=data["name"], type=data["type"], entries=entries, path=path)


def lint(gazetteer: Gazetteer, tree: Tree | None = None) -> tuple[Mistake, ...]:
    """Name each alias that is a common word, too short, or claimed by two entries."""
    tree = tree or Tree(path=gazetteer.path)
    found = [*_risky(gazetteer), *_claimed_twice(gazetteer)]
    return tuple(tree.mistake(said, *tree.mark(("entries", number))) for number, said in found)


def names(known: Known) -> Iterator[str]:
    """Yield the words that mean this entry by themselves."""
    if known.name not in known.common:
        yield known.name
    yield from known.aliases


def _file_mistakes(data: Mapping[Any, object]) -> Iterator[tuple[Place, str]]:
    for key in data:
        if key not in FILE_KEYS:
            yield (key,), f"unknown key {key!r}{_meant(key, FILE_KEYS)}"
    for key in ("name", "type"):
        if not isinstance(data.get(key), str) or not data[key]:
            yield (key,), f"{key} is missing; write for example {key}: innocence_organisations"
    yield from _list_mistakes(data)
    for key in ("by_state", "by_country"):
        for problem in _place_mistakes(key, data.get(key, {})):
            yield (key,), problem


def _list_mistakes(data: Mapping[Any, object]) -> Iterator[tuple[Place, str]]:
    entries = data.get("entries")
    if not data.keys() & {"entries", "by_state", "by_country"}:
        yield (), "nothing is listed; write entries (or by_state, by_country for places)"
    if entries is not None and not isinstance(entries, list):
        yield ("entries",), "entries is not a list; start each entry with '- name:'"
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for problem in _entry_mistakes(entry):
            yield ("entries", number), f"entry {number + 1}: {problem}"


def _meant(key: object, known: frozenset[str]) -> str:
    near = get_close_matches(str(key), sorted(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known here: {', '.join(sorted(known))}"


def _entry_mistakes(entry: object) -> Iterator[str]:
    if not isinstance(entry, Mapping):
        yield f"{entry!r} is not an entry; write {{name: ..., aliases: [...]}}"
        return
    for key in entry:
        if key not in ENTRY_KEYS:
            yield f"unknown key {key!r}{_meant(key, ENTRY_KEYS)}"
    if not (entry.get("name") or (entry.get("office") and entry.get("unit"))):
        yield "it has no name; give name, or office and unit"
    for key in PLURAL_KEYS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            yield (
                f"{key} is not a list of words; quote what YAML reads as a number, a date or yes/no"
            )


def _place_mistakes(key: str, places: object) -> Iterator[str]:
    if not isinstance(places, Mapping):
        yield f"{key} is not a mapping; write 'Texas: Dallas; Harris; Travis'"
        return
    for place, text in places.items():
        if not isinstance(place, str) or not isinstance(text, str):
            yield f"{key} {place!r} is not a line of names parted by ';'"


def _entries(data: Mapping[str, Any]) -> Iterator[Known]:
    near = data.get("near") or ()
    for entry in data.get("entries") or ():
        plain: dict[str, Any] = {k: value for k, value in entry.items() if k not in PLURAL_KEYS}
        lists: dict[str, Any] = {key: tuple(entry.get(key, ())) for key in PLURAL_KEYS}
        lists["near"] = lists["near"] or tuple(near)
        plain.setdefault("name", f"{entry.get('office')}'s {entry.get('unit')}")
        yield Known(**plain, **lists)


def _by_state(data: Mapping[str, Any]) -> Iterator[Known]:
    by_state, suffix = data.get("by_state") or {}, data.get("suffix", "")
    for state, text in by_state.items():
        for name in " ".join(text.split()).split(";"):
            if not (bare := name.strip()):
                continue
            famous, bare = bare.startswith("*"), bare.removeprefix("*")
            full = bare if not suffix or bare.endswith(OWN_SUFFIXES) else f"{bare} {suffix}"
            yield Known(name=full, state=state, famous=famous)
    yield from _by_country(data)


def _by_country(data: Mapping[str, Any]) -> Iterator[Known]:
    by_country = data.get("by_country") or {}
    for country, text in by_country.items():
        for name in " ".join(text.split()).split("; "):
            yield Known(name=name, common=(name,), country=country)


def _risky(gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    if gazetteer.type in {"city", "county", "state", "country"}:
        return
    for number, known in enumerate(gazetteer.entries):
        yield from ((number, f"{known.name}: {problem}") for problem in _risks(known))


def _risks(known: Known) -> Iterator[str]:
    for alias in names(known):
        if alias.casefold() in _COMMON:
            yield f"{alias!r} is a common word; move it to common, with near"
        elif len(alias) < SHORTEST_ALIAS:
            yield f"{alias!r} is too short to mean one thing; write it out"
    if known.common and not known.near:
        yield "common names need near, the words that keep them company"


def _claimed_twice(gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    if gazetteer.type in {"city", "county"}:
        return
    owner: dict[str, str] = {}
    for number, known in enumerate(gazetteer.entries):
        for alias in {alias.casefold() for alias in names(known)}:
            first = owner.setdefault(alias, known.name)
            if first != known.name:
                said = f"{known.name}: {alias!r} already means {first}; keep it in one entry"
                yield number, said
