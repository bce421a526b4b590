"""A site's stories → its feed, in the format the outlet likes. Pure."""

import json
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from html import escape

from monitor.demo.story import Site, Story

XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed(site: Site) -> tuple[str, str]:
    """Give the media type and the document of the site's feed."""
    media_type, write = KINDS[site.outlet.feed]
    return media_type, write(site)


def rss2(site: Site, item: Callable[[Site, Story], str] | None = None) -> str:
    """Write RSS 2.0: opaque guids, links with tracking, one-line summaries."""
    items = "".join((item or _rss2_item)(site, story) for story in site.stories)
    name, base = escape(site.outlet.name), escape(site.base)
    content = "http://purl.org/rss/1.0/modules/content/"
    return (
        f'{XML}<rss version="2.0" xmlns:content="{content}"><channel><title>{name}</title>'
        f"<link>{base}/</link><description>{name}</description><ttl>15</ttl>{items}</channel></rss>"
    )


def rss2_full(site: Site) -> str:
    """Write RSS 2.0 with the beginning of each story in content:encoded, as blogs do."""
    return rss2(site, _rss2_blog_item)


def rss1(site: Site) -> str:
    """Write RSS 1.0 in RDF, with Dublin Core dates."""
    name, base = escape(site.outlet.name), escape(site.base)
    listed = "".join(f'<rdf:li rdf:resource="{_link(site, s)}"/>' for s in site.stories)
    items = "".join(
        f'<item rdf:about="{_link(site, s)}"><title>{escape(s.title)}</title>'
        f"<link>{_link(site, s)}</link><description>{escape(s.dek)}</description>"
        f"<dc:creator>{escape(s.by)}</dc:creator>"
        f"<dc:date>{s.published_at.isoformat()}</dc:date></item>"
        for s in site.stories
    )
    return (
        f'{XML}<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<channel rdf:about="{base}/"><title>{name}</title><link>{base}/</link>'
        f"<description>{name}</description><items><rdf:Seq>{listed}</rdf:Seq></items></channel>"
        f"{items}</rdf:RDF>"
    )


def atom(site: Site) -> str:
    """Write Atom with HTML summaries of the first paragraph."""
    return _atom(site, lambda story: f"<p>{escape(story.paragraphs[0], quote=False)}</p>")


def atom_summary(site: Site) -> str:
    """Write Atom with the one-line summary only."""
    return _atom(site, lambda story: story.dek)


def json_feed(site: Site) -> str:
    """Write JSON Feed 1.1."""
    items = [
        {
            "id": f"urn:{site.outlet.domain}:{s.slug}",
            "url": site.url(s),
            "title": s.title,
            "summary": s.dek,
            "content_text": s.paragraphs[0],
            "date_published": s.published_at.isoformat(),
            "authors": [{"name": s.by}],
        }
        for s in site.stories
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": site.outlet.name}
    return json.dumps(head | {"home_page_url": site.base + "/", "items": items})


def news_sitemap(site: Site) -> str:
    """Write a Google-News sitemap: addresses, titles, dates, nothing else."""
    urls = "".join(
        f"<url><loc>{_link(site, s)}</loc><news:news><news:publication>"
        f"<news:name>{escape(site.outlet.name)}</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>{s.published_at.isoformat()}"
        f"</news:publication_date><news:title>{escape(s.title)}</news:title></news:news></url>"
        for s in site.stories
    )
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def _link(site: Site, story: Story) -> str:
    return escape(site.url(story) + site.outlet.tracking)


def _rss2_item(site: Site, story: Story, more: str = "") -> str:
    return (
        f"<item><title>{escape(story.title)}</title><link>{_link(site, story)}</link>"
        f'<guid isPermaLink="false">{site.outlet.id}-{escape(story.slug)}</guid>'
        f"<pubDate>{format_datetime(story.published_at)}</pubDate>"
        f"<category>{escape(story.section)}</category>"
        f"<description>{escape(story.dek)}</description>{more}</item>"
    )


def _rss2_blog_item(site: Site, story: Story) -> str:
    start = "".join(f"<p>{escape(text, quote=False)}</p>" for text in story.paragraphs[:2])
    return _rss2_item(site, story, f"<content:encoded><![CDATA[{start}]]></content:encoded>")


def _atom(site: Site, summary: Callable[[Story], str]) -> str:
    newest = max(story.published_at for story in site.stories).isoformat()
    entries = "".join(
        f"<entry><id>tag:{site.outlet.domain},2020:{escape(s.slug)}</id>"
        f'<title>{escape(s.title)}</title><link rel="alternate" href="{_link(site, s)}"/>'
        f"<published>{s.published_at.isoformat()}</published>"
        f"<updated>{s.published_at.isoformat()}</updated>"
        f"<author><name>{escape(s.by)}</name></author>"
        f'<summary type="html">{escape(summary(s))}</summary></entry>'
        for s in site.stories
    )
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:{site.outlet.domain},2020:all</id>'
        f"<title>{escape(site.outlet.name)}</title><updated>{newest}</updated>"
        f'<link rel="self" href="{escape(site.feed_url)}"/>{entries}</feed>'
    )


KINDS: Mapping[str, tuple[str, Callable[[Site], str]]] = {
    "rss2": ("application/rss+xml; charset=utf-8", rss2),
    "rss2_full": ("application/rss+xml; charset=utf-8", rss2_full),
    "rss1": ("application/rdf+xml; charset=utf-8", rss1),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "atom_summary": ("application/atom+xml; charset=utf-8", atom_summary),
    "json_feed": ("application/feed+json", json_feed),
    "news_sitemap": ("application/xml; charset=utf-8", news_sitemap),
}
