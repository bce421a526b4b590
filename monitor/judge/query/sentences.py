"""Text → paragraphs and sentences, as offsets. Pure, linear, knows the usual abbreviations."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_NEWLINE = re.compile(r"\n\s*")
# Possessive, and always matching: a run of a hundred thousand dots is read once.
_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u0964\u061f]++[\"'\u201d\u2019\u00bb\u300d\u300f)\]]*+"
)
_WIDE = "\u3002\uff01\uff1f"
_NEXT = re.compile(r"\s+[\"'\u201c\u2018\u00ab(\[]*(\w*)")
_BEFORE = re.compile(r"[\w.&'\u2019-]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST_ABBREVIATION = 24
_QUOTES = "\"'\u201d\u2019\u00bb"

# Stand before a name or a number: the sentence always goes on.
_BEFORE_NAMES = """
    mr mrs ms mx messrs dr prof gov lt sen rep reps sens sgt det gen col capt cpl pvt maj cmdr
    adm insp supt ofc rev hon fr sr. st ste mt ft pres amb atty dist asst assoc dep d.a v vs nos
    art sec secs pp vol fig cf al e.g i.e approx ca est
"""
# May also end a sentence: only a word that usually begins one says so.
_ANYWHERE = """
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
    jr sr inc co corp ltd llc bros etc dept univ ave blvd rd hwy ph.d esq a.m p.m ala ariz ark
    calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore
    pa penn tenn tex va vt wash wis wyo ont que
"""
_AT_THE_START = """
    the a an he she it they we i you his her its their our my this that these those there then
    but and so yet in on at by for from with after before when while if as since though although
    because during under until now both all some many most more no not nor one two three another
    prosecutors police investigators jurors lawyers attorneys officials authorities according
    what who why how where is was were are do did does has had have will would could
"""

_TITLES, _SHORT, _STARTERS = (
    frozenset(words.split()) for words in (_BEFORE_NAMES, _ANYWHERE, _AT_THE_START)
)


def paragraphs(text: str) -> list[Span]:
    """Offsets of the paragraphs: between blank lines, or between lines where none is blank."""
    gap = _BLANK if _BLANK.search(text.strip()) else _NEWLINE
    found, start = [], 0
    for match in gap.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trim(text, *span) for span in found) if span[0] < span[1]]


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Offsets of the sentences of one paragraph, without the white space around them."""
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends(text, match, start):
            yield _trim(text, start, match.end())
            start = match.end()
    last = _trim(text, start, end)
    if last[0] < last[1]:
        yield last


def _ends(text: str, match: re.Match[str], start: int) -> bool:
    """Whether the sentence stops at this mark, or it belongs to an abbreviation or a quotation."""
    mark, at = match[0], match.start()
    following = _NEXT.match(text, match.end())
    if mark[0] in _WIDE or following is None:
        return mark[0] in _WIDE
    word = following[1]
    if word and word[0].islower():
        return False
    if mark[0] != "." or mark[-1] in _QUOTES or mark.startswith(".."):
        return True
    near = text[max(start, at - _LONGEST_ABBREVIATION) : at]
    before = near.rpartition(" ")[2]
    if not before.isalpha():
        found = _BEFORE.search(near)
        before = found[0].lstrip("'\u2019") if found else ""
    return _stops(before, word)


def _stops(before: str, word: str) -> bool:
    """Whether a full stop after `before` and ahead of `word` ends a sentence."""
    short = before.lower()
    if short in _TITLES or (short == "no" and word[:1].isdigit()):
        return False
    if before == "I" or not (short in _SHORT or _INITIALS.fullmatch(before)):
        return True
    return word.lower() in _STARTERS


def _trim(text: str, start: int, end: int) -> Span:
    """The span without leading and trailing white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
