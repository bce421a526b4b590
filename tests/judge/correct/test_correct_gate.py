"""The pinned floor: facts that were edited are found, and edits of looks are ignored."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor.judge import beat, correct, verdict
from monitor.judge.verdict import Beats
from monitor.read.extract import extract
from monitor.records import Article, Entry, Fetched, PendingEntry, Verdict
from tests.judge.correct.edited import FACTS, Edited, Editor, edited, stories
from tests.judge.correct.polished import LOOKS
from tests.judge.facts.measure import gazetteers
from tests.world import START

SHIPPED = Path(__file__).parents[3] / "config" / "beats" / "exonerations.yaml"
FILES = {
    "to develop with": ("wide_dev.jsonl", "wide_extra.jsonl"),
    "held back": ("wide_held.jsonl", "wide_third.jsonl"),
}
EACH = 5
FLOOR = 0.95


@pytest.fixture(scope="module")
def beats() -> Beats:
    return verdict.prepare([beat.read(SHIPPED.read_text("utf-8"), SHIPPED.name)], gazetteers())


def as_read(told: Article) -> Article:
    """What is read from the page that shows an article."""
    body = "".join(f"<p>{part}</p>" for part in told.text.split("\n\n"))
    page = (
        f"<html><head><title>{told.title}</title></head><body><nav><a href='/n'>News</a></nav>"
        f"<main><article><h1>{told.title}</h1>{body}</article></main></body></html>"
    )
    fetched = Fetched(url=told.url, status=200, body=page.encode())
    entry = Entry(link=told.url, title=told.title, published_at=told.published_at)
    pending = PendingEntry(id=1, feed_id=1, entry=entry, first_seen_at=START)
    return extract(fetched, pending)


def share(
    part: str, editors: Mapping[str, Editor], beats: Beats, *, told: bool
) -> tuple[float, int, str]:
    """How often an edit is told (or not) as it should, of how many pages, and every error."""
    known: dict[str, tuple[Article, Verdict]] = {}
    right, wrong = 0, []
    for edit in edited(stories(*FILES[part]), editors, each=EACH):
        number = edit.story["id"]
        if number not in known:
            before = as_read(edit.before)
            known[number] = before, verdict.judge(before, beats)[0]
        article, old = known[number]
        if not old.hit:
            continue
        changes = told_of(edit, article, old, beats)
        right += bool(changes) == told
        if bool(changes) != told:
            wrong.append(f"{edit.kind} {number}: {[change.words for change in changes]}")
    return right / (right + len(wrong)), right + len(wrong), "\n".join(wrong)


def told_of(
    edit: Edited, article: Article, old: Verdict, beats: Beats
) -> tuple[correct.Change, ...]:
    after = as_read(edit.after)
    new = verdict.judge(after, beats)[0]
    was = correct.Before(title=article.title, text=article.text, verdict=old)
    return correct.changes(was, after, new)


@pytest.mark.parametrize("part", FILES)
def test_edited_facts_are_found(beats: Beats, part: str) -> None:
    found, pages, errors = share(part, FACTS, beats, told=True)
    assert pages >= 50
    assert found >= FLOOR, errors


@pytest.mark.parametrize("part", FILES)
def test_edits_of_looks_are_ignored(beats: Beats, part: str) -> None:
    ignored, pages, errors = share(part, LOOKS, beats, told=False)
    assert pages >= 50
    assert ignored >= FLOOR, errors
