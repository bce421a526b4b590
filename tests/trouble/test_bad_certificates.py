"""Certificates that nobody should trust, before a feed and a webhook: what people then read."""

import ssl
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from monitor.app import utcnow
from tests.cli.desk import CASE, SECRET, SENTENCES, outlet
from tests.world import Site, open_site

HOST = "127.0.0.1"
WORDS = {
    "expired": "its certificate has expired; its owner has to renew it",
    "self-signed": "its certificate is self-signed: nobody vouches for it",
    "unknown authority": "nobody known to this host vouches for its certificate",
    "other name": "its certificate is for another address; use the name that stands in it",
}


def context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(made)
    return made


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate as a newcomer makes it: it vouches for itself."""
    authority = trustme.CA()
    path = folder / "self.pem"
    path.write_bytes(authority.private_key_pem.bytes() + authority.cert_pem.bytes())
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One run over a feed behind each, and its alert to a webhook behind each."""
    folder, authority = tmp_path_factory.mktemp("certificates"), trustme.CA()
    contexts = {
        "expired": context(authority.issue_cert(HOST, not_after=utcnow() - timedelta(days=9))),
        "self-signed": self_signed(folder),
        "unknown authority": context(trustme.CA().issue_cert(HOST)),
        "other name": context(authority.issue_cert("quay.example")),
    }
    with ExitStack() as stack:
        sites = {name: stack.enter_context(open_site(tls)) for name, tls in contexts.items()}
        plain: Site = stack.enter_context(open_site())
        trusted = stack.enter_context(authority.cert_pem.tempfile())
        post = outlet(folder / "config", plain)
        post.story("/a", CASE, SENTENCES)
        names = {name: name.replace(" ", "-") for name in sites}
        hooks = {
            names[name]: {"type": "webhook", "url": site.url("/hook"), "secret": SECRET}
            for name, site in sites.items()
        }
        route = {"beat": "cleared", "stages": ["vacated"], "to": list(hooks)}
        post.configure(alerts={"channels": hooks, "routes": [route]})
        rows = [{"name": name, "url": site.url("/feed")} for name, site in sites.items()]
        rows.append({"name": "good", "url": plain.url("/feed.xml")})
        (post.folder / "feeds.yaml").write_text(yaml.safe_dump({"feeds": rows}))
        said = post.run("run-once", "--json", "--fail-on", "never", SSL_CERT_FILE=trusted)
        assert said.code == 0, said.err
        sent = post.run("alerts", "list", "--json").lines
    failed = {one["feed"]: one for one in said.json["failed_feeds"]}
    return {
        name: (failed[name], *(s for s in sent if s["channel"] == names[name])) for name in sites
    }


@pytest.mark.parametrize("name", WORDS)
def test_a_feed_behind_a_bad_certificate_is_not_read_and_says_why(run: Any, name: str) -> None:
    feed, _ = run[name]
    assert feed["reason"] == "tls"
    remedy = "tell the outlet; certificates are always checked"
    words = f"no trustworthy TLS connection: {WORDS[name]}; {remedy}"
    assert feed["detail"] == f"{feed['url']}: {words}"


@pytest.mark.parametrize("name", WORDS)
def test_a_webhook_behind_one_is_told_nothing_and_tried_again(run: Any, name: str) -> None:
    feed, sending = run[name]
    place = feed["url"].removesuffix("/feed")
    assert (sending["state"], sending["reason"]) == ("pending", "tls")
    words = f"no trustworthy TLS connection: {WORDS[name]}"
    assert sending["detail"] == f"webhook at {place}: {words}"
