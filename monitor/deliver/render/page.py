"""A sheet → HTML with inline style, readable in the dark. Pure."""

from html import escape

from monitor.deliver.render.facts import Row
from monitor.deliver.render.paper import Section, Sheet

# No colours for text or ground: the mail program's own are right by day and by night.
BODY = "margin:0 auto;padding:16px;max-width:640px;font:16px/1.5 system-ui,sans-serif"
LEAD = "font-size:18px;margin:0 0 8px"
LABEL = "padding:2px 12px 2px 0;text-align:left;vertical-align:top;white-space:nowrap"
NOTE = "opacity:.75;font-size:14px"
FOOT = "margin-top:24px;border-top:1px solid #888;padding-top:8px;opacity:.75;font-size:13px"


def page(sheet: Sheet) -> str:
    """Write the sheet as a page with exactly the words of the plain text."""
    parts = [
        f'<p dir="auto" style="{LEAD}"><strong>{escape(sheet.lead)}</strong></p>',
        f'<p dir="auto">({escape(sheet.title)})</p>' if sheet.title else "",
        _table(sheet.rows),
        *(_section(section) for section in sheet.sections),
        *(_link(name, address) for name, address in sheet.links),
        f'<p style="{FOOT}">{"<br>".join(escape(line) for line in sheet.footer)}</p>',
    ]
    inner = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(sheet.subject)}</title></head>\n"
        f'<body style="{BODY}">\n{inner}\n</body></html>\n'
    )


def _table(rows: tuple[Row, ...]) -> str:
    lines = "\n".join(_row(row) for row in rows)
    return f'<table style="border-collapse:collapse">\n{lines}\n</table>' if lines else ""


def _row(row: Row) -> str:
    note = f'<br><span style="{NOTE}">{escape(row.note)}</span>' if row.note else ""
    head = f'<th scope="row" style="{LABEL}">{escape(row.label)}:</th>'
    return f'<tr>{head}<td dir="auto">{escape(row.value)}{note}</td></tr>'


def _section(section: Section) -> str:
    items = "".join(f'<li dir="auto">{escape(item)}</li>' for item in section.items)
    return f'<p style="margin-bottom:0">{escape(section.title)}:</p>\n<ul>{items}</ul>'


def _link(name: str, address: str) -> str:
    return f'<p>{escape(name)}: <a href="{escape(address)}">{escape(address)}</a></p>'
