"""Documents of every kind, whole, damaged and hostile."""

import contextlib
import gzip
import json
import pickle
from pathlib import Path

import pytest

from monitor.collect.parse import fingerprint, parse_feed
from monitor.errors import NotAFeed
from monitor.pool import Pool
from monitor.records import Entry, Fetched, ParsedFeed
from tests.collect.documents import item, rss
from tests.world import START

URL = "https://paper.example/feeds/news.xml"
LINK = "https://paper.example/story/1"


def parse(body: str | bytes, **headers: str) -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse_feed(Fetched(url=URL, status=200, body=raw, headers=named))


def refusal(body: str | bytes) -> str:
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert URL in str(caught.value)
    return pickle.loads(pickle.dumps(caught.value)).reason  # noqa: S301  as the pool does


def only(parsed: ParsedFeed) -> Entry:
    (entry,) = parsed.entries
    return entry


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


# ------------------------------------------------------------------- words


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


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "", "text/xml"),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16", ""),
        ("iso-8859-1", "iso-8859-1", "application/rss+xml"),
        ("windows-1252", "windows-1252", ""),
        ("iso-8859-1", "", "text/xml; charset=iso-8859-1"),
        ("utf-8", "utf-8", "text/html"),
        ("utf-8", "utf-8", "application/octet-stream"),
    ],
)
def test_a_headline_survives_every_honest_encoding(
    encoding: str, declared: str, content_type: str
) -> None:
    document = rss(item(1, title="Café"))
    start = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    body = (start + document.partition("?>")[2]).encode(encoding)
    headers = {"content_type": content_type} if content_type else {}
    assert only(parse(body, **headers)).title == "Café"


# ----------------------------------------------------------------- damaged


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "\n\n" + text,
        lambda text: text.replace("Story 1", "Story 1 & more"),
        lambda text: text.replace("Story 1", "Story 1 &nbsp; more"),
        lambda text: text.replace("</channel></rss>", ""),
        lambda text: text.replace("Story 1", "Story \x0c1"),
        lambda text: text.replace("<title>Story 2", "<media:title/><title>Story 2"),
        lambda text: text + "<script>alert(1)</script>",
        lambda text: text.replace("?>", "?><!DOCTYPE rss [<!ENTITY a 'b'>]>", 1),
    ],
    ids=["blank", "amp", "nbsp", "cut", "control", "prefix", "trailing", "doctype"],
)
def test_damaged_xml_keeps_its_entries(damage) -> None:
    parsed = parse(damage(rss(item(1), item(2))))
    assert [entry.guid for entry in parsed.entries] == ["id-1", "id-2"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\x00 ", "empty"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", "html"),
        ("<!-- x --><html><head><title>Just a moment</title></head></html>", "html"),
        ("<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>", "opml"),
        ("{", "json"),
        ('{"error": "not found"}', "json"),
        ("[1, 2]", "json"),
        ("[" * 100_000, "json"),
        ('{"items":' * 100_000, "json"),
        ("<urlset><url><loc>https://paper.example/about</loc></url></urlset>", "plain_sitemap"),
        ("/etc/passwd", "not_a_feed"),
        ("Access denied.", "not_a_feed"),
        ("<a><b/></a>", "not_a_feed"),
        (bytes(range(256)) * 10, "not_a_feed"),
        ("<rss><channel><item a='" + "x" * 70_000 + "'/></channel></rss>", "huge_tag"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(body: str | bytes, reason: str) -> None:
    assert refusal(body) == reason


def test_a_body_that_is_a_path_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(rss(item(1)))
    assert refusal(str(secret)) == "not_a_feed"
    assert refusal(f"file://{secret}") == "not_a_feed"


# ----------------------------------------------------------------- hostile


def bomb() -> str:
    levels = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "boom">' for n in range(10)
    )
    return f"<!DOCTYPE rss [{levels}]>" + rss(item(1, title="&e9;")).partition("?>")[2]


def outside(secret: str) -> str:
    start = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret}">]>'
    return start + rss(item(1, title="a &x; b")).partition("?>")[2]


HOSTILE = {
    "entity-bomb": bomb(),
    "entity-bomb-in-sitemap": bomb().replace("<rss", "<urlset").replace("</rss", "</urlset"),
    "deep": "<rss><channel>" + "<item>" * 20_000,
    "deep-sitemap": "<urlset>" + "<url>" * 20_000,
    "unclosed-tags": "<rss><channel><item><title>" + "<div " * 100_000,
    "ampersands": rss(item(1, title="&" * 200_000)),
    "less-than": rss(item(1, description="<" * 200_000)),
    "comments": rss(item(1), head="<!--" * 100_000),
    "cdata": rss(item(1), head="<![CDATA[" * 50_000),
    "attributes": "<rss><channel><item " + 'a="" ' * 12_000 + "/></channel></rss>",
    "many-items": rss(*(f"<item><guid>{n}</guid></item>" for n in range(20_000))),
    "long-title": rss(item(1, title="x" * 3_000_000)),
    "escaped-html": rss(item(1, description="&lt;div&gt;" * 100_000)),
    "doctypes": "<!DOCTYPE x " * 50_000,
    "instructions": "<?x " * 50_000,
    "spaces": " " * 3_000_000,
    "months": rss(item(1, pubDate="Nov " * 50_000)),
    "utf-7": "+ADw-rss+AD4-",
    "wrong-declaration": '<?xml version="1.0" encoding="utf-7"?><rss/>',
    "no-such-encoding": '<?xml version="1.0" encoding="klingon"?>' + rss(item(1))[38:],
    "number-overflow": rss(item(1, title="&#99999999999;&#xFFFFFFFF;&#0;")),
}


@pytest.mark.anyio
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_survived_within_the_limits_of_a_worker(
    name: str, pool: Pool
) -> None:
    fetched = Fetched(url=URL, status=200, body=HOSTILE[name].encode())
    with contextlib.suppress(NotAFeed):
        for entry in (await pool.run(parse_feed, fetched)).entries:
            assert len(entry.title) <= 1_000


@pytest.mark.parametrize("reference", ["&#99999999999;", "&#xD800;", "&#x110000;", "&#0;"])
def test_a_reference_to_no_character_costs_nothing_else(reference: str) -> None:
    parsed = parse(rss(item(1, title=f"Man {reference} freed"), item(2)))
    assert [entry.guid for entry in parsed.entries] == ["id-1", "id-2"]
    assert parsed.entries[0].title.startswith("Man ")


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_an_outside_entity_is_not_read(tmp_path: Path, prefix: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    for body in (outside(f"{prefix}{secret}"), outside(str(secret)).replace("rss", "urlset")):
        with contextlib.suppress(NotAFeed):
            assert "hunter2" not in str(parse(body))


def test_compressed_rubbish_is_no_feed() -> None:
    assert refusal(gzip.compress(b"x" * 100)) == "not_a_feed"


# ------------------------------------------------------------------- trust


def test_a_guid_on_unlike_stories_is_ignored() -> None:
    parsed = parse(rss(item(1, guid="same"), item(2, guid="same"), *map(item, range(3, 50))))
    assert [entry.guid for entry in parsed.entries[:3]] == ["", "", "id-3"]
    assert parsed.guid_trusted


def test_a_feed_of_clashing_guids_is_not_trusted() -> None:
    assert not parse(rss(item(1, guid="same"), item(2, guid="same"), item(3))).guid_trusted


def test_one_story_listed_twice_is_no_clash() -> None:
    parsed = parse(rss(item(1), item(1, title="Other headline")))
    assert [entry.guid for entry in parsed.entries] == ["id-1", "id-1"]
    assert parsed.guid_trusted


def test_a_link_on_unlike_stories_tells_nothing_but_is_kept_for_reading() -> None:
    home = "https://paper.example/"
    parsed = parse(rss(item(1, link=home), item(2, link=home)))
    assert [(entry.link, entry.canonical_link) for entry in parsed.entries] == [(home, "")] * 2


def test_guids_of_an_aggregator_name_clusters() -> None:
    fetched = Fetched(url="https://news.google.com/rss", status=200, body=rss(item(1)).encode())
    assert not parse_feed(fetched).guid_trusted


# -------------------------------------------------------------- fingerprint


def test_only_the_date_of_making_is_left_out_of_the_fingerprint() -> None:
    base = rss(item(1), head="<lastBuildDate>1</lastBuildDate>")
    assert fingerprint(base.encode()) == fingerprint(base.replace(">1<", ">2<").encode())
    assert fingerprint(base.encode()) == fingerprint((base + "<!-- 0.2 s -->").encode())
    assert fingerprint(base.encode()) != fingerprint(base.replace("Story 1", "Story 2").encode())
    later = base.replace("08:00:00", "09:00:00")
    assert fingerprint(base.encode()) != fingerprint(later.encode())


@pytest.mark.anyio
@pytest.mark.parametrize("body", ["<!--" * 500_000, "<pubDate>" * 500_000, ""])
async def test_a_fingerprint_can_be_taken_whatever_the_body(body: str, pool: Pool) -> None:
    assert await pool.run(fingerprint, body.encode())
