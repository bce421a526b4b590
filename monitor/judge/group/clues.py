"""A hit → the keys under which its case can be found again. Pure."""

from monitor.judge.group import copies, words
from monitor.records import Telling

SAMPLE = 8
"""One shingle in so many is kept: a copy shares dozens, and one is enough to look closer."""
STEM = 4
"""Letters of a name that survive most misspellings."""
MOST_NAMES = 80


def clues(hit: Telling) -> frozenset[str]:
    """Sampled shingles as `s…`, the stems of names as `n…`."""
    story = words.read(hit.title, hit.text)
    sampled = {f"s{s:x}" for s in copies.shingles(story.order) if s % SAMPLE == 0}
    told = words.parts(hit.people)
    names = dict.fromkeys([*told, *(word for word in story.order if word in story.names)])
    stems = dict.fromkeys(f"n{name[:STEM]}" for name in names if len(name) > 2)  # noqa: PLR2004
    return frozenset(sampled | set(list(stems)[:MOST_NAMES]))
