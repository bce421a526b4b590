"""Pages that do everything wrong, written for the tests: what is served, and what people see."""

import gzip
from collections.abc import Callable

from tests.cli.desk import OTHER, PLAIN, page
from tests.trouble.feeds import HEAD, MAX, redirect
from tests.world import Reply

HTML = {"content-type": "text/html; charset=utf-8"}
TYPED = HEAD.replace(b"application/rss+xml", b"text/html")
LONG = "{url}: more than 1,048,576 bytes; if it is meant to be so long, raise http.max_body"


def html(body: bytes | str, **headers: str) -> Reply:
    """A page as a web server sends it."""
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body=raw, headers=HTML | named)


SLOW = "{url}: no complete answer within 5 s; if it is always so slow, raise http.timeout"
ONLY = "only what its feed says of it is judged"
ACCESS = "ask the outlet to let monitor in, with http.contact set"
INSIDE = "is not on the public internet; if you mean it, add its network to http.allow_networks"

# name: what is served, the fate, why
BAD: dict[str, tuple[Reply, str, str]] = {
    "nothing": (html(b""), "retrying", "{url}: the page is empty"),
    "no text": (
        html(b"<html><body></body></html>"),
        "retrying",
        "{url}: no article text found on the page",
    ),
    "100,000 deep": (
        html(b"<div>" * 100_000 + b"deep"),
        "retrying",
        "{url}: the page has too many tags to be read",
    ),
    "30,000 deep": (
        html(b"<div>" * 30_000 + b"deep"),
        "retrying",
        "{url}: the page is nested too deeply to be read",
    ),
    "a PDF": (
        Reply(body=b"%PDF-1.7", headers={"content-type": "application/pdf"}),
        "headline_only",
        f"{{url}}: not a page but application/pdf; {ONLY}",
    ),
    "a picture that says HTML": (
        html(b"\x89PNG\r\n\x1a\n" + bytes(99)),
        "headline_only",
        f"{{url}}: not a page but binary data that says text/html; {ONLY}",
    ),
    "too long": (html(bytes(MAX + 1)), "headline_only", f"{LONG}; {ONLY}"),
    "a compression bomb": (
        html(gzip.compress(bytes(50_000_000)), content_encoding="gzip"),
        "headline_only",
        f"{LONG}; {ONLY}",
    ),
    "without end": (
        Reply(raw=TYPED + b"\r\n<html>", again=b"<p>and then</p>" * 99),
        "headline_only",
        f"{LONG}; {ONLY}",
    ),
    "damaged compression": (
        html(gzip.compress(b"x")[:10] + b"\xff" * 99, content_encoding="gzip"),
        "retrying",
        "{url}: the compressed body is damaged",
    ),
    "cut off": (
        Reply(raw=TYPED + b"Content-Length: 999\r\n\r\n<html>"),
        "retrying",
        "{url}: the answer broke off before its end",
    ),
    "reset": (
        Reply(raw=TYPED + b"Content-Length: 999\r\n\r\n", reset=True),
        "retrying",
        "{url}: the connection broke: the other side hung up",
    ),
    "a hang": (Reply(raw=TYPED, hang=True), "retrying", SLOW),
    "a drip": (Reply(raw=TYPED + b"\r\n" + b"<p>" * 999, drip=True), "retrying", SLOW),
    "a circle": (
        redirect("/a-circle"),
        "retrying",
        "{url}: redirected in a circle or more than 5 times",
    ),
    "a redirect inside": (
        redirect("http://169.254.169.254/x"),
        "headline_only",
        f"169.254.169.254 {INSIDE}; {ONLY}",
    ),
    "forbidden": (
        Reply(status=403),
        "blocked",
        f"{{url}}: the server forbids us to read it (HTTP 403); {ACCESS}",
    ),
    "lost": (
        Reply(status=404),
        "retrying",
        "{url}: the server has no such page now (HTTP 404)",
    ),
    "gone": (
        Reply(status=410),
        "retrying",
        "{url}: the server says it is gone for good (HTTP 410)",
    ),
    "a challenge": (
        html("<title>Just a moment...</title>"),
        "blocked",
        f"{{url}}: the site asks for proof of being human; {ACCESS}",
    ),
}


def written(name: str) -> str:
    """An article of its own for each case, without a word on its encoding."""
    cafe = f"A café will open on the quay, and the first boat it awaits is called “{name}”."
    return page(OTHER, (cafe, *PLAIN)).replace('<meta charset="utf-8">', "")


# name: what is made of a page whose article is all there
ODD: dict[str, Callable[[str], Reply]] = {
    "Latin-1 that says UTF-8": lambda page: html(page.encode("cp1252")),
    "UTF-8 that says Latin-1": lambda page: Reply(
        body=page.encode(), headers={"content-type": "text/html; charset=iso-8859-1"}
    ),
    "UTF-16 that says nothing": lambda page: Reply(body=page.encode("utf-16")),
    "gzip without header": lambda page: html(gzip.compress(page.encode())),
    "a tag of 500 kB": lambda page: html(
        page.replace("<main>", f'<main data-x="{"x" * 500_000}">')
    ),
    "an attribute without end": lambda page: html(
        page.replace("</body>", '<img alt="' + "x " * 100_000)
    ),
    "a script without end": lambda page: html(page.replace("</body>", "<script>" + "x" * 500_000)),
    "NUL between letters": lambda page: html(page.replace("ferry", "fer\x00ry")),
}
