"""An article that is no hit × the watched cases → the case it follows up, and what is new. Pure.

Only a full name ties, with a place of the case, a word of its past, and what usually follows in
the paragraph that names the person.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from monitor.judge.decide import Told
from monitor.judge.query.sentences import paragraphs, sentences
from monitor.records import Alert, AlertKind, Article, Stage

TOPICS: Mapping[str, tuple[Stage, re.Pattern[str]]] = {
    name: (stage, re.compile(rf"(?i)\b(?:{pattern})"))
    for name, stage, pattern in (
        ("reversal", Stage.REVERSED, r"reinstat\w+|restor\w+ (?:\w+ )?convictions?\b"),
        (
            "retrial",
            Stage.RETRIAL_ORDERED,
            (
                r"retrials?\b|retr(?:y|ied)\b|(?:new|second|another) trials?\b|re-?indict\w*"
                r"|tr(?:y|ied) (?:him|her|them) again"
            ),
        ),
        (
            "compensation",
            Stage.COMPENSATION,
            (
                r"compensat\w+|settle(?:s|d|ment|ments)?\b|payouts?\b|damages\b"
                r"|award(?:s|ed)?\b|(?:be|been|was|were) paid\b|million\b"
            ),
        ),
        (
            "suit",
            Stage.COMPENSATION,
            r"lawsuits?\b|sue[sd]?\b|suing\b|civil (?:suit|claim|action)\b",
        ),
        (
            "arrest",
            Stage.UNKNOWN,
            r"re-?arrest\w*|arrest(?:ed|s)?\b|charged with\b|indicted\b|in(?:to)? custody\b",
        ),
    )
}
PAST = re.compile(
    r"(?i)\b(?:wrongful|wrongly|exonerat|overturn|vacat|convict|imprison|prison|innocen|clear(?:ed|ing)"
    r"|quash|threw out|thrown out|behind bars)"
)
FOLLOW = "follow"
GAP = "\x1e"  # stands in a text where pieces may have been left out
SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A confirmed case: who was cleared, and where."""

    case_id: int
    people: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What follows on a case: on which topic, why it is that case, and the sentence."""

    case_id: int
    topic: str
    stage: Stage
    why: str
    sentence: str


def match(article: Article, watches: Iterable[Watch]) -> Match | None:
    """The first watched case that an article follows up, or nothing."""
    text = f"{article.title}\n\n{article.text}"
    low = text.casefold()
    for watch in watches:
        person = next((name for name in watch.people if _named(name, low)), "")
        place = next((place for place in watch.places if _placed(place, person, text)), "")
        if not person or not place or not PAST.search(text):
            continue
        if (found := _topic(text, person)) is not None:
            topic, stage, sentence = found
            why = f"names {person} and {place}, with a word of {topic}"
            return Match(
                case_id=watch.case_id, topic=topic, stage=stage, why=why, sentence=sentence
            )
    return None


def might(text: str, watches: Iterable[Watch]) -> bool:
    """False only where nothing cut out of this text names a watched person."""
    watches = tuple(watches)
    if not watches:
        return False
    low = unicodedata.normalize("NFC", text.replace(GAP, "")).casefold()
    return any(
        name.casefold().split()[-1] in low for one in watches for name in one.people if name.strip()
    )


def _placed(place: str, person: str, text: str) -> bool:
    """Whether a place stands in a text; `Cook` will do for Cook County, unless it is a name."""
    bare = place.removesuffix(" County").removesuffix(" Parish")
    wanted = place if bare in person.split() else bare
    return re.search(rf"\b{re.escape(wanted)}\b", text) is not None


def _named(name: str, low: str) -> bool:
    """Whether the full name stands in a text; an initial or a second name may stand between."""
    words = name.casefold().split()
    if len(words) < SHORTEST or words[-1] not in low:
        return False
    pattern = rf"\b{re.escape(words[0])}(?:\s+[\w.'’-]+)?\s+{re.escape(words[-1])}\b"
    return re.search(pattern, low) is not None


def _topic(text: str, person: str) -> tuple[str, Stage, str] | None:
    """What usually follows, in a paragraph that names the person, and its sentence."""
    last = person.rsplit(maxsplit=1)[-1]
    told = [
        text[start:end]
        for first, end_of in paragraphs(text)
        if last in text[first:end_of]
        for start, end in sentences(text, first, end_of)
    ]
    for name, (stage, pattern) in TOPICS.items():
        sentence = next((one for one in told if pattern.search(one)), "")
        if sentence:
            return name, stage, " ".join(sentence.split())
    return None


def alert(
    found: Match,
    beat: str,
    told: Mapping[str, Told],
    topics: AbstractSet[str],
    known: Iterable[str],
) -> Sequence[Alert]:
    """Tell who heard of the case, once for each topic, unless a hit told that stage already."""
    same_stage = {name for name, (stage, _) in TOPICS.items() if stage is found.stage}
    by_hit = found.stage is not Stage.UNKNOWN and not topics & same_stage
    channels = tuple(
        name
        for name, its in told.items()
        if name in set(known) and not (by_hit and found.stage in its.stages)
    )
    if found.topic in topics or not channels:
        return ()
    return (
        Alert(
            key=f"case-{found.case_id}-{AlertKind.UPDATED}-{FOLLOW}-{found.topic}",
            kind=AlertKind.UPDATED,
            beat=beat,
            reason=f"follow-up: {found.topic} ({found.why})",
            channels=channels,
        ),
    )
