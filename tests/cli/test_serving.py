"""From an alert's link to the end of its reminders, with the daemon and with the desk alone."""

import signal
import socket

import httpx
import pytest

from tests.cli.desk import CASE, SENTENCES, begun, ended


@pytest.fixture
def address(post):
    """Where the desk of this configuration is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
    post.configure(desk={"public_url": f"http://{where}/", "listen": where})
    return f"http://{where}"


def remind(post):
    hook = {"type": "webhook", "url": post.site.url("/hook"), "secret": "s"}
    route = {"beat": "cleared", "to": ["hook"], "remind": "2h"}
    post.configure(alerts={"channels": {"hook": hook}, "routes": [route]})


def test_the_link_of_an_alert_ends_its_reminders(post, address, monitor):
    remind(post)
    post.story("/a", CASE, SENTENCES)
    with begun("-c", str(post.folder), "run", "--desk") as daemon:
        post.site.until("/hook")
        pages = post.posts()[0]["data"]["desk"]
        assert pages["acknowledge"].startswith(f"{address}/ack/1-")
        assert "Ada Quillfeather" in httpx.get(pages["case"], trust_env=False).text
        answer = httpx.post(pages["acknowledge"], trust_env=False)
        assert "Acknowledged by hook at " in answer.text
        said = ended(daemon, signal.SIGTERM)
    assert said.code == 143
    assert "/ack/" not in said.err
    assert "acknowledged by hook" in monitor("cases", "show", "1").out


def test_the_desk_alone_answers_until_it_is_told_to_stop(post, address, monitor):
    remind(post)
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    sent = post.posts()[0]
    assert monitor("alerts", "render", "1").json == sent
    with begun("-c", str(post.folder), "serve") as serving:
        assert "listening=" in serving.stderr.readline()
        assert httpx.get(sent["data"]["desk"]["acknowledge"], trust_env=False).status_code == 200
        assert httpx.get(f"{address}/healthz", trust_env=False).json() == {"ok": True}
        assert ended(serving, signal.SIGINT).code == 130


def test_without_an_address_alerts_link_to_no_desk(post, monitor):
    remind(post)
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    assert "desk" not in post.posts()[0]["data"]


def test_the_desk_needs_a_database(post, monitor):
    said = monitor("serve")
    assert (said.code, "db upgrade" in said.err or "run" in said.err) == (4, True)
