"""Feeds that do everything wrong, written for the tests: what is served, and what people see."""

import gzip

from tests.collect.documents import item, rss
from tests.world import Reply

MAX = 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
STORY = rss(item(1, title="Café reopens on the quay"))


def redirect(to: str) -> Reply:
    """Send the reader elsewhere."""
    return Reply(status=302, headers={"location": to})


def bomb() -> str:
    """A kilobyte that stands for a gigabyte."""
    names = "".join(
        f'<!ENTITY e{n} "{"".join(f"&e{n - 1};" for _ in range(10))}">' for n in range(1, 9)
    )
    head = f'<!DOCTYPE rss [<!ENTITY e0 "{"boom" * 10}">{names}]>'
    return f'<?xml version="1.0"?>{head}' + rss(item(1, title="&e8; Boom")).partition("?>")[2]


def outside(path: str) -> str:
    """A headline that is to be fetched from this host's own disk."""
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{path}">]>'
    return f'<?xml version="1.0"?>{head}' + rss(item(1, title="&x; Outside")).partition("?>")[2]


# name: what is served, the reason, what is said after the address
BAD: dict[str, tuple[Reply, str, str]] = {
    "a web page": (
        Reply(body=b"<!doctype html><html><title>The Quay Post</title></html>"),
        "html",
        "a web page, not a feed; `monitor feeds discover` with that page's address finds its feeds",
    ),
    "nothing": (
        Reply(),
        "empty",
        "an empty body; look at its address in a browser; it is tried again",
    ),
    "a list of feeds": (
        Reply(body=b'<opml version="2.0"><body/></opml>'),
        "opml",
        "a list of feeds, not a feed; `monitor feeds import` takes it",
    ),
    "a plain sitemap": (
        Reply(body=b"<urlset><url><loc>https://quay.example/</loc></url></urlset>"),
        "plain_sitemap",
        "a sitemap without news; look for a news sitemap in its robots.txt",
    ),
    "half a feed": (
        Reply(body=b'<?xml version="1.0"?>\n<rss version="2.0"><channel>\n<title>The Qu'),
        "unreadable",
        (
            "broken before its first entry: its XML breaks in line 3; tell the outlet; it is tried"
            " again"
        ),
    ),
    "half a JSON feed": (
        Reply(body=b'{"items": [\n{"id": "1", '),
        "json",
        "JSON that is damaged in line 2; tell the outlet; it is tried again",
    ),
    "JSON 100,000 deep": (
        Reply(body=b"[" * 100_000),
        "json",
        "JSON nested deeper than any feed; tell the outlet; it is tried again",
    ),
    "other JSON": (
        Reply(body=b'{"error": "no such channel"}'),
        "json",
        "JSON, but not a JSON Feed: it has no list of items; tell the outlet; it is tried again",
    ),
    "a tag without end": (
        Reply(body=b"<rss " + b"a" * 100_000 + b"></rss>"),
        "huge_tag",
        "a tag of more than 65,536 bytes; tell the outlet; it is tried again",
    ),
    "too long": (
        Reply(body=b" " * (MAX + 1)),
        "too_large",
        "more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body",
    ),
    "too long, as announced": (
        Reply(raw=HEAD + b"Content-Length: 99999999\r\n\r\n", hang=True),
        "too_large",
        "more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body",
    ),
    "a compression bomb": (
        Reply(body=gzip.compress(bytes(50_000_000)), headers={"content-encoding": "gzip"}),
        "too_large",
        "more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body",
    ),
    "a bomb without header": (
        Reply(body=gzip.compress(gzip.compress(bytes(50_000_000)))),
        "too_large",
        "more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body",
    ),
    "without end": (
        Reply(raw=HEAD + b"\r\n<rss><channel>", again=item(1).encode() * 99),
        "too_large",
        "more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body",
    ),
    "damaged compression": (
        Reply(body=gzip.compress(b"x")[:10] + b"\xff" * 99, headers={"content-encoding": "gzip"}),
        "bad_encoding",
        "the compressed body is damaged; tell the outlet; it is tried again",
    ),
    "compression cut off": (
        Reply(body=gzip.compress(STORY.encode())[:-9], headers={"content-encoding": "gzip"}),
        "bad_encoding",
        "the compressed body ended too early; tell the outlet; it is tried again",
    ),
    "compression nobody asked for": (
        Reply(body=b"\x8b\x01", headers={"content-encoding": "br"}),
        "bad_encoding",
        "Content-Encoding 'br' was not asked for; tell the outlet; it is tried again",
    ),
    "cut off": (
        Reply(raw=HEAD + b"Content-Length: 999\r\n\r\n<rss>"),
        "bad_answer",
        "the answer broke off before its end",
    ),
    "hung up": (Reply(raw=b""), "bad_answer", "the server hung up without an answer"),
    "reset": (
        Reply(raw=HEAD + b"Content-Length: 999\r\n\r\n", reset=True),
        "connection_lost",
        "the connection broke: the other side hung up",
    ),
    "another protocol": (
        Reply(raw=b"220 quay.example ESMTP\r\n\r\n"),
        "bad_answer",
        "what it sends is not HTTP; check the address and its port",
    ),
    "a drip": (
        Reply(raw=HEAD + b"\r\n" + b"<rss>" * 999, drip=True),
        "timeout",
        "no complete answer within 5 s; if it is always so slow, raise http.timeout",
    ),
    "a hang": (
        Reply(raw=HEAD, hang=True),
        "timeout",
        "no complete answer within 5 s; if it is always so slow, raise http.timeout",
    ),
    "a circle": (
        redirect("/a-circle"),
        "redirect_loop",
        "redirected in a circle or more than 5 times; look for the feed's new address",
    ),
    "a redirect to a file": (
        redirect("file:///etc/hostname"),
        "bad_redirect",
        "redirected to no address that can be fetched; look for the feed's new address",
    ),
    "a wall": (
        Reply(status=403),
        "http_403",
        (
            "the server forbids us to read it (HTTP 403); set http.contact, ask the outlet to let"
            " monitor in"
        ),
    ),
    "lost": (
        Reply(status=404),
        "http_404",
        "the server has no such page now (HTTP 404); look for the feed's new address",
    ),
    "a fault": (Reply(status=500), "http_500", "the server has a fault of its own (HTTP 500)"),
}

# name: what is served, the headline people see all the same
ODD: dict[str, tuple[Reply, str]] = {
    "an XML bomb": (Reply(body=bomb().encode()), "&e8; Boom"),
    "an outside entity": (Reply(body=outside("/etc/passwd").encode()), "Outside"),
    "Latin-1 that says UTF-8": (Reply(body=STORY.encode("latin-1")), "Café reopens on the quay"),
    "UTF-8 that says Latin-1": (
        Reply(body=STORY.encode(), headers={"content-type": "text/xml; charset=iso-8859-1"}),
        "Café reopens on the quay",
    ),
    "gzip without header": (Reply(body=gzip.compress(STORY.encode())), "Café reopens on the quay"),
    "a web page's type": (
        Reply(body=STORY.encode(), headers={"content-type": "text/html"}),
        "Café reopens on the quay",
    ),
    "a date in the future": (
        Reply(
            body=rss(item(1, title="Tomorrow", pubDate="Mon, 01 Jan 2199 00:00:00 GMT")).encode()
        ),
        "Tomorrow",
    ),
    "XML 100,000 deep": (
        Reply(body=rss(item(1, title="Deep", description="<a>" * 100_000)).encode()),
        "Deep",
    ),
    "NUL and half an emoji": (
        Reply(body=rss(item(1, title="Odd \x00 letters &#xD83D; here")).encode()),
        "Odd letters \ufffd here",
    ),
}
