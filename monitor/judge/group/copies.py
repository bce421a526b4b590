"""Text → the hashes of its 5-word shingles; two texts → how much of one is in the other. Pure.

Containment finds shortened and localised wire copies that MinHash misses.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

SHINGLE = 5


def shingles(words: Sequence[str], size: int = SHINGLE) -> frozenset[int]:
    """The CRC32 of every run of words of this length."""
    grams = (" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
    return frozenset(zlib.crc32(gram.encode()) for gram in grams)


def contained(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """The share of the smaller set that is in the other, 0 where one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def boilerplate(cases: Iterable[Iterable[AbstractSet[int]]], most: int) -> frozenset[int]:
    """Shingles that stand in more than `most` different cases: no copy, but a page's furniture."""
    seen = Counter(shingle for tellings in cases for shingle in frozenset[int]().union(*tellings))
    return frozenset(shingle for shingle, n in seen.items() if n > most)
