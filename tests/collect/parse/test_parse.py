"""Feeds of every kind, whole: what is taken from them."""

import json

import pytest

from monitor.collect.parse import fingerprint
from monitor.records import Entry
from tests.collect.documents import item, rss
from tests.collect.parse.parsing import LINK, only, parse
from tests.world import START

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title>
<entry><id>tag:1</id><title type="html">Man &lt;em&gt;freed&lt;/em&gt;</title>
<link rel="alternate" href="/story/1"/><link rel="enclosure" href="/photo.jpg"/>
<author><name>A. Writer</name></author><author><name>B. Editor</name></author>
<published>2026-03-02T08:00:00Z</published><updated>2026-03-02T09:00:00Z</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;Long.&lt;/p&gt;</content></entry></feed>"""


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Paper</title></channel><item rdf:about="https://paper.example/story/1">
<title>Man freed</title><link>https://paper.example/story/1</link>
<dc:date>2026-03-02T08:00:00Z</dc:date><dc:creator>A. Writer</dc:creator></item></rdf:RDF>"""


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://paper.example/story/1</loc><news:news><news:publication><news:name>The Paper
</news:name></news:publication><news:publication_date>2026-03-02T08:00:00Z</news:publication_date>
<news:title>Man &amp;amp; wife freed</news:title></news:news></url>
<url><loc>https://paper.example/about</loc></url></urlset>"""


def test_rss_is_read_whole() -> None:
    parsed = parse(rss(item(1), head="<ttl>30</ttl>"))
    assert (parsed.title, parsed.kind) == ("The Paper", "rss")
    assert parsed.ttl is not None
    assert parsed.ttl.total_seconds() == 1800
    assert parsed.guid_trusted
    assert only(parsed) == Entry(
        guid="id-1",
        link=LINK,
        canonical_link=LINK,
        title="Story 1",
        summary="What happened in story 1.",
        published_at=START,
    )


def test_atom_is_read_whole() -> None:
    assert only(parse(ATOM)) == Entry(
        guid="tag:1",
        link=LINK,
        canonical_link=LINK,
        title="Man freed",
        summary="Short.",
        content="<p>Long.</p>",
        authors=("A. Writer", "B. Editor"),
        published_at=START,
    )


def test_rdf_is_read_whole() -> None:
    entry = only(parse(RDF))
    assert (entry.title, entry.link, entry.published_at) == ("Man freed", LINK, START)
    assert entry.authors == ("A. Writer",)
    assert parse(RDF).kind == "rdf"


def test_a_news_sitemap_is_read_and_other_pages_in_it_are_not() -> None:
    entry = only(parse(SITEMAP))
    assert (entry.title, entry.link, entry.published_at) == ("Man & wife freed", LINK, START)


def test_an_empty_news_sitemap_is_a_feed_without_entries() -> None:
    assert parse('<urlset xmlns="x" xmlns:news="y"></urlset>').entries == ()


def test_an_index_of_sitemaps_names_at_most_three_the_likeliest_first() -> None:
    names = [("pages", 9), ("old", 1), ("latest", 5), ("google-news", 0), ("video", 2)]
    children = "".join(
        f"<sitemap><loc>/{name}.xml</loc><lastmod>2026-03-0{day}</lastmod></sitemap>"
        for name, day in names
    )
    parsed = parse(f"<sitemapindex>{children}</sitemapindex>")
    site = "https://paper.example"
    assert parsed.more == (f"{site}/google-news.xml", f"{site}/pages.xml", f"{site}/latest.xml")


def test_json_feed_is_read_whole() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Paper",
        "items": [
            {
                "id": 1,
                "url": "/story/1",
                "title": "Man freed",
                "content_text": "a < b",
                "summary": "Short.",
                "authors": [{"name": "A. Writer"}],
                "date_published": "2026-03-02T08:00:00Z",
            }
        ],
    }
    assert only(parse("\ufeff" + json.dumps(document))) == Entry(
        guid="1",
        link=LINK,
        canonical_link=LINK,
        title="Man freed",
        summary="Short.",
        content="a &lt; b",
        authors=("A. Writer",),
        published_at=START,
    )


@pytest.mark.parametrize(
    "items",
    [[None, 1, "x", []], [{"id": None, "url": [], "authors": "x", "author": 3}], [{"title": {}}]],
)
def test_json_of_the_wrong_shape_does_no_harm(items: list[object]) -> None:
    assert {entry.link for entry in parse(json.dumps({"items": items})).entries} <= {""}


@pytest.mark.parametrize(
    ("served", "meant"),
    [
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("&lt;b&gt;Freed&lt;/b&gt; at last", "Freed at last"),
        ("&amp;lt;i&amp;gt;Freed&amp;lt;/i&amp;gt;", "Freed"),
        ("<![CDATA[<p>Freed</p>]]>", "Freed"),
        ("Freed\n   at\tlast", "Freed at last"),
        ("1 &lt; 2", "1 < 2"),
        ("The &lt;blank&gt; generation", "The <blank> generation"),
        ("It&#8217;s over", "It’s over"),
        ("Caf\u00e9", "Café"),
    ],
)
def test_a_title_is_one_line_of_plain_text(served: str, meant: str) -> None:
    assert only(parse(rss(item(1, title=served)))).title == meant


def test_half_a_surrogate_and_nul_cannot_reach_the_database() -> None:
    document = r'{"items":[{"id":"1","title":"a\ud83d b\u0000c","content_html":"\udc00"}]}'
    entry = only(parse(document))
    assert entry.title == "a\ufffd bc"
    entry.content.encode()


def test_a_link_is_http_or_nothing() -> None:
    entries = parse(
        rss(*(item(n, link=link) for n, link in enumerate(["javascript:x", "data:,x", "/story/1"])))
    ).entries
    assert [entry.link for entry in entries] == ["", "", LINK]


def test_feedburner_is_looked_behind() -> None:
    extra = {
        "link": "http://feeds.example/~r/paper/~3/x/",
        "feedburner:origLink": "https://paper.example/story/1?utm_source=x",
    }
    head = '<x xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"/>'
    document = rss(item(1, **extra), head=head).replace(
        "<rss ", '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    )
    entry = only(parse(document))
    assert (entry.link, entry.canonical_link) == (extra["link"], LINK)


def test_only_the_date_of_making_is_left_out_of_the_fingerprint() -> None:
    base = rss(item(1), head="<lastBuildDate>1</lastBuildDate>")
    assert fingerprint(base.encode()) == fingerprint(base.replace(">1<", ">2<").encode())
    assert fingerprint(base.encode()) == fingerprint((base + "<!-- 0.2 s -->").encode())
    assert fingerprint(base.encode()) != fingerprint(base.replace("Story 1", "Story 2").encode())
    later = base.replace("08:00:00", "09:00:00")
    assert fingerprint(base.encode()) != fingerprint(later.encode())
