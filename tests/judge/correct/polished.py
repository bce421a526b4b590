"""Cosmetic edits of a story: what changes on a page every day and means nothing."""

import re
from collections.abc import Mapping

from tests.judge.correct.edited import Editor, Story

SYNONYMS = (
    ("said", "told reporters"), ("walked out of", "stepped out of"), ("behind bars", "in prison"),
    ("threw out", "tossed"), ("lawyers", "attorneys"), ("began", "started"), ("home", "house"),
    ("immediately", "at once"), ("prosecutors", "the prosecution"), ("killing", "slaying"),
    ("testimony", "account"), ("weeping", "in tears"), ("quickly", "fast"), ("big", "large"),
)  # fmt: skip


def _swap(story: Story, pattern: str, new: str, count: int = 0) -> tuple[str, str] | None:
    text, made = re.subn(pattern, new, story["text"], count=count)
    return (story["title"], text) if made else None


def spaces(story: Story) -> tuple[str, str] | None:
    """Other white space."""
    return story["title"] + " ", re.sub(r"\. ", ".  ", story["text"]).replace(" the ", " the\u00a0")


def paragraphs(story: Story) -> tuple[str, str] | None:
    """Each sentence a paragraph."""
    return _swap(story, r"(?<=[a-z]{3}\.) (?=[A-Z])", "\n\n")


def quotes(story: Story) -> tuple[str, str] | None:
    """Typographer's quotes and dashes."""
    text = re.sub(r'"([^"\n]*)"', r"“\1”", story["text"]).replace("'", "’").replace(" - ", " — ")
    return story["title"].replace("'", "’"), text


def commas(story: Story) -> tuple[str, str] | None:
    """A comma more before every `and`."""
    return _swap(story, r"(?<=[a-z]) and ", ", and ")


def fewer_commas(story: Story) -> tuple[str, str] | None:
    """Commas less."""
    return _swap(story, r"(?<=[a-z]), (?=[a-z])", " ", 3)


def typo(story: Story) -> tuple[str, str] | None:
    """A slip of the pen, made or mended, in an ordinary word."""
    words = list(re.finditer(r"(?<=[a-z] )[a-z]{7,}(?= [a-z])", story["text"]))
    if not words:
        return None
    found = words[len(words) // 2]
    word = found.group()
    slip = word[:3] + word[4] + word[3] + word[5:]
    return story["title"], story["text"][: found.start()] + slip + story["text"][found.end() :]


def slip_in_name(story: Story) -> tuple[str, str] | None:
    """A name misspelt in one place of several."""
    names = (story.get("facts") or {}).get("exonerees") or []
    last = str(names[0]).split()[-1] if names else ""
    if len(last) < 6 or story["text"].count(last) < 3:
        return None
    head, _, tail = story["text"].rpartition(last)
    return story["title"], f"{head}{last[:2]}{last[3]}{last[2]}{last[4:]}{tail}"


def synonyms(story: Story) -> tuple[str, str] | None:
    """Other words for the same."""
    text = story["text"]
    for old, new in SYNONYMS:
        text = re.sub(rf"\b{old}\b", new, text)
    return (story["title"], text) if text != story["text"] else None


def stamp(story: Story) -> tuple[str, str] | None:
    """The time of the last change, and a byline."""
    hour = 1 + sum(map(ord, story["id"])) % 11
    line = f"Updated {hour}:{hour + 12} p.m. EST, Friday, March {hour}, 2024"
    return story["title"], f"By Staff Reporter | {line}\n\n{story['text']}\n\n{line}"


def related(story: Story) -> tuple[str, str] | None:
    """Links to other stories of the kind."""
    links = (
        "Related: Judge vacates 1991 murder conviction of Brent Oakley in Monroe County",
        "READ MORE: Man freed after 31 years sues the city of Port Merrin for $12 million",
        "Appeals court upholds conviction in 2003 arson case",
    )
    return story["title"], "\n\n".join((story["text"], *links))


def furniture(story: Story) -> tuple[str, str] | None:
    """A page's head and foot."""
    head = "Support local journalism. Donate today."
    foot = (
        "Sign up for our morning newsletter and never miss a story.\n\n"
        "Copyright 2024 The Harbour Post. All rights reserved.\n\n"
        "To report a correction, write to our newsroom; our corrections policy is on our site."
    )
    return story["title"], f"{head}\n\n{story['text']}\n\n{foot}"


def navigation(story: Story) -> tuple[str, str] | None:
    """The lines of a menu, in another order or not there."""
    return story["title"], f"Home\n\nSport\n\nNews\n\nOpinion\n\nCourts\n\n{story['text']}"


def headline_case(story: Story) -> tuple[str, str] | None:
    """A headline with capitals."""
    return " ".join(w[:1].upper() + w[1:] for w in story["title"].split()), story["text"]


def numerals(story: Story) -> tuple[str, str] | None:
    """Figures for words."""
    pairs = {"two": "2", "three": "3", "five": "5", "eleven": "11", "twenty": "20", "six": "6"}
    return _swap_all(story, pairs)


def titles(story: Story) -> tuple[str, str] | None:
    """`Mr. Whitcombe` for `Whitcombe`."""
    names = (story.get("facts") or {}).get("exonerees") or []
    last = str(names[0]).split()[-1] if names else ""
    return _swap(story, rf"(?<=\. ){last} (?=[a-z])", f"Mr. {last} ") if last else None


def shorter(story: Story) -> tuple[str, str] | None:
    """Contractions."""
    return _swap_all(story, {"did not": "didn't", "would not": "wouldn't", "cannot": "can't"})


def longer(story: Story) -> tuple[str, str] | None:
    """A paragraph of reactions is added."""
    more = (
        "Neighbours had tied ribbons to the fence before the car turned into the street, and"
        " somebody had put a chair on the porch. Nobody wanted to speak about what comes next."
    )
    return story["title"], f"{story['text']}\n\n{more}"


def _swap_all(story: Story, pairs: Mapping[str, str]) -> tuple[str, str] | None:
    text = story["text"]
    for old, new in pairs.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return (story["title"], text) if text != story["text"] else None


LOOKS: Mapping[str, Editor] = {
    "spaces": spaces,
    "paragraphs": paragraphs,
    "quotes": quotes,
    "commas": commas,
    "fewer commas": fewer_commas,
    "typo": typo,
    "slip in name": slip_in_name,
    "synonyms": synonyms,
    "stamp": stamp,
    "related": related,
    "furniture": furniture,
    "navigation": navigation,
    "headline case": headline_case,
    "numerals": numerals,
    "titles": titles,
    "shorter": shorter,
    "longer": longer,
}
