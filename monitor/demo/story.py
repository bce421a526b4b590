"""Story files → stories, dated against a given moment, and the sites that publish them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

# {day} is the weekday of publication, {year-26} the year 26 years before it.
WORDS = re.compile(r"\{(day|year)(?:-(\d+))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet: what its feed and its pages look like."""

    id: str
    name: str
    domain: str
    feed: str
    feed_path: str
    article_path: str
    paragraph: str
    between: tuple[str, ...] = ()
    tracking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article; `case` names the case it reports, `trap` why it only looks like one."""

    slug: str
    outlet: str
    title: str
    dek: str
    by: str
    section: str
    published_at: datetime
    paragraphs: tuple[str, ...]
    case: str = ""
    trap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An outlet that is up at `base`, with its stories, newest first."""

    outlet: Outlet
    base: str
    stories: tuple[Story, ...]

    def path(self, story: Story) -> str:
        """Where this outlet puts the story, the way it likes its addresses."""
        return self.outlet.article_path.format(
            slug=story.slug, section=story.section.lower(), date=f"{story.published_at:%Y/%m/%d}"
        )

    def url(self, story: Story) -> str:
        """The canonical address of the story."""
        return self.base + self.path(story)

    @property
    def feed_url(self) -> str:
        """The address to poll."""
        return self.base + self.outlet.feed_path


def outlets() -> tuple[Outlet, ...]:
    """The outlets, in a fixed order."""
    listed = yaml.safe_load(_folder().joinpath("outlets.yaml").read_text("utf-8"))
    return tuple(
        Outlet(id=name, between=tuple(fields.pop("between")), **fields)
        for name, fields in listed.items()
    )


def stories(outlet: Outlet, now: datetime) -> tuple[Story, ...]:
    """What the outlet has published as of `now`, newest first."""
    told = [
        parse(
            file.read_text("utf-8"), slug=file.name.removesuffix(".md"), outlet=outlet.id, now=now
        )
        for file in _folder().joinpath(outlet.id).iterdir()
        if file.name.endswith(".md")
    ]
    return tuple(sorted(told, key=lambda story: story.published_at, reverse=True))


def parse(text: str, *, slug: str, outlet: str, now: datetime) -> Story:
    """Read a story: front matter between two `---` lines, then paragraphs."""
    _, front, body = text.split("---\n", 2)
    fields: Mapping[str, str] = yaml.safe_load(front)
    published = (now - timedelta(hours=float(fields["hours_ago"]))).replace(microsecond=0)
    dated = {
        name: _dated(str(value), published) for name, value in fields.items() if name != "hours_ago"
    }
    paragraphs = tuple(_dated(part.strip(), published) for part in body.split("\n\n"))
    return Story(slug=slug, outlet=outlet, published_at=published, paragraphs=paragraphs, **dated)


def _dated(text: str, published: datetime) -> str:
    def word(match: re.Match[str]) -> str:
        if match[1] == "day":
            return f"{published:%A}"
        return str(published.year - int(match[2] or 0))

    return WORDS.sub(word, text)


def _folder() -> Traversable:
    return files("monitor.demo").joinpath("stories")
