"""A sheet → Slack's blocks. Pure.

Slack refuses more than 50 blocks, 150 characters in a header, 3,000 in a section, 10 fields of
2,000. What others wrote is plain text there: no mention, link or style comes out of it.
"""

from collections.abc import Mapping

from monitor.deliver.render.fit import fit, fit_lines
from monitor.deliver.render.paper import Section, Sheet

HEADER = 150
TEXT = 3000
FIELDS = 10
FIELD = 2000
BLOCKS = 50
ELEMENTS = 10

Block = Mapping[str, object]


def slack(sheet: Sheet) -> Mapping[str, object]:
    """Write the sheet as a message for an incoming webhook."""
    lead = [sheet.lead, *([f"({sheet.title})"] if sheet.title else [])]
    blocks: list[Block] = [
        {"type": "header", "text": _plain(fit(sheet.subject, HEADER))},
        _text(fit_lines(lead, TEXT)),
        *_rows(sheet),
        *(_section(section) for section in sheet.sections),
        *_links(sheet),
    ]
    footer = [_plain(fit(line, FIELD)) for line in sheet.footer[:ELEMENTS]]
    foot: list[Block] = [{"type": "context", "elements": footer}] if footer else []
    return {
        "text": escaped(fit(sheet.lead, TEXT // 2)),  # what the notification shows
        "blocks": [*blocks[: BLOCKS - len(foot)], *foot],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def escaped(text: str) -> str:
    """Leave nothing that Slack reads as a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rows(sheet: Sheet) -> list[Block]:
    shown = [
        _plain(fit_lines(list(filter(None, (f"{row.label}:", row.value, row.note))), FIELD))
        for row in sheet.rows
    ]
    return [
        {"type": "section", "fields": shown[start : start + FIELDS]}
        for start in range(0, len(shown), FIELDS)
    ]


def _section(section: Section) -> Block:
    return _text(fit_lines([f"{section.title}:", *(f"• {item}" for item in section.items)], TEXT))


def _links(sheet: Sheet) -> list[Block]:
    links = [f"<{_address(address)}|{escaped(name)}>" for name, address in sheet.links]
    kept = [link for link in links if len(link) < TEXT // len(links)] if links else []
    text = {"type": "mrkdwn", "text": " · ".join(kept), "verbatim": True}
    return [{"type": "section", "text": text}] if kept else []


def _address(address: str) -> str:
    return escaped(address).replace("|", "%7C")


def _text(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text or "–", "emoji": False}
