"""What the YAML parser found wrong → what to tell a person. Pure."""

import re

WORDS = (
    (
        r"tab character|\btab\b",
        "a tab cannot indent a line; write spaces",
    ),
    (
        r"cannot start any token",
        "a text cannot begin with {char!r}; put it in quotes",
    ),
    (
        r"mapping values are not allowed",
        "this colon is out of place; put the text in quotes, or correct the indent",
    ),
    (r"expected ',' or '\]'", "the list that begins with [ is not closed, or lacks a comma"),
    (r"expected ',' or '\}'", "the group that begins with { is not closed, or lacks a comma"),
    (
        r"expected key",
        "this line is indented unlike the lines around it, or what is before it is not closed",
    ),
    (
        r"expected '-' indicator",
        "an item of this list must begin with a dash, indented like the others",
    ),
    (r"block (?:sequence|mapping) entries are not allowed", "begin this on a line of its own"),
    (r"could not find expected ':'", "a colon is missing after this key"),
    (r"unexpected end of stream|end of stream", "a quotation or a bracket is not closed"),
    (r"undefined alias", "this *name stands for nothing; write the value out, or quote it"),
    (r"duplicate anchor", "this &name is given twice; rename one"),
    (r"constructor for the tag '(?P<tag>[^']*)'", "the tag {tag} means nothing here; remove it"),
    (r"another document", "a second document begins here; keep one in a file"),
    (r"escape character", r"this escape means nothing in double quotes; use single quotes"),
    (r"control characters|not allowed|unacceptable", "a control character stands here; remove it"),
    (r"invalid|UTF-8", "a character here is damaged; write it again"),
)


def explain(problem: str, char: str = "") -> str:
    """Say what is wrong with the form of a file and what to do, in a person's words."""
    if "cannot start any token" in problem and char == "\t":
        problem = "tab"
    for pattern, said in WORDS:
        if match := re.search(pattern, problem):
            return said.replace("{char!r}", repr(char)).replace(
                "{tag}", match.groupdict().get("tag", "")
            )
    return "check quotes, colons, brackets and the indent here"
