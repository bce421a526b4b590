"""Story → a full page, with everything around the text that news sites put there. Pure."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files
from itertools import cycle
from string import Template

from monitor.demo.story import Outlet, Site, Story

SECTIONS = ("News", "Politics", "Courts", "Business", "Sports", "Weather", "Opinion", "Video")
EVERY = 3  # paragraphs between two interruptions


def page(site: Site, story: Story) -> str:
    """Render the story's page in its outlet's own template."""
    template = files("monitor.demo").joinpath("templates", f"{site.outlet.id}.html")
    return Template(template.read_text("utf-8")).substitute(
        _words(site, story),
        body="\n".join(_body(site.outlet, story)),
        nav="".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS),
        related=related(site, story),
        json_ld=_json_ld(site, story),
        json_ld_full=_json_ld(site, story, articleBody="\n\n".join(story.paragraphs)),
    )


def front(site: Site) -> str:
    """Render the outlet's front page: a list of headlines."""
    name = escape(site.outlet.name)
    return f"<!doctype html><title>{name}</title><h1>{name}</h1><ul>{related(site, None)}</ul>"


def related(site: Site, story: Story | None) -> str:
    """Link the outlet's other stories, as list items."""
    return "".join(
        f'<li><a href="{escape(site.url(other))}">{escape(other.title)}</a></li>'
        for other in site.stories
        if other is not story
    )


def _words(site: Site, story: Story) -> Mapping[str, str]:
    plain = {
        "title": story.title,
        "dek": story.dek,
        "by": story.by,
        "section": story.section,
        "url": site.url(story),
        "outlet": site.outlet.name,
        "domain": site.outlet.domain,
        "published": story.published_at.isoformat(),
        "published_words": f"{story.published_at:%B %d, %Y, %H:%M} UTC",
    }
    return {name: escape(text) for name, text in plain.items()}


def _body(outlet: Outlet, story: Story) -> Iterator[str]:
    interruptions = cycle(outlet.between)
    for number, paragraph in enumerate(story.paragraphs):
        if outlet.between and number and number % EVERY == 0:
            yield next(interruptions)
        yield outlet.paragraph.format(escape(paragraph, quote=False))


def _json_ld(site: Site, story: Story, **more: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.dek,
        "datePublished": story.published_at.isoformat(),
        "author": [{"@type": "Person", "name": story.by}],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.outlet.name},
        "mainEntityOfPage": site.url(story),
        **more,
    }
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
