"""A seed and a topic → headlines and paragraphs of made-up news, and of planted stories."""

import random
from dataclasses import dataclass

OTHER = ("council", "sport", "business", "weather", "culture", "school")
LAW = ("crime", "court")  # only these have words of the beat's gate
TOPICS = OTHER + LAW
PLACES = [
    "Ashford Hollow",
    "Bellmere",
    "Cobden Falls",
    "Darrow",
    "Eastlake",
    "Fenwick",
    "Garland Bay",
    "Harmon",
    "Ironville",
    "Juniper Creek",
    "Kessler",
    "Lowell Point",
    "Marston",
    "Norfield",
    "Oakhaven",
    "Pinecrest",
    "Quarry Hill",
    "Redfern",
    "Stanton",
    "Tilbury",
    "Underwood",
    "Vanceboro",
    "Westerly",
    "Yarrow",
]
FIRST = [
    "Albert",
    "Bernice",
    "Calvin",
    "Dolores",
    "Edwin",
    "Florence",
    "Gerald",
    "Harriet",
    "Isaac",
    "Joyce",
    "Kenneth",
    "Lorraine",
    "Marvin",
    "Nadine",
    "Otis",
    "Pearl",
    "Quentin",
    "Rosalind",
    "Sherman",
    "Thelma",
    "Ulysses",
    "Velma",
    "Wendell",
    "Yvonne",
]
LAST = [
    "Abernathy",
    "Blackwood",
    "Crandall",
    "Dunmore",
    "Ellsworth",
    "Farnsworth",
    "Gilchrist",
    "Hathaway",
    "Inglewood",
    "Jessup",
    "Kirkbride",
    "Loxley",
    "Merriweather",
    "Northcott",
    "Ormsby",
    "Pemberton",
    "Quimby",
    "Rutledge",
    "Satterfield",
    "Thackeray",
    "Upchurch",
    "Vandermeer",
    "Whitlock",
    "Yarborough",
]
WHO = {
    "council": "the council,the mayor,a planner,residents,the zoning board,the clerk",
    "sport": "the coach,the striker,supporters,the referee,the goalkeeper,the club",
    "business": "the company,investors,the manager,analysts,the owner,suppliers",
    "weather": "forecasters,farmers,the ferry company,road crews,the river authority,hikers",
    "culture": "the curator,the orchestra,a novelist,visitors,the museum,the director",
    "school": "teachers,the principal,parents,pupils,the school board,bus drivers",
    "crime": "police,detectives,a witness,the sheriff,officers,neighbors",
    "court": "the prosecutor,a jury,the defense lawyer,the judge,the defendant,the clerk of court",
}
DID = {
    "council": "approved,delayed,discussed,rejected,paid for,measured",
    "sport": "praised,missed,celebrated,replaced,trained for,watched",
    "business": "sold,bought,reported,expanded,closed,insured",
    "weather": "warned of,tracked,expected,measured,prepared for,described",
    "culture": "opened,restored,performed,painted,announced,reviewed",
    "school": "visited,renamed,planned,repaired,welcomed,graded",
    "crime": "searched,found,described,photographed,guarded,questioned people about",
    "court": "read,challenged,filed,postponed,heard arguments about,objected to",
}
WHAT = {
    "council": "the bridge,a parking rule,the water budget,a bicycle lane,the market hall",
    "sport": "the second half,a penalty,the cup draw,the winter break,a long pass",
    "business": "a warehouse,the annual figures,a bakery chain,the new contract,two factories",
    "weather": "heavy snow,the northern valley,a dry summer,strong wind,the flooded meadow",
    "culture": "a stone gallery,the old theater,three short plays,a portrait,the spring program",
    "school": "the science wing,a reading week,the gymnasium,the timetable,a music class",
    "crime": "a stolen truck,the empty garage,the guilty plea,a shooting,the felony count",
    "court": "the motion,the murder charge,the verdict,a prison sentence,the testimony",
}
WHEN = [
    "on Monday",
    "on Tuesday",
    "on Wednesday",
    "last week",
    "this month",
    "before noon",
    "after the storm",
    "during a long meeting",
    "for the third time",
    "without much notice",
]
WHY = [
    "because the cost had grown faster than anyone planned",
    "although few people had asked for it",
    "as the season came to an end",
    "while the neighbors looked on",
    "after a report of ninety pages",
    "so that the work could begin in the spring",
    "despite a letter signed by forty families",
    "in the hope that others would follow",
]
SAID = [
    "It was not an easy week",
    "We did what we could",
    "Nobody here had seen anything like it",
    "The numbers speak for themselves",
    "We will know more in a month",
    "That is all I can say for now",
]


@dataclass(frozen=True, slots=True)
class Text:
    """What a story says."""

    title: str
    paragraphs: tuple[str, ...]


def person(chance: random.Random) -> str:
    """A made-up name."""
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def sentence(chance: random.Random, topic: str) -> str:
    """One sentence of a topic."""
    who, did, what = (chance.choice(of[topic].split(",")) for of in (WHO, DID, WHAT))
    place, when, why = chance.choice(PLACES), chance.choice(WHEN), chance.choice(WHY)
    kind = chance.randrange(5)
    if kind == 0:
        return f"“{chance.choice(SAID)},” said {person(chance)} of {place}."
    if kind == 1:
        return f"{when.capitalize()}, {who} in {place} {did} {what} {why}."
    if kind == 2:
        return f"{person(chance)}, {chance.randrange(19, 90)}, told {who} about {what} {when}."
    number = chance.randrange(2, 900)
    return f"{who.capitalize()} {did} {what} {when}, {number} days after {place} had, {why}."


def story(chance: random.Random, topic: str, words: int) -> Text:
    """An article of about so many words."""
    title = sentence(chance, topic).rstrip(".").replace("“", "").replace("”", "")
    said: list[str] = []
    left = words
    while left > 0:
        lines = [sentence(chance, topic) for _ in range(chance.randrange(2, 5))]
        said.append(" ".join(lines))
        left -= len(said[-1].split())
    return Text(" ".join(title.split()[:14]), tuple(said))


def planted(chance: random.Random, number: int) -> Text:
    """An article that the desk must hear of; nobody else, here or elsewhere, has its surname."""
    first = FIRST[number % len(FIRST)]
    last = f"{LAST[number % len(LAST)]}-{LAST[(number * 7 + number // 24) % len(LAST)]}"
    name, place = f"{first} {last}", PLACES[(number * 5) % len(PLACES)]
    county, years = f"{PLACES[(number * 11 + 3) % len(PLACES)]} County", 9 + number % 25
    ways = (
        f"after DNA evidence from the {number + 1980} case pointed to another man",
        "after the only witness recanted and said detectives had told her whom to pick",
        "after prosecutors admitted that a lab report had been kept from the defense",
    )
    return Text(
        f"{place} man exonerated after {years} years in prison, judge vacates murder conviction",
        (
            (
                f"A {county} judge on Tuesday vacated the murder conviction of {name}, who spent"
                f" {years} years in prison for a killing he did not commit, {ways[number % 3]}."
            ),
            (
                f"{last}, {40 + number % 30}, walked out of the {place} prison a free man. “I never"
                " stopped saying that I was innocent,” he said outside the courthouse."
            ),
            (
                f"District Attorney {person(chance)} asked the court to dismiss all charges."
                f" “{name}"
                f" was wrongfully convicted,” the motion says. The judge declared him innocent."
            ),
            (
                f"{name} was found guilty by a {county} jury and sentenced to life."
                f" His lawyers filed"
                " a petition for a new trial; the conviction review unit then examined the case."
            ),
            *(story(chance, "court", 220).paragraphs),
        ),
    )
