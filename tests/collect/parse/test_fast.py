"""The quick reader agrees with feedparser, and leaves alone what is not in order."""

import pytest

from monitor.collect.parse import documents, fast, mend
from monitor.pool import Pool
from monitor.records import Fetched, ParsedFeed
from tests.collect.documents import item, rss

URL = "https://paper.example/feeds/news.xml"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ATOM = "http://www.w3.org/2005/Atom"
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
LINK = "<link>https://paper.example/1</link>"
GUID = "<guid>https://paper.example/g</guid>"


def fetched(body: str | bytes, content_type: str = "") -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    headers = {"content-type": content_type} if content_type else {}
    return Fetched(url=URL, status=200, body=raw, headers=headers)


def channel(inside: str, names: str = "") -> str:
    return f'<rss version="2.0" {names}><channel><title>P</title>{inside}</channel></rss>'


def atom(inside: str, names: str = "") -> str:
    return f'<feed xmlns="{ATOM}" {names}><title>P</title><entry>{inside}</entry></feed>'


def names_of(parsed: ParsedFeed) -> list[tuple[object, ...]]:
    return [(e.guid, e.link, e.canonical_link, e.title, e.published_at) for e in parsed.entries]


AGREED = {
    "rss": rss(item(1), item(2)),
    "guid is a link": channel(f"<item>{GUID}<title>A</title></item>"),
    "link before guid": channel(f"<item>{LINK}{GUID}<title>A</title></item>"),
    "guid before link": channel(f"<item>{GUID}{LINK}<title>A</title></item>"),
    "relative guid": channel(f"<item><guid>7</guid>{LINK}</item>"),
    "relative link": channel("<item><link>/story/1</link></item>"),
    "opaque guid": channel(f'<item><guid isPermaLink="false">7</guid>{LINK}</item>'),
    "upper case": channel("<item><TITLE>A</TITLE><GUID>x:1</GUID></item>"),
    "dublin core": channel(
        f"<item>{LINK}<dc:title>A</dc:title><dc:date>2026-03-02T08:00:00Z</dc:date>"
        "<dc:creator>W</dc:creator></item>",
        DC,
    ),
    "atom link in rss": channel(
        f'<item>{LINK}<a:link rel="self" href="https://paper.example/self"/></item>',
        f'xmlns:a="{ATOM}"',
    ),
    "escaped twice in link": channel(
        "<item><link>https://p.example/?a=1&amp;amp;b=2</link></item>"
    ),
    "cdata": channel(f"<item>{LINK}<title><![CDATA[A & <b>B</b>]]></title></item>"),
    "media title last": channel(
        f"<item>{LINK}<title>A</title><media:content><media:title>B</media:title></media:content>"
        "</item>",
        MEDIA,
    ),
    "utf-8 twice": channel(f"<item>{LINK}<title>Caf\u00c3\u00a9</title></item>"),
    "unusual namespace": channel(
        f"<item>{LINK}<title>A</title></item>", 'xmlns="http://x.example/"'
    ),
    "foreign items": channel(
        f"<item>{LINK}<x:guid>no</x:guid><x:item/></item>", 'xmlns:x="http://x.example/"'
    ),
    "atom": atom('<id>tag:1</id><title>A</title><link href="/1"/><updated>2026-03-02</updated>'),
    "atom, several links": atom(
        '<id>urn:1</id><link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="/1"/>'
        '<link rel="replies" href="/c"/><link rel="alternate" type="application/json" href="/j"/>'
    ),
    "atom with base": atom('<id>tag:1</id><link href="1"/>', 'xml:base="https://b.example/x/"'),
    "atom with base on a link": atom(
        '<id>tag:1</id><link xml:base="https://c.example/y/" href="1"/>'
    ),
    "atom, no link": atom("<id>https://paper.example/id</id><title>A</title>"),
    "atom, published": atom(
        "<id>x</id><updated>2026-03-03T00:00:00Z</updated><published>2026-03-02</published>"
    ),
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://purl.org/rss/1.0/"><channel/><item rdf:about="https://paper.example/1">'
    f"<title>A</title>{LINK}</item></rdf:RDF>",
    "items beside the channel": f'<rss version="0.9"><channel/><item>{LINK}</item></rss>',
    "an empty item": channel("<item/>"),
    "no items": channel(""),
    "blank lines first": "\n\n" + rss(item(1)),
    "bare ampersands": rss(item(1, title="A & B", link="https://p.example/?a=1&b=2")),
    "names of HTML": rss(
        item(1, title="A&nbsp;B &eacute;t&eacute; &lt;b&gt; &nosuchname; &mdash;")
    ),
    "control characters": rss(item(1, title="A\x0bB")),
    "ampersand in cdata": rss(item(1, title="A & <![CDATA[B & C &amp; &nbsp;]]> & D")),
}


@pytest.mark.parametrize("name", AGREED)
def test_the_quick_reader_agrees_with_feedparser(name: str) -> None:
    document = fetched(AGREED[name])
    quick, slow = fast.read(document), documents.read(document)
    assert quick is not None
    assert names_of(quick) == names_of(slow)
    assert (quick.title, quick.ttl) == (slow.title, slow.ttl)
    assert [e.authors for e in quick.entries] == [e.authors for e in slow.entries]


def test_all_the_words_of_an_entry_are_kept() -> None:
    words = (
        "<media:description>caption</media:description><description>lead</description>"
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "&lt;p&gt;body&lt;/p&gt;</content:encoded>"
    )
    document = fetched(channel(f"<item>{LINK}{words}</item>", MEDIA))
    for reader in (fast, documents):
        parsed = reader.read(document)
        assert parsed is not None
        (entry,) = parsed.entries
        for word in ("caption", "lead", "body"):
            assert word in entry.summary + entry.content


def test_an_atom_link_without_address_does_not_hide_the_real_one() -> None:
    document = fetched(atom('<id>x</id><link href="https://paper.example/1"/><link/>'))
    parsed = fast.read(document)
    assert parsed is not None
    assert parsed.entries[0].link == "https://paper.example/1"


@pytest.mark.parametrize(
    "document",
    [
        fetched(rss(item(1)).replace("</rss>", "")),
        fetched(rss(item(1)).replace("?>", "?><!DOCTYPE rss []>", 1)),
        fetched(rss(item(1)).encode("utf-16")),
        fetched(rss(item(1)).replace("utf-8", "iso-8859-1")),
        fetched(rss(item(1)), "text/xml; charset=iso-8859-1"),
        fetched(rss(item(1, title="a & b \xe9")).encode("latin-1")),
        fetched(rss(item(1), head="<media:x/>")),
        fetched(channel("<ITEM><TITLE>A</TITLE></ITEM>")),
        fetched("<html/>"),
        fetched("<opml/>"),
        fetched(""),
        fetched('<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>'),
        fetched("<rss>" * 5_000),
    ],
    ids=lambda document: document.body[:30],
)
def test_what_is_not_in_order_is_left_to_feedparser(document: Fetched) -> None:
    assert fast.read(document) is None


def test_a_reference_to_no_character_is_mended() -> None:
    parsed = fast.read(fetched(rss(item(1, title="A &#0; &#xD800; &#11; &#x41; B"))))
    assert parsed is not None
    assert parsed.entries[0].title == "A \ufffd \ufffd \ufffd A B"


@pytest.mark.anyio
@pytest.mark.parametrize("body", [b"<![CDATA[" * 300_000, b"]]>" * 300_000, b"&" * 1_000_000])
async def test_a_hostile_body_can_be_mended(body: bytes, pool: Pool) -> None:
    assert await pool.run(mend.mended, body)
