"""Documents written to do harm."""

import contextlib
from pathlib import Path

import pytest

from monitor.collect.parse import fingerprint, parse_feed
from monitor.errors import NotAFeed
from monitor.pool import Pool
from monitor.records import Fetched
from tests.collect.documents import item, rss
from tests.collect.parse.parsing import URL, parse


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


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_an_outside_entity_is_not_read(tmp_path: Path, prefix: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    for body in (outside(f"{prefix}{secret}"), outside(str(secret)).replace("rss", "urlset")):
        with contextlib.suppress(NotAFeed):
            assert "hunter2" not in str(parse(body))


@pytest.mark.anyio
@pytest.mark.parametrize("body", ["<!--" * 500_000, "<pubDate>" * 500_000, ""])
async def test_a_fingerprint_can_be_taken_whatever_the_body(body: str, pool: Pool) -> None:
    assert await pool.run(fingerprint, body.encode())
