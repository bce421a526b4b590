"""Whose certificate is trusted."""

import ssl
from datetime import timedelta

import pytest
import trustme

from monitor.errors import FetchFailed
from monitor.web import Web
from tests.web.doors import Open, failure, reason
from tests.world import Clock, Reply, Site, open_site

pytestmark = pytest.mark.anyio


@pytest.fixture
def certified() -> trustme.CA:
    return trustme.CA()


def tls_of(authority: trustme.CA, name: str, **options: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **options).configure_cert(context)  # type: ignore[arg-type]
    return context


async def test_tls_is_checked_against_the_name_though_an_address_is_dialled(
    open_web: Open, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        certified.cert_pem.tempfile() as path,
        open_site(tls_of(certified, "paper.example")) as site,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", path)
        site.serve("/feed", b"<rss/>")
        web = open_web()
        assert (await web.get(site.url("/feed", "paper.example"))).status == 200
        assert (await failure(web, site.url("/feed", "two.example"))).reason == "tls"


async def test_an_unknown_certificate_is_a_failure_shown(web: Web, certified: trustme.CA) -> None:
    with open_site(tls_of(certified, "paper.example")) as site:
        error = await failure(web, site.url("/feed", "paper.example"))
    assert error.reason == "tls"
    assert "certificate" in str(error)


async def test_a_feed_is_not_followed_from_https_to_http_but_a_page_is(
    open_web: Open, site: Site, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = site.serve("/plain", b"text")
    with (
        certified.cert_pem.tempfile() as path,
        open_site(tls_of(certified, "paper.example")) as safe,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", Reply(status=302, headers={"location": plain}))
        url = safe.url("/feed", "paper.example")
        web = open_web()
        assert (await failure(web, url)).reason == "bad_redirect"
        assert (await web.get(url, accept="page")).body == b"text"


async def test_b44_a_certificate_is_checked_for_the_name_that_was_asked_for(
    open_web: Open, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str | None] = []
    context = tls_of(certified, "paper.example")
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with certified.cert_pem.tempfile() as path, open_site(context) as safe:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", b"<rss/>")
        web = open_web()
        assert (await web.get(safe.url("/feed", "paper.example"))).status == 200
        assert await reason(web, safe.url("/feed", "dead.example")) == "tls"
    assert names[0] == "paper.example"


async def test_b44_an_expired_certificate_is_an_error_that_is_shown(
    open_web: Open, certified: trustme.CA, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = tls_of(certified, "paper.example", not_after=clock() - timedelta(days=3650))
    with certified.cert_pem.tempfile() as path, open_site(context) as safe:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        with pytest.raises(FetchFailed, match="expired") as caught:
            await open_web().get(safe.url("/feed", "paper.example"))
    assert caught.value.reason == "tls"


async def test_b44_b29_https_is_never_left_for_http_by_a_feed(
    open_web: Open, site: Site, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        certified.cert_pem.tempfile() as path,
        open_site(tls_of(certified, "paper.example")) as safe,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", Reply(status=301, headers={"location": site.url("/feed")}))
        url = safe.url("/feed", "paper.example")
        assert await reason(open_web(), url) == "bad_redirect"
    assert site.requests == []
