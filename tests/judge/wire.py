"""A story and a seed → what local papers make of it: five ways to edit a wire copy."""

import random
import re
from collections.abc import Callable, Mapping

HEAD = (
    "Skip to main content\n\nThe Harbour Post has told the valley's news since 1911. Our newsroom "
    "of nine answers every letter, and the coffee downstairs is free on market days."
)
FOOT = (
    "Do you know more about this? Ring the night desk before ten, or leave a note with the porter "
    "on Quay Road.\n\nThe Harbour Post is owned by the people who read it. Shares are sold each "
    "spring at the town hall, and every holder has one vote."
)
LEAD = (
    "Shopkeepers on {place} followed the hearing on a radio by the till, and some of them closed "
    "early. At the bakery a tray of buns was set out for whoever came by with news, said its "
    "owner, who has kept the corner since her mother left it to her and remembers the week it "
    "all began as the wettest of that year."
)
STREETS = ("Quay Road", "Mill Lane", "Tanner Street", "Orchard Row", "Ferry Hill")
FILLERS = ("amber", "bright", "copper", "early", "fallow", "gentle", "hollow", "jolly", "keen")
LIMIT = 250
SENTENCE_END = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")


def boxed(text: str, _dice: random.Random) -> str:
    """Head and foot of the local paper around it."""
    return f"{HEAD}\n\n{text}\n\n{FOOT}"


def cut(text: str, _dice: random.Random) -> str:
    """The first 250 words; of a shorter story, the first two thirds."""
    words = text.split(" ")
    return " ".join(words[: min(LIMIT, len(words) * 2 // 3)])


def led(text: str, dice: random.Random) -> str:
    """A local lead of some 55 words before it, cut like the others."""
    lead = LEAD.format(place=dice.choice(STREETS))
    return f"{lead}\n\n{cut(text, dice)}"


def thinned(text: str, dice: random.Random) -> str:
    """Three sentences in ten left out, at least one."""
    paragraphs = [SENTENCE_END.split(part) for part in text.split("\n\n")]
    places = [(i, j) for i, part in enumerate(paragraphs) for j in range(len(part))]
    gone = set(dice.sample(places, max(1, round(0.3 * len(places)))))
    kept = [
        " ".join(s for j, s in enumerate(part) if (i, j) not in gone)
        for i, part in enumerate(paragraphs)
    ]
    return "\n\n".join(part for part in kept if part)


def reworded(text: str, dice: random.Random) -> str:
    """One word in ten replaced by another."""
    words = re.split(r"(\s+)", text)
    places = [i for i, word in enumerate(words) if word.strip()]
    for i in dice.sample(places, round(0.1 * len(places))):
        words[i] = dice.choice(FILLERS)
    return "".join(words)


EDITS: Mapping[str, Callable[[str, random.Random], str]] = {
    "head and foot added": boxed,
    "cut to 250 words": cut,
    "local lead added": led,
    "30 % of sentences dropped": thinned,
    "10 % of words replaced": reworded,
}
