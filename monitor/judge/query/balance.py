"""Query text → the same with every bracket and quotation closed, and what had to be mended. Pure.

What is mended keeps its length, so that all other mistakes are told at their own place.
"""

import re

from monitor.judge.query.tree import MAX_DEPTH, MAX_LENGTH, QueryError

_MARKS = re.compile(r'"[^"]*("|$)|#[^\n]*|[()]')
_MOST = 100
_PLACEHOLDER = "x"


def balanced(text: str) -> tuple[str, list[QueryError]]:
    """Give the text with straight quotation marks; QueryError where it is past every limit."""
    if len(text) > MAX_LENGTH:
        problem = f"the query has {len(text):,} characters; the most is {MAX_LENGTH:,}: split it"
        raise QueryError(problem, text=text[:MAX_LENGTH])
    sound = re.sub("[\u201c\u201d\u201e]", '"', text)
    marks = list(_MARKS.finditer(sound))
    cut = next((m.start() for m in marks if m[0][0] == '"' and not m[1]), len(sound))
    opened, stray = _brackets(text, marks)
    mistakes = [QueryError("this bracket closes nothing", text=text, place=at) for at in stray]
    if cut < len(sound):
        mistakes.append(QueryError("this quotation is not closed", text=text, place=cut))
    else:  # what closes a bracket may be in a quotation that is not closed
        mistakes += [QueryError("this bracket is not closed", text=text, place=at) for at in opened]
    return _mended(sound, {*stray, *opened}, cut), mistakes[:_MOST]


def _brackets(text: str, marks: list[re.Match[str]]) -> tuple[list[int], list[int]]:
    """Where brackets stand that are not closed, and those that close nothing."""
    opened: list[int] = []
    stray: list[int] = []
    for mark in marks:
        if mark[0] == "(":
            opened.append(mark.start())
        elif mark[0] == ")" and opened:
            opened.pop()
        elif mark[0] == ")":
            stray.append(mark.start())
        if len(opened) > MAX_DEPTH:
            problem = f"brackets nest deeper than {MAX_DEPTH}: use a named list"
            raise QueryError(problem, text=text, place=mark.start())
    return opened, stray


def _mended(sound: str, blank: set[int], cut: int) -> str:
    """Blanks for brackets, and one word for the quotation that is not closed."""
    sound = "".join(" " if at in blank else char for at, char in enumerate(sound))
    if cut == len(sound):
        return sound
    glued = sound[cut - 1 : cut].strip(" (:\t\n\r")
    return sound[:cut] + (" " if glued else _PLACEHOLDER) + " " * (len(sound) - cut - 1)
