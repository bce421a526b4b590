"""Documents in odd encodings, damaged ones, and what is no feed at all."""

import gzip
from pathlib import Path

import pytest

from tests.collect.documents import item, rss
from tests.collect.parse.parsing import only, parse, refusal


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


def test_compressed_rubbish_is_no_feed() -> None:
    assert refusal(gzip.compress(b"x" * 100)) == "not_a_feed"


@pytest.mark.parametrize("reference", ["&#99999999999;", "&#xD800;", "&#x110000;", "&#0;"])
def test_a_reference_to_no_character_costs_nothing_else(reference: str) -> None:
    parsed = parse(rss(item(1, title=f"Man {reference} freed"), item(2)))
    assert [entry.guid for entry in parsed.entries] == ["id-1", "id-2"]
    assert parsed.entries[0].title.startswith("Man ")
