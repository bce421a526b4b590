"""A sheet → plain text. Pure."""

from monitor.deliver.render.facts import Row
from monitor.deliver.render.paper import Section, Sheet

INDENT = "    "


def plain(sheet: Sheet) -> str:
    """Write the sheet as text that reads well without any markup."""
    head = [sheet.lead, *([f"({sheet.title})"] if sheet.title else [])]
    blocks = [head, _table(sheet.rows), *(_section(section) for section in sheet.sections)]
    blocks.append([f"{name}: {address}" for name, address in sheet.links])
    blocks.append(["-- ", *sheet.footer])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _table(rows: tuple[Row, ...]) -> list[str]:
    width = max((len(row.label) for row in rows), default=0) + 2
    lines = []
    for row in rows:
        lines.append(f"{row.label + ':':<{width}}{row.value}")
        lines += [f"{INDENT}{row.note}"] if row.note else []
    return lines


def _section(section: Section) -> list[str]:
    return [f"{section.title}:", *(f"- {item}" for item in section.items)]
