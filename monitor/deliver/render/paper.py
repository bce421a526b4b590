"""What a message says, in the order it says it; every form of it is a print of this."""

from dataclasses import dataclass

from monitor.deliver.render.facts import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled list."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a message says; text and HTML are two prints of it."""

    subject: str
    lead: str
    title: str = ""
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
