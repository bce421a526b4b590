"""Two readings of a hit, and what was found in each → what was corrected. Pure.

A fact counts as changed where the sentence that supported it is gone and the text itself says
otherwise; a story that only grows is no correction, and neither is one that is only reworded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.judge.correct import edits, lexicon, notes
from monitor.records import Article, Fact, Stage, Verdict

FIELDS = (
    "exonerees", "people_count", "state", "county", "country", "court", "crime", "year_convicted",
    "sentence", "years_lost_stated", "exonerated_on", "mode",
)  # fmt: skip
WORDS = {
    "exonerees": "who",
    "people_count": "how many",
    "years_lost_stated": "years lost",
    "mode": "how it ended",
    "meaning": "what it says",
}
MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A hit as it was read and judged before its page changed."""

    title: str
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the page says now and what it said before; `sentence` is where it says so."""

    what: str
    old: str
    new: str
    sentence: str = ""

    @property
    def words(self) -> str:
        """The change in one line."""
        if not self.old:
            return f"{self.what}: {self.new}"
        return f"{self.what}: {self.old} → {self.new}" if self.new else f"{self.what}: {self.old}"


def changes(before: Before, article: Article, found: Verdict) -> tuple[Change, ...]:
    """What a reader of the old page must be told of the new one; nothing for cosmetic edits."""
    told = [
        Change(what="correction", old="", new=note, sentence=note)
        for note in notes.appeared(before.text, article.text)
    ]
    old = edits.read(before.title, notes.without(before.text))
    new = edits.read(article.title, notes.without(article.text))
    found_edits = edits.compare(old, new)
    told += _facts(before.verdict, found, old, new)
    covered = {edits.key(change.sentence) for change in told}
    said = [(_bare(change.old), _bare(change.new)) for change in told]
    for edit in found_edits:
        now = (_bare(edit.old), _bare(edit.new))
        if edits.key(edit.sentence) not in covered and now not in said:
            said.append(now)
            told.append(_change(edit))
    told += _withdrawn(before.verdict, found, new, sure=bool(told))
    return tuple(told[:MOST])


def _bare(value: str) -> str:
    """A figure without its unit: a headline's `17 years` is the card's 17."""
    return value.removesuffix(" years").removesuffix(" year")


def _change(edit: edits.Edit) -> Change:
    what = WORDS.get(edit.kind, edit.kind)
    return Change(what=what, old=edit.old, new=edit.new or "–", sentence=edit.sentence)


def _facts(old: Verdict, new: Verdict, was: edits.Reading, now: edits.Reading) -> list[Change]:
    both = [(name, old.facts.get(name, Fact()), new.facts.get(name, Fact())) for name in FIELDS]
    found = [
        Change(
            what=WORDS.get(name, name.replace("_", " ")),
            old=_shown(one.value),
            new=_shown(other.value),
            sentence=other.sentence,
        )
        for name, one, other in both
        if one.value is not None
        and other.value is not None
        and not _agree(one.value, other.value)
        and _moved(one.sentence, other.sentence, was, now)
        and _worded(name, one, other, was, now)
    ]
    stages = {old.stage, new.stage}
    if len(stages) > 1 and Stage.UNKNOWN not in stages and new.hit:
        sentences = old.stage_sentence, new.stage_sentence
        if _moved(*sentences, was, now) and _acts(*sentences):
            shown = [stage.value.replace("_", " ") for stage in (old.stage, new.stage)]
            found.append(
                Change(what="stage", old=shown[0], new=shown[1], sentence=new.stage_sentence)
            )
    return found


def _moved(one: str, other: str, was: edits.Reading, now: edits.Reading) -> bool:
    """Whether the sentence behind a fact is gone, and the one that says otherwise is new."""
    return bool(one) and not _stands(one, now) and not _stands(other, was)


def _stands(sentence: str, reading: edits.Reading) -> bool:
    wanted = edits.key(edits.DATELINE.sub("", sentence, count=1))
    whole = (reading.title, *reading.sentences)
    return any(wanted in edits.key(known) for known in whole) if wanted else False


def _worded(name: str, one: Fact, other: Fact, was: edits.Reading, now: edits.Reading) -> bool:
    """Whether the text itself changed so, and not only what was found in it."""
    if name in {"mode", "crime", "exonerated_on", "people_count"}:
        kinds = ("stage", "crime")
        texts = [edits.tokens(fact.sentence) for fact in (one, other)]
        looks = [lexicon.numbers, lexicon.days]
        return any(look(texts[0]) != look(texts[1]) for look in looks) or any(
            lexicon.classes(kind, texts[0]) != lexicon.classes(kind, texts[1]) for kind in kinds
        )
    old_words, new_words = _words(one.value), _words(other.value)
    gone, come = old_words - new_words, new_words - old_words
    before, after = (_words((r.title, *r.sentences)) for r in (was, now))
    return not (come <= before and gone <= after)


def _acts(one: str, other: str) -> bool:
    return lexicon.classes("stage", edits.tokens(one)) != lexicon.classes(
        "stage", edits.tokens(other)
    )


def _withdrawn(old: Verdict, new: Verdict, now: edits.Reading, *, sure: bool) -> list[Change]:
    """A page that is no hit any more, because the sentence that made it one is gone."""
    if new.hit or not old.sentence or (not sure and edits.similar(old.sentence, now)):
        return []
    return [Change(what="no longer said", old=old.sentence, new="", sentence="")]


def _words(value: Any) -> frozenset[str]:
    values = value if isinstance(value, tuple | list) else (value,)
    return frozenset(word for one in values for word in edits.key(str(one)).split())


def _agree(one: Any, other: Any) -> bool:
    return _words(one) == _words(other)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def quotable(found: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes without their sentences, for a page that asks for no snippets."""
    return tuple(
        replace(change, sentence="", new=change.new if change.old else "a note was added")
        for change in found
    )


def as_json(found: tuple[Change, ...]) -> list[Mapping[str, str]]:
    """The changes as messages and webhooks give them."""
    return [{"what": c.what, "old": c.old, "new": c.new, "sentence": c.sentence} for c in found]
