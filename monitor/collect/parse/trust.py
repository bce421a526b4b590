"""Entries of one document → the same, without guids and links that do not tell them apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from monitor.records import Entry

WORTHLESS = 0.05  # a feed with more than this share of clashing guids makes them up (FreshRSS)
AGGREGATORS = ("news.google.com", "news.google.co.uk", "bing.com", "www.bing.com")
"""Their guids name a cluster of outlets, whose link and headline change under it."""


def trusted(entries: Sequence[Entry], url: str) -> tuple[tuple[Entry, ...], bool]:
    """Blank a guid that stands on unlike entries, likewise a link; say if guids can be trusted.

    Unlike: another link (or guid) and another title. The same guid under another headline alone
    is one story that a feed lists twice.
    """
    guids = _clashes(entries, "guid", "canonical_link")
    links = _clashes(entries, "canonical_link", "guid")
    clean = tuple(
        replace(
            entry,
            guid="" if entry.guid in guids else entry.guid,
            canonical_link="" if entry.canonical_link in links else entry.canonical_link,
        )
        if entry.guid in guids or entry.canonical_link in links
        else entry
        for entry in entries
    )
    clashing = sum(entry.guid in guids for entry in entries)
    fine = clashing <= WORTHLESS * len(entries) and urlsplit(url).hostname not in AGGREGATORS
    return clean, fine


Name = Literal["guid", "canonical_link"]


def _clashes(entries: Iterable[Entry], name: Name, other: Name) -> set[str]:
    uses: Mapping[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        if key := getattr(entry, name):
            uses[key].append((getattr(entry, other), entry.title))
    return {
        key
        for key, pairs in uses.items()
        if any(pair[0] != pairs[0][0] and pair[1] != pairs[0][1] for pair in pairs)
    }
