from datetime import UTC, datetime

import pytest

from monitor.read.extract import fall_back
from tests.read.pages import PARAGRAPHS, TITLE, page
from tests.read.reading import TEXT, URL, ld, pending, read


def test_the_text_is_paragraphs_one_blank_line_apart_and_nothing_around_them() -> None:
    assert read(page()).text == TEXT


def test_every_promise_of_the_page_about_itself_is_kept() -> None:
    head = (
        '<link rel="canonical" href="/2026/03/renner">'
        '<meta property="article:published_time" content="2026-03-01T21:30:00-05:00">'
        '<meta property="article:modified_time" content="2026-03-02T07:00:00Z">'
        '<meta name="author" content="By Ida Holm">'
    )
    article = read(page(head=head), url=URL + "?utm_source=x")
    assert article.title == TITLE
    assert article.canonical_url == URL
    assert article.outlet == "The Harbour Post"
    assert article.authors == ("Ida Holm",)
    assert article.published_at == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert article.modified_at == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert article.language == "en"
    assert not article.truncated
    assert not article.paywalled


def test_breaks_and_lists_become_paragraphs() -> None:
    body = f"{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}"
    items = f"<ul><li>{PARAGRAPHS[2]}</li><li>{PARAGRAPHS[3]}</li></ul>"
    assert read(page(paragraphs=(body,), article=items)).text.count("\n\n") == 3


def test_the_headline_is_cut_where_it_opens_the_text() -> None:
    assert read(page(article=f"<p><b>{TITLE}</b></p>")).text == TEXT


@pytest.mark.parametrize(
    ("h1", "og", "headline", "expected"),
    [
        ("The Harbour Post", f"{TITLE} | The Harbour Post", TITLE, TITLE),
        (TITLE, "Man cleared - post.example", TITLE.upper(), TITLE.upper()),
        (TITLE, "Judge clears man after 19 …", "", TITLE),
        ("", f"The Harbour Post: {TITLE}", "", f"The Harbour Post: {TITLE}"),
        ("", f"The Harbour Post | {TITLE}", "", TITLE),
    ],
)
def test_two_of_three_headlines_win(h1: str, og: str, headline: str, expected: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    data = ld(headline=headline) if headline else ""
    head = f'<meta property="og:site_name" content="The Harbour Post">{data}'
    og_tag = f'<meta property="og:title" content="{og}">'
    html = f"<html><head>{head}{og_tag}</head><body><article><h1>{h1}</h1>{text}</article></body>"
    assert read(html).title == expected


def test_the_data_script_rescues_a_page_whose_text_comes_by_script() -> None:
    article = read(page(paragraphs=("Loading…",), head=ld(articleBody="<p>" + TEXT + "</p>")))
    assert (article.text, article.read_as) == (TEXT, "json_ld")


def test_a_teaser_in_the_data_script_does_not_replace_the_text() -> None:
    teaser = " ".join(PARAGRAPHS * 3) + " ..."
    assert read(page(head=ld(articleBody=teaser))).read_as == "page"


def test_the_feeds_text_is_taken_where_it_is_twice_as_long() -> None:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    article = read(page(paragraphs=PARAGRAPHS[:1]), content=told)
    assert (article.text, article.read_as) == ("\n\n".join(PARAGRAPHS * 2), "feed")


def test_a_page_that_is_not_free_says_so() -> None:
    short = read(page(paragraphs=PARAGRAPHS[:1], head=ld(isAccessibleForFree="False")))
    assert short.paywalled
    assert short.truncated
    assert not read(page(head=ld(isAccessibleForFree=True))).paywalled


def test_a_page_cut_short_is_marked_truncated() -> None:
    html = page()
    assert read(html[: html.index("The county's")]).truncated


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"datePublished": "2026-03-01T10:00:00+01:00"}, datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ({"datePublished": "2031-01-01T00:00:00Z"}, datetime(2026, 2, 28, tzinfo=UTC)),
        ({"datePublished": "yesterday"}, datetime(2026, 2, 28, tzinfo=UTC)),
        ({"datePublished": "Sun, 01 Mar 2026 09:00:00 GMT"}, datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ({"datePublished": "1772355600"}, datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ({}, datetime(2026, 2, 28, tzinfo=UTC)),
    ],
)
def test_a_date_that_cannot_be_true_gives_way_to_the_address(
    said: dict[str, str], expected: datetime
) -> None:
    url = "https://post.example/2026/02/28/renner"
    assert read(page(head=ld(**said)), url=url).published_at == expected


def test_the_feeds_date_comes_first() -> None:
    told = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    html = page(head=ld(datePublished="2025-01-01"))
    assert read(html, published_at=told).published_at == told


def test_a_date_in_the_text_is_found_where_nothing_else_says_one() -> None:
    html = page(article='<p class="date">Published 27 February 2026</p>')
    article = read(html, url="https://post.example/renner")
    assert article.published_at == datetime(2026, 2, 27, tzinfo=UTC)


FRENCH = "Après dix-neuf ans de prison, la cour a annulé la condamnation de l’homme. " * 4


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", ""),
        ("utf-8-sig", "utf-16"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "no-such-encoding"),
        ("cp1252", ""),
        ("utf-16", "utf-8"),
    ],
)
def test_letters_survive_a_label_that_lies(encoding: str, label: str) -> None:
    html = page(paragraphs=(FRENCH,)).replace('<meta charset="utf-8">', "")
    article = read(html.encode(encoding), f"text/html; charset={label}" if label else "text/html")
    assert article.text == FRENCH.strip()


def test_japanese_without_spaces_counts_as_text() -> None:
    text = "裁判所は火曜日、十九年間服役した男性の有罪判決を取り消した。" * 12
    html = page(paragraphs=(text,)).replace("utf-8", "shift_jis")
    assert read(html.encode("shift_jis")).text == text


def test_a_character_cut_in_two_at_the_end_does_not_spoil_the_rest() -> None:
    data = page(paragraphs=(FRENCH,)).encode()
    assert FRENCH.strip() in read(data + "é".encode()[:1]).text


def test_a_feed_text_becomes_paragraphs_without_scripts() -> None:
    told = "<p>First &amp; foremost.</p>\n<script>alert(1)</script><div>Second<br>third</div> tail"
    article = fall_back(pending(title="A &lt;b&gt; headline", summary=told))
    assert article.text == "First & foremost.\n\nSecond\n\nthird\n\ntail"
    assert article.title == "A <b> headline"
    assert (article.read_as, article.truncated) == ("headline", True)


def test_a_feed_text_that_is_no_html_stays_as_it_is() -> None:
    assert fall_back(pending(summary="Plain words, 3 < 4.")).text == "Plain words, 3 < 4."
