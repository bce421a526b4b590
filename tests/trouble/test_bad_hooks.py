"""Webhooks that do everything wrong at once, one alert to all: what people then read."""

import json
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cli.desk import CASE, SECRET, SENTENCES, Said, outlet
from tests.world import Reply, open_site

CHECK = "check the channel's url and secret, then `monitor alerts retry`"
SLOW = "no complete answer within 5 s; if it is always so slow, raise http.timeout"
FAR = "redirects are not followed; set the channel's url to the final address"
INSIDE = "is not on the public internet; if you mean it, add its network to http.allow_networks"

# name: what it answers, state, reason, what is said after the receiver's name
BAD: dict[str, tuple[Reply, str, str, str]] = {
    "gone": (
        Reply(status=410),
        "dead",
        "gone",
        (
            " answered 410: it wants no more alerts; give the channel a new url, then"
            " `monitor alerts retry`"
        ),
    ),
    "lost": (Reply(status=404), "dead", "http_404", f" answered 404: {CHECK}"),
    "refusing": (Reply(status=401), "dead", "http_401", f" answered 401: {CHECK}"),
    "moved": (
        Reply(status=302, headers={"location": "http://10.1.2.3/hook"}),
        "dead",
        "redirect",
        f" answered 302: {FAR}",
    ),
    "broken": (
        Reply(status=500),
        "pending",
        "http_500",
        " answered 500: the server has a fault of its own",
    ),
    "busy": (
        Reply(status=429, headers={"retry-after": "7200"}),
        "pending",
        "http_429",
        " answered 429: the server says we ask too often",
    ),
    "hanging": (Reply(raw=b"", hang=True), "pending", "timeout", f": {SLOW}"),
    "silent": (Reply(raw=b""), "pending", "bad_answer", ": the server hung up without an answer"),
    "babbling": (
        Reply(raw=b"220 quay.example ESMTP\r\n\r\n"),
        "pending",
        "bad_answer",
        ": what it sends is not HTTP; check the address and its port",
    ),
}
NOWHERE = {
    "inside": ("http://10.1.2.3:8080/t", "dead", "forbidden_network", f": 10.1.2.3 {INSIDE}"),
    "nameless": (
        "https://nowhere.invalid:8443/t",
        "pending",
        "dns",
        (
            ": the name nowhere.invalid does not resolve; check its spelling, and the name server"
            " of this host"
        ),
    ),
    "absent": (
        "http://127.0.0.1:9/t",
        "pending",
        "connect",
        ": no connection: connection refused, nothing listens there; check host and port",
    ),
}
GARBAGE = Reply(
    body=b"\xff\x00<?xml", headers={"content-type": "application/json; charset=klingon"}
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run with all of these, a second run an hour later, and what the good receiver heard."""

    said: Said
    sent: dict[str, Any]
    urls: dict[str, str]
    health: list[Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    with ExitStack() as stack:
        site = stack.enter_context(open_site())
        post = outlet(tmp_path_factory.mktemp("hooks") / "config", site)
        post.story("/a", CASE, SENTENCES)
        urls = {name: site.serve(f"/{name}-token", reply) for name, (reply, *_) in BAD.items()}
        urls["garbage"] = site.serve("/garbage-token", GARBAGE)
        urls |= {name: url for name, (url, *_) in NOWHERE.items()}
        hooks = {n: {"type": "webhook", "url": u, "secret": SECRET} for n, u in urls.items()}
        watch = {"type": "webhook", "url": site.serve("/watch", b""), "secret": SECRET}
        route = {"beat": "cleared", "stages": ["vacated"], "to": list(hooks)}
        http = {"allow_networks": ["127.0.0.0/8"], "timeout": "5s"}
        alerts = {"channels": hooks | {"watch": watch}, "routes": [route], "health": ["watch"]}
        post.configure(http=http, alerts=alerts)
        said = post.run("run-once", "--json")
        post.run("run-once", "--all")
        sent = post.run("alerts", "list", "--json").lines
        health = [json.loads(asked.body) for asked in site.asked("/watch")]
    return Run(said=said, sent={row["channel"]: row for row in sent}, urls=urls, health=health)


def place(url: str) -> str:
    return f"webhook at {url.rpartition('/')[0]}"


@pytest.mark.parametrize("name", [*BAD, *NOWHERE])
def test_a_bad_receiver_is_told_by_name_and_port_trouble_and_remedy(run: Run, name: str) -> None:
    _, state, reason, words = (BAD | NOWHERE)[name]
    row = run.sent[name]
    assert (row["state"], row["reason"]) == (state, reason)
    assert row["detail"] == f"{place(run.urls[name])}{words}"
    assert (row["due_at"] is None) == (state == "dead")


def test_the_time_a_receiver_asks_for_is_waited(run: Run) -> None:
    row = run.sent["busy"]
    due, made = (datetime.fromisoformat(row[key]) for key in ("due_at", "created_at"))
    assert due - made >= timedelta(hours=2)


def test_an_answer_of_garbage_is_no_failure_where_its_status_is_none(run: Run) -> None:
    assert run.sent["garbage"]["state"] == "sent"


def test_the_run_ends_by_saying_that_there_are_dead_letters(run: Run) -> None:
    dead = sum(row["state"] == "dead" for row in run.sent.values())
    assert run.said.code == 7
    assert run.said.json["alerts"]["dead"] == dead == 5
    assert run.said.json["crashed"] == 0


def test_each_trouble_is_told_once_and_in_one_message(run: Run) -> None:
    told = Counter(post["data"]["incident"]["detail"] for post in run.health)
    kinds = Counter(post["type"] for post in run.health)
    assert set(told.values()) == {1}
    assert kinds == {"health.channel_disabled": 1, "health.dead_letters": 4}
    assert [detail for detail in told if "'gone'" in detail or "gone" in detail] == []
    assert sum("410" in detail for detail in told) == 1


def test_no_token_of_an_address_is_shown(run: Run) -> None:
    assert "-token" not in run.said.out + run.said.err + str(run.sent)


def test_a_service_whose_library_is_missing_says_how_to_install_it(
    post: Any, monitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    post.story("/a", CASE, SENTENCES)
    route = {"beat": "cleared", "stages": ["vacated"], "to": ["phone"]}
    phone = {"type": "apprise", "url": "tgram://token/chat"}
    post.configure(alerts={"channels": {"phone": phone}, "routes": [route]})
    assert monitor("run-once").code == 0
    (row,) = monitor("alerts", "list", "--json").lines
    assert (row["state"], row["reason"]) == ("pending", "not_installed")
    assert row["detail"] == (
        "channel 'phone' needs the package apprise, which is not installed; "
        "install newsroom-monitor[apprise], or apprise by itself"
    )
