"""Two readings of a story → the edits that change what it says, none that only reword. Pure.

Sentences that stand in both are left out; of the others each is set beside the one it became,
and what differs counts where it is a number, a day, a name, an act of a court, a crime or a no.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.judge.correct import lexicon
from monitor.judge.correct.names import WORDS_OF_PLACE, Run, proper_names, renamed
from monitor.judge.group.words import prose
from monitor.judge.query.sentences import sentences as spans

TOKEN = re.compile(r"\d[\d,.:]*(?:st|nd|rd|th|s)?|[^\W\d_]+(?:['’.-][^\W\d_]+)*")
STAMP = re.compile(
    r"(?i)^\W*(?:by\b|updated\b|published\b|posted\b|last (?:updated|modified)\b|first published\b"
    r"|modified\b|reporting by\b|photo\b|\d+\s*(?:min(?:ute)?s?\s+read|comments?|shares?)\b)"
)
DATELINE = re.compile(r"^[A-Z][\w.,' ]{2,50}(?:\([^)]{2,40}\))?\s*[—–-]+\s+")
SHORT = 25  # words: a line so short without a full stop is no sentence
STAMPED = 14
ALIKE = 0.5
LITTLE = 0.3
MOST = 80  # changed sentences that are set beside each other: more is another story


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a piece of a sentence became; `sentence` is the new one, `was` the old one."""

    kind: str
    old: str
    new: str
    sentence: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A story taken apart: its headline, its sentences, and the words that stand as names in it."""

    title: str
    sentences: tuple[str, ...]
    names: frozenset[str]


def read(title: str, text: str) -> Reading:
    """Keep what is told: no bylines, stamps, links or newsletters."""
    parts = [DATELINE.sub("", p, count=1) for p in prose(text).split("\n\n") if _told(p)]
    whole = tuple(
        " ".join(part[start:end].split())
        for part in parts
        for start, end in spans(part, 0, len(part))
    )
    names = (word for sentence in whole for word in proper_names(tokens(sentence)[1:]))
    return Reading(title=title, sentences=whole, names=frozenset(names))


def _told(part: str) -> bool:
    words = len(part.split())
    if STAMP.match(part) and words <= SHORT:
        return False
    return words > SHORT or bool(re.search(r"""[.!?]["'”’)\]]*\s*$""", part.rstrip()))


def tokens(text: str) -> list[str]:
    """The words and numbers of a text; `didn't` is two words, of which one says no."""
    text = re.sub(r"(?i)\bcan(?:not|['’]t)\b", "can not", text)
    text = re.sub(r"(?i)n['’]t\b", " not", text)
    return TOKEN.findall(text)


def key(sentence: str) -> str:
    """A sentence in comparable form."""
    return " ".join(map(lexicon.plain, tokens(sentence)))


def compare(old: Reading, new: Reading) -> tuple[Edit, ...]:
    """The edits that change what is told, in the order of the new text, the headline first."""
    before, after = set(map(key, old.sentences)), set(map(key, new.sentences))
    gone = [sentence for sentence in old.sentences if key(sentence) not in after]
    come = [sentence for sentence in new.sentences if key(sentence) not in before]
    found: list[Edit] = []
    if key(old.title) != key(new.title) and _alike(old.title, new.title) >= ALIKE:
        found += _differences(old.title, new.title, old, new, title=True)
    for was, sentence in _pairs(gone, come):
        found += _differences(was, sentence, old, new)
    return _once(found)


def _once(found: Iterable[Edit]) -> tuple[Edit, ...]:
    """Each change once, where it stands first; a sentence tells one act of a court."""
    kept: dict[tuple[str, ...], Edit] = {}
    for edit in found:
        kept.setdefault((edit.kind, edit.old.lower(), edit.new.lower()), edit)
    acts = {e.sentence for e in kept.values() if e.kind == "stage" and " " in e.old}
    return tuple(e for e in kept.values() if not _repeats(e, acts))


def _repeats(edit: Edit, acts: Container[str]) -> bool:
    return edit.kind == "stage" and " " not in edit.old and edit.sentence in acts


def similar(sentence: str, reading: Reading) -> bool:
    """Whether a story still says something in nearly these words."""
    return any(_alike(sentence, known) >= ALIKE for known in (reading.title, *reading.sentences))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, key(one).split(), key(other).split(), autojunk=False).ratio()


def _overlap(one: str, other: str) -> float:
    """The share of the longer sentence's words that the other has too: cheap, and never less."""
    ones, others = set(key(one).split()), set(key(other).split())
    return len(ones & others) / max(len(ones), len(others), 1)


def _pairs(gone: Sequence[str], come: Sequence[str]) -> list[tuple[str, str]]:
    """Which sentence became which: the likest first, each once."""
    ratios = sorted(
        (
            (_alike(was, now), -i, -j)
            for i, was in enumerate(gone[:MOST])
            for j, now in enumerate(come[:MOST])
            if _overlap(was, now) >= LITTLE
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for ratio, i, j in ratios:
        if ratio >= ALIKE and -i not in taken.values() and -j not in taken:
            taken[-j] = -i
    return [(gone[taken[j]], come[j]) for j in sorted(taken)]


def _differences(
    was: str, sentence: str, old: Reading, new: Reading, *, title: bool = False
) -> Iterable[Edit]:
    ones, others = tokens(was), tokens(sentence)
    before, after = (list(map(lexicon.plain, words)) for words in (ones, others))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        kind = _kind(Run(ones, i, j), Run(others, k, m), old, new, title=title)
        if kind:
            bare = kind == "name" and Run(ones, i, j).next not in WORDS_OF_PLACE
            shown = _shown(ones, i, j, bare=bare), _shown(others, k, m, bare=bare)
            yield Edit(kind=kind, old=shown[0], new=shown[1], sentence=sentence, was=was)
    yield from _ending(ones, others, was, sentence)


def _shown(words: Sequence[str], start: int, end: int, *, bare: bool) -> str:
    """A run, with the next word where it is short, so that it can be understood."""
    if end - start <= 1 and not (bare and end > start):
        end = min(end + 1, len(words))
    return " ".join(words[start:end])


def _ending(ones: Sequence[str], others: Sequence[str], was: str, now: str) -> Iterable[Edit]:
    """A sentence told the other way round: what was dismissed is now said to be acquitted."""
    before, after = (lexicon.classes("stage", words) for words in (ones, others))
    if lexicon.disagree("stage", before - after, after - before):
        gone, come = (", ".join(sorted(said)) for said in (before - after, after - before))
        yield Edit(kind="stage", old=gone, new=come, sentence=now, was=was)


def _kind(one: Run, other: Run, old: Reading, new: Reading, *, title: bool) -> str:
    """What kind of fact an edit touches; nothing where it only rewords."""
    looks = (
        ("number", lexicon.numbers),
        ("date", lexicon.weekdays),
        ("date", lexicon.months),
    )
    for name, look in looks:
        before, after = look(one.own), look(other.own)
        if before and after and sorted(before) != sorted(after):
            return name
    for name in lexicon.CLASSES:
        said = lexicon.classes(name, one.own), lexicon.classes(name, other.own)
        if lexicon.disagree(name, *said):
            return name
    if lexicon.negations(one.own) != lexicon.negations(other.own):
        acts = lexicon.classes("stage", [*one.own, *other.own])
        if acts or min(len(one.own), len(other.own)) <= 1:
            return "meaning"
    return "name" if renamed(one, other, old.names, new.names, title=title) else _term(one, other)


def _term(one: Run, other: Run) -> str:
    """`life in prison` and `60 years`: one of them is no number."""
    for run, against in ((one, other), (other, one)):
        worded = {"life", "death"} & set(map(lexicon.plain, run.own))
        if worded and (lexicon.numbers(against.own) or {"life", "death"} & set(against.own)):
            return "number"
    return ""
