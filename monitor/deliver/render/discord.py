"""A sheet → Discord's embed. Pure.

Discord refuses a content over 2,000, a title over 256, a description over 4,096, more than 25
fields of 256 and 1,024, a footer over 2,048, and more than 6,000 characters in all.
"""

import re
from collections.abc import Mapping

from monitor.deliver.render.fit import fit, fit_lines, units
from monitor.deliver.render.paper import Sheet

CONTENT = 2000
TITLE = 256
DESCRIPTION = 2400  # of 4,096: the fields need room in the 6,000 too
FIELDS = 25
NAME = 256
VALUE = 1024
FOOTER = 600
ALL = 6000
MARKS = re.compile(r"([\\*_~`|>#\[\]()<:@-])")


def discord(sheet: Sheet) -> Mapping[str, object]:
    """Write the sheet as a message for a webhook; nobody is mentioned, whatever it says."""
    lead = [sheet.lead, *([f"({sheet.title})"] if sheet.title else [])]
    links = [f"[{name}]({_address(address)})" for name, address in sheet.links]
    words = fit_lines([marked(line, DESCRIPTION // 2) for line in lead], DESCRIPTION // 2)
    description = fit_lines([words, *links], DESCRIPTION)
    embed: dict[str, object] = {
        "title": fit(sheet.subject, TITLE),
        "description": description,
        "footer": {"text": fit_lines(list(sheet.footer), FOOTER)},
    }
    left = ALL - units(fit(sheet.subject, TITLE)) - units(description) - FOOTER
    embed["fields"] = _within(_fields(sheet), left)
    return {
        "content": marked(sheet.subject, CONTENT // 4),
        "embeds": [embed],
        "allowed_mentions": {"parse": []},
    }


def marked(text: str, limit: int) -> str:
    """Show text as it is: its own signs are no markup."""
    size = limit
    shown = MARKS.sub(r"\\\1", fit(text, size))
    while (over := units(shown) - limit) > 0:
        size -= max(over // 2, 1)
        shown = MARKS.sub(r"\\\1", fit(text, size))
    return shown


def _fields(sheet: Sheet) -> list[dict[str, object]]:
    rows = [
        (row.label, [row.value, *([row.note] if row.note else [])], len(row.value) < NAME // 4)
        for row in sheet.rows
    ]
    lists = [(part.title, [f"• {item}" for item in part.items], False) for part in sheet.sections]
    return [
        {
            "name": marked(name, NAME),
            "value": fit_lines([marked(line, VALUE) for line in lines], VALUE) or "–",
            "inline": inline,
        }
        for name, lines, inline in [*rows, *lists]
    ]


def _within(fields: list[dict[str, object]], left: int) -> list[dict[str, object]]:
    kept = []
    for field in fields[:FIELDS]:
        left -= units(str(field["name"])) + units(str(field["value"]))
        if left < 0:
            break
        kept.append(field)
    return kept


def _address(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")
