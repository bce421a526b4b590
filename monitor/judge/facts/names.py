"""Lines → the people named in them: full names, later short forms, and where each stands. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.judge.facts.name_words import HONORIFICS, NOT_PEOPLE, OFFICES, OPENERS, RANKS, SOLDIERS
from monitor.judge.facts.text import Line, Story, matches

_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŽČŠĐ]"
_WORD = rf"(?:{_CAP}(?:[\w'’]|-(?!-))*[\w]|{_CAP}\.(?:{_CAP}\.)*|{_CAP}(?=\s{_CAP}))"
_PARTICLE = r"(?:d[aeou]|le|la|dos|das|del|della|di|la|van|von|der|den|ten|bin|ibn|al|el|y|ap)"
NAME = re.compile(
    rf"{_WORD}(?:\.?,? (?:Jr|Sr|II|III|IV)\b\.?| [\"“]{_CAP}[\w'’.]+(?: [\w'’.]+)?[\"”] {_WORD}"
    rf"|(?: {_PARTICLE}){{0,2}} {_WORD}| (?:al|el|ad|as|ar|an|ul)-{_WORD})*"
)
CAPITALISED = re.compile(rf"\b{_CAP}[\w'’\-]*")
OF_PLACE = re.compile(
    r"\s(?:County|Parish|Township|Borough|Prison|Jail|Police|Courthouse|Road|Street|Avenue"
    r"|(?:prison|jail|police|courthouse|resident|residents|native|man|woman|men|women|couple"
    r"|teenager|father|mother|neighborhood|area)\b)"
)
"""What follows the name of a place, in text or headline."""
WHERE = re.compile(
    r"(?:\b(?:[Tt]he|[Ii]n|[Aa]t|[Nn]ear|[Ii]nside|[Oo]utside)|\bfrom the|, from)\s$"
)
TOWN = re.compile(
    r"(?<!faith )(?<!trust )(?<!belief )(?<!believe )(?<!believed )(?<!believes )(?<!believing )"
    r"(?<!confidence )(?<!interest )(?<!interested )\b[Ii]n\s$"
)
"""`in Garland Bay`, but not `believed in Garland Bay`: people are looked at and sat near, too."""
OWNS = re.compile(r",\s(?:now |then )?\d\d\b|['’]s?\s\w+")
"""An age, or what is the person's."""
WILL = "will"  # a verb where a question begins, a given name everywhere else
NICKNAME = re.compile(r" [\"“][A-Z][\w'’. -]*[\"”]")
DAY_NAME = re.compile(r", (?:Sunday|Monday|Friday|April|May|June|August) $")
DAY = len(", August ")
DAY_NAMED = "mr"
SIBLING = re.compile(rf"(?:^|[^\w.] |\b[a-z]+ )(?P<name>{_CAP}[\w'’-]+) and $")
FAMILY = re.compile(r"\b(?:[Bb]rothers|[Ss]isters|[Tt]wins|[Ss]iblings|[Cc]ousins|[Cc]ouple)\b")
PARENT = re.compile(r"\w+-of-\w+")
"""`mum-of-two`, `father-of-three`."""
LITTLE = frozenset({"the", "of", "for", "and", "to", "in"})
LONGEST_NAME = 5
ALIKE = 3
TITLE_CASE = 0.6

PLACE_TYPES = frozenset({"state", "county", "city", "country"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; `title` is what stands before the name (Judge, Mr)."""

    line: Line
    start: int
    end: int
    title: str = ""


@dataclass(slots=True)
class Person:
    """A full name and every place that means this person. Grows while the names are gathered."""

    name: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words of the name that stand alone later: no initials, no Jr."""
        words = self.name.replace(",", "").split()
        return tuple(w for w in words if len(w.rstrip(".")) > 1 and w.rstrip(".") not in SUFFIXES)


SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


def people(story: Story) -> list[Person]:
    """Return the people named in full, in order of appearance, with all their mentions."""
    lines = [line for line in story.lines if not _title_case(line)]
    full = [found for line in lines for found in _full_names(line, story)]
    towns = _towns(full, story)
    full = [(name, mention) for name, mention in full if name not in towns]
    persons = _merged(full)
    for line in story.lines:
        _short_forms(line, persons, full)
    for person in persons:
        person.mentions.sort(key=lambda mention: (mention.line.number, mention.start))
    return persons


def _title_case(line: Line) -> bool:
    if line.zone != "title":
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", line.text) if len(word) > len("with")]
    capitals = len([word for word in words if word[0].isupper()])
    return capitals > TITLE_CASE * max(1, len(words))


def _full_names(line: Line, story: Story) -> Iterator[tuple[str, Mention]]:
    known = [
        (entity.start - line.start, entity.end - line.start, entity.type)
        for entity in story.entities
        if entity.zone == line.zone and line.start <= entity.start < line.end
    ]
    for match in NAME.finditer(line.text):
        start, end, title = _trim(line.text, match.start(), match.end())
        if (
            DAY_NAME.search(line.text[max(0, start - DAY) : start])
            and " " not in line.text[start:end]
        ):
            start = line.text.rfind(" ", 0, start - 1) + 1
            title = DAY_NAMED
        text = NICKNAME.sub("", line.text[start:end])
        words = text.split()
        if not 1 < len([w for w in words if len(w) > 1]) <= LONGEST_NAME:
            continue
        if title != DAY_NAMED and _nobody(words):
            continue
        if any(_is_place(start, end, place) for place in known) or _is_where(line.text, start, end):
            continue
        yield text, Mention(line, start, end, f"{_before(line.text, start)} {title}")
        sibling = SIBLING.search(line.text[:start])
        if sibling and len(words) > 1 and any(FAMILY.search(one.text) for one in story.lines):
            name = f"{sibling['name']} {words[-1]}"
            yield name, Mention(line, sibling.start("name"), sibling.end("name"))


def _is_where(text: str, start: int, end: int) -> bool:
    """Tell whether a name is said to be a place or a body: `in`, `at` or `the` stands before it."""
    return bool(WHERE.search(text[:start])) and not text[end : end + 2].startswith(("'s", "’s"))


def _towns(full: list[tuple[str, Mention]], story: Story) -> set[str]:
    """Return the names that are a place's somewhere in the story and a person's nowhere."""
    people = {name for name, m in full if m.title.strip() or OWNS.match(m.line.text[m.end :])}
    doubtful = {name for name, _ in full} - people
    if not doubtful:
        return set()
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(doubtful)))})(?![\w'’])")
    return {
        match[0]
        for line, match in matches(story.lines, names)
        if TOWN.search(line.text[: match.start()][-20:]) or OF_PLACE.match(line.text[match.end() :])
    }


def _before(text: str, start: int) -> str:
    """Return the office named right before a name, if one is."""
    words = text[:start].split()
    word = words[-1].rstrip(".").lower().replace("’", "'") if words else ""
    if any(w.lower().startswith(("former", "ex-")) for w in words[-4:]):
        return ""
    return word if word in OFFICES or word in HONORIFICS else ""


def _trim(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Take what opens the sentence and the titles off the front, dates and `'s` off the end."""
    title: list[str] = []
    while (match := CAPITALISED.match(text, start, end)) or text[start:end].strip():
        word = text[start:end].split(" ", 1)[0]
        bare = re.sub(r"['’]s$", "", word.rstrip(".,").lower().replace("’", "'"))
        shouted = _shouted(word, text[start:end])
        if bare in HONORIFICS or bare in OFFICES or bare in SOLDIERS:
            title.append(bare)
        elif not _opens(bare, text, start) and not shouted and not PARENT.fullmatch(bare):
            break
        start = min(end, start + len(word) + 1)
        if start >= end or match is None:
            break
    words = text[start:end].split()
    while words and (
        words[-1].lower().rstrip(".,") in OPENERS or _shouted(words[-1], text[start:end])
    ):
        end = start + text[start:end].rstrip().rfind(words.pop())
    name = text[start:end].rstrip(" ,")
    end = start + len(re.sub(r"['’]s?$", "", name))
    return start, end, " ".join(title)


def _opens(bare: str, text: str, start: int) -> bool:
    """Tell whether a word only opens a sentence, and is no part of the name that follows it."""
    if bare == WILL:
        return not text[:start].strip("“\"' ") and text.rstrip("”\"' ").endswith("?")
    return bare in OPENERS


def _shouted(word: str, name: str) -> bool:
    """A word in capitals, such as US or HC, is no part of a name that is not."""
    return (
        word.isupper()
        and len(word.replace(".", "")) > 1
        and "." not in word
        and word not in SUFFIXES
        and not name.isupper()
    )


def _nobody(words: list[str]) -> bool:
    bare = [re.sub(r"['’]s?$", "", word.lower()).rstrip(".") for word in words]
    if bare[-1] in RANKS or (bare[0] in OPENERS and bare[0] != WILL) or bare[-1] in OPENERS:
        return True
    return any(word in NOT_PEOPLE or word in LITTLE for word in bare)


def _is_place(start: int, end: int, entity: tuple[int, int, str]) -> bool:
    first, last, kind = entity
    if kind in PLACE_TYPES:
        return first <= start and last >= end
    return first < end and start < last


def _merged(full: Iterable[tuple[str, Mention]]) -> list[Person]:
    """Put `Kerry Cook`, `Kerry Max Cook` and `Alex`/`Alexander` of one surname together."""
    persons: list[Person] = []
    for name, mention in full:
        person = next((known for known in persons if _same(known.name, name)), None)
        if person is None:
            person = Person(name)
            persons.append(person)
        elif len(name) > len(person.name):
            person.name = name
        person.mentions.append(mention)
    return persons


def _same(one: str, other: str) -> bool:
    first, second = (Person(name.casefold()).parts for name in (one, other))
    if not first or not second:
        return one == other
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    if first[-1] != second[-1]:
        return False
    return first[0][:ALIKE] == second[0][:ALIKE] and min(map(len, (first[0], second[0]))) >= ALIKE


def _short_forms(line: Line, persons: list[Person], full: list[tuple[str, Mention]]) -> None:
    """Give each surname (or other part) that stands alone to who was named first with it."""
    taken = [(m.start, m.end) for _, m in full if m.line is line]
    for match in CAPITALISED.finditer(line.text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        word = re.sub(r"['’]s?$", "", match[0])
        owners = [person for person in persons if word in person.parts]
        last = [person for person in owners if person.parts[-1] == word]
        owner = owners if len(owners) == 1 else last
        if owner:
            title = _before(line.text, match.start())
            owner[0].mentions.append(Mention(line, match.start(), match.start() + len(word), title))
