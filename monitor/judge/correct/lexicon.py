"""A word or a run of words → what it says that a case depends on: numbers, days, acts. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen"""
TO_NINETY = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(TO_NINETEEN.split())}
TENS = {word: 10 * value for value, word in enumerate(TO_NINETY.split(), 2)}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_MONTHS = """january february march april may june july august september october november
    december"""
MONTHS = tuple(_MONTHS.split())
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = 3
DIGITS = re.compile(r"(\d[\d,.:]*)(?:st|nd|rd|th|s)?$")
_NO = "not never nor neither without no denied denies declined declines refused refuses failed"
NEGATIONS = frozenset(_NO.split())

_CLASSES: Mapping[str, Mapping[str, str]] = {
    "stage": {
        "undone": """vacate vacated vacates vacating overturn overturned overturns quash quashed
            toss tossed tosses threw throws annulled voided erased exonerate exonerated exonerates
            clear cleared clears innocent freed released grant granted grants nullified aside""",
        "dismissed": "dismiss dismissed dismisses dismissing drop dropped drops",
        "acquitted": "acquit acquitted acquits acquittal",
        "pardoned": "pardon pardoned pardons",
        "upheld": """uphold upheld upholds affirm affirmed affirms reinstate reinstated reject
            rejected rejects deny denied denies refuse refused refuses guilty convict convicts
            declined declines stands remains remained""",
        "again": """retry retried retrial appeal appealed rearrested recharged reindicted
            resentenced postponed delayed adjourned""",
    },
    "crime": {
        "murder": "murder murders murdering killing killings slaying homicide murdered",
        "manslaughter": "manslaughter",
        "rape": "rape rapes raping raped sexual molesting molestation",
        "robbery": "robbery robberies holdup robbing robbed heist stickup",
        "arson": "arson arsons fire-setting",
        "burglary": "burglary burglaries break-in burgling",
        "theft": "theft thefts larceny stealing embezzlement",
        "fraud": "fraud swindle swindling",
        "drugs": "drug drugs cocaine heroin marijuana narcotics",
        "assault": "assault assaults battery",
        "kidnapping": "kidnapping abduction",
    },
    "person": {
        "man": "man men",
        "woman": "woman women",
    },
}
CLASSES = {
    kind: {word: name for name, words in classes.items() for word in words.split()}
    for kind, classes in _CLASSES.items()
}


def plain(word: str) -> str:
    """A word in comparable form: lower case, without its owner's `'s` and its closing dot."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'").rstrip(".")


def numbers(words: Sequence[str]) -> list[str]:
    """The numbers of a run of words, each in one form however it is written."""
    found: list[str] = []
    tens: int | None = None
    for word in map(plain, words):
        for part in word.split("-"):
            value = _value(part)
            if tens is not None and value is not None and value.isdigit() and int(value) < 10:  # noqa: PLR2004
                found[-1] = str(tens + int(value))
                tens = None
                continue
            tens = TENS.get(part)
            if value is not None:
                found.append(value)
    return found


def _value(word: str) -> str | None:
    for known in (NUMBERS, TENS, ORDINALS):
        if word in known:
            return str(known[word])
    match = DIGITS.match(word)
    return match.group(1).replace(",", "").rstrip(".:") if match else None


def weekdays(words: Iterable[str]) -> list[str]:
    """The days of the week in a run of words, abbreviated or not."""
    return [day for word in words if (day := _known(word, WEEKDAYS))]


def months(words: Iterable[str]) -> list[str]:
    """The months in a run of words, abbreviated or not."""
    return [month for word in words if (month := _known(word, MONTHS))]


def days(words: Sequence[str]) -> list[str]:
    """Days and months alike."""
    return [*weekdays(words), *months(words)]


def _known(word: str, names: Iterable[str]) -> str:
    key = plain(word)
    if len(key) < SHORT or not word[:1].isupper():
        return ""
    return next((name for name in names if name.startswith(key)), "")


def disagree(kind: str, one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether two runs say different things of a kind; `cleared` may mean `acquitted`."""
    if not one or not other or one & other:
        return False
    endings = {"dismissed", "acquitted", "pardoned"}
    both = one | other
    return kind != "stage" or not ("undone" in both and both <= endings | {"undone"})


def classes(kind: str, words: Iterable[str]) -> frozenset[str]:
    """What the words of a run say of a kind: the acts of courts, the crimes, man or woman."""
    known = CLASSES[kind]
    return frozenset(known[word] for word in map(plain, words) if word in known)


def negations(words: Iterable[str]) -> int:
    """How often a run of words says no."""
    return sum(plain(word) in NEGATIONS for word in words)
