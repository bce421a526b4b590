import json

import pytest

from monitor.errors import NoArticle
from tests.read.pages import TITLE, page
from tests.read.reading import TEXT, URL, ld, read


def why(body: str | bytes, kind: str = "text/html") -> str:
    with pytest.raises(NoArticle) as caught:
        read(body, kind)
    assert URL in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", "empty"),
        (b" \n ", "text/html", "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "not_html"),
        (b"%PDF-1.7 ...", "text/html", "not_html"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "", "not_html"),
        (b'{"a": 1}', "application/json", "not_html"),
        (b"\x00\x01\x02" * 5000, "text/html", "empty"),
        (b"<!-- nothing -->", "text/html", "not_html"),
        (b"<html><body></body></html>", "text/html", "empty"),
        (b"<p>x</p>" * 800_000, "text/html", "too_large"),
        (b"<p>x</p>" * 60_000, "text/html", "too_many_tags"),
        (b"<div>" * 100_000 + b"<p>deep</p>", "text/html", "too_many_tags"),
        (b"<div>" * 30_000 + b"<p>deep</p>" + b"</div>" * 9_000, "text/html", "too_deep"),
        (b"<" * 1_000_000, "text/html", "too_many_tags"),
    ],
    ids=[
        "empty", "blank", "pdf", "pdf that says html", "image without a type", "json",
        "binary that says html", "only a comment", "empty html", "over 5 MB", "60,000 paragraphs",
        "100,000 deep", "30,000 deep", "a million brackets",
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_a_reason(body: bytes, kind: str, reason: str) -> None:
    assert why(body, kind) == reason


LONG = {
    "an attribute of 4 MB": f'<img alt="{"x" * 4_000_000}">',
    "300,000 attributes": "<div " + " ".join(f'a{n}="{n}"' for n in range(300_000)) + "></div>",
    "an attribute never closed": '<img alt="' + "x " * 500_000,
    "a script never closed": "<script>" + "x" * 1_000_000,
    "a comment never closed": "<!--" + "x" * 1_000_000,
    "data nested 100,000 deep": f'<script type="application/ld+json">{"[" * 100_000}</script>',
    "data that is no data": '<script type="application/ld+json">{"@type": oops</script>',
    "100,000 entities": "&#x41;" * 100_000,
}


@pytest.mark.parametrize("junk", LONG.values(), ids=LONG)
def test_the_article_is_read_in_spite_of(junk: str) -> None:
    html = page().replace("</article>", f"</article>{junk}")
    assert read(html).text.startswith(TEXT)


def test_data_survives_a_page_too_deep_to_read() -> None:
    html = page(head=ld(headline=TITLE, articleBody=TEXT), article="<div>" * 2000)
    article = read(html)
    assert (article.title, article.text, article.read_as) == (TITLE, TEXT, "json_ld")


ODD = (
    [],
    [[]],
    {"@graph": [{"@type": None}, 7, "x"]},
    {"@type": ["NewsArticle"], "author": [None, {"name": ["Ida"]}, 3], "headline": {"a": 1}},
    {"@type": "NewsArticle", "articleBody": 9, "datePublished": [], "isAccessibleForFree": {}},
)


@pytest.mark.parametrize("data", ODD)
def test_data_of_any_shape_is_survived(data: object) -> None:
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read(page(head=head)).text == TEXT
