"""A sheet → an Adaptive Card for Microsoft Teams. Pure.

Teams refuses messages over 28 KB, and some of its ways less; the card stays under 20. What others
wrote stands in text runs, which know no markup.
"""

import json
from collections.abc import Mapping

from monitor.deliver.render.fit import fit
from monitor.deliver.render.paper import Sheet

MOST_BYTES = 20_000
LINE = 1500
ACTIONS = 6
LINK = 2000
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"

Block = Mapping[str, object]


def teams(sheet: Sheet) -> Mapping[str, object]:
    """Write the sheet as a message for a Workflows or an incoming webhook."""
    head = [_line(sheet.subject, weight="Bolder", size="Large"), _line(sheet.lead)]
    head += [_line(f"({sheet.title})", subtle=True)] if sheet.title else []
    foot = [_line(line, subtle=True, size="Small") for line in sheet.footer]
    middle = [*_rows(sheet), *_sections(sheet)]
    while (size := _size(card := _card(sheet, [*head, *middle, *foot]))) > MOST_BYTES and middle:
        over = (size - MOST_BYTES) * len(middle) // size
        middle = [*middle[: len(middle) - over - 2], _line("…")] if len(middle) > 1 else []
    return card


def _card(sheet: Sheet, body: list[Block]) -> Mapping[str, object]:
    links = [(name, address) for name, address in sheet.links if len(address) <= LINK]
    content = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "fallbackText": fit(sheet.lead, LINE),
        "body": body,
        "actions": [
            {"type": "Action.OpenUrl", "title": name, "url": address}
            for name, address in links[:ACTIONS]
        ],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "contentUrl": None, "content": content}
    return {"type": "message", "summary": fit(sheet.subject, LINE), "attachments": [attachment]}


def _rows(sheet: Sheet) -> list[Block]:
    return [
        _runs(
            _run(f"{row.label}: ", weight="Bolder"),
            _run(row.value),
            *([_run(f" {row.note}", subtle=True)] if row.note else []),
        )
        for row in sheet.rows
    ]


def _sections(sheet: Sheet) -> list[Block]:
    return [
        block
        for section in sheet.sections
        for block in (
            _line(f"{section.title}:", weight="Bolder"),
            *(_line(f"• {item}") for item in section.items),
        )
    ]


def _line(text: str, *, weight: str = "Default", size: str = "", subtle: bool = False) -> Block:
    return _runs(_run(text, weight=weight, size=size, subtle=subtle))


def _runs(*runs: Block) -> Block:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, *, weight: str = "Default", size: str = "", subtle: bool = False) -> Block:
    # A run keeps no space at its ends unless it is written so.
    tail = " " if text.endswith(" ") else ""
    lead = " " if text.startswith(" ") else ""
    shown = f"{lead}{fit(text, LINE)}{tail}"
    how: dict[str, object] = {"weight": weight, "size": size or "Default", "isSubtle": subtle}
    return {"type": "TextRun", "text": shown, **how}


def _size(card: Mapping[str, object]) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode("utf-8", "replace"))
