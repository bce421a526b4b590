"""How common a key is in news, from a small table and its length. Pure."""

from collections.abc import Collection
from functools import lru_cache

Key = str | tuple[str, str]
KeySets = tuple[frozenset[Key], ...]

# Shares of news articles of about 700 words that hold the word, in rough steps.
_STEPS = {
    0.9: """
        the to of and a in for on that is with at by as was from it an be he has have are but
        his not this they who said will after were been had their i we one about when more also
        out
    """,
    0.6: """
        or up which there new all would its what if can her she him them than two first into
        time year years over other last people some you so no our just while could now before
        only do how s my because where most told being did says during since made many any those
        then against may like back against police state u according news
    """,
    0.3: """
        us day days week month monday tuesday wednesday thursday friday saturday sunday three
        four five man men woman women county city court judge case law home family life work
        public president government former officials country part national three company
        business world through under between both get make take way even still very much well
        too here your me down off another around until several including department office
        american school long called old came found going know want says end high place since per
        percent million 1 2 3
    """,
    0.12: """
        prison attorney lawyer lawyers trial murder convicted charges charged evidence death
        justice prosecutors district federal investigation victim crime criminal jury arrested
        guilty killed shot officer officers authorities report university house team game market
        health money white black university hospital children mother father son daughter friends
        street road north south east west war party election vote minister international group
        released statement decision filed six seven eight nine ten hours night morning later
        james john michael david robert william smith johnson 4 5 6 7 8 9 10 2022 2023 2024 2025
    """,
}
_SHARE = {word: share for share, words in _STEPS.items() for word in words.split()}
_SIDE = {"url:https": 0.99, "url:http": 0.5, "url:www": 0.9, "url:com": 0.9, "url:news": 0.4}
_BY_LENGTH = (0.3, 0.3, 0.1, 0.05, 0.03, 0.02, 0.015, 0.01)
_PREFIX_BY_LENGTH = (1.0, 0.95, 0.9, 0.7, 0.35, 0.15, 0.08, 0.04)
_OUTLET = 0.03
_ENTITY = 0.02
_TOGETHER = 0.05


@lru_cache(maxsize=2**15)  # a beat has some ten thousand, each asked for ten times
def share(key: Key) -> float:
    """The guessed share of articles that hold this key."""
    if isinstance(key, tuple):
        return _TOGETHER * min(share(key[0]), share(key[1]))
    if key.startswith("entity:"):
        return _ENTITY
    if key.startswith(("outlet:", "url:")):
        return _SIDE.get(key, _OUTLET)
    if key.endswith("*"):
        return _PREFIX_BY_LENGTH[min(len(key) - 1, 7)]
    return _SHARE.get(key) or _BY_LENGTH[min(len(key), 7)]


def cost(keys: Collection[Key]) -> float:
    """How often at least one of the keys is there, at most."""
    return sum(map(share, keys))
