"""Feeds that do everything wrong at once, polled by the real command: what people then read."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.cli.desk import Said, outlet
from tests.collect.documents import item, rss
from tests.trouble.feeds import BAD, MAX, ODD, redirect
from tests.world import Reply, open_site

INSIDE = "is not on the public internet; if you mean it, add its network to http.allow_networks"
FOREIGN = re.compile(r"Errno|Traceback|Error\b|Exception|<unknown>|SSL|b'|0x|feedparser|httpx")
WRONG = {
    "a name": (
        "dns",
        (
            "the name nowhere.invalid does not resolve; check its spelling, and the name server of"
            " this host"
        ),
    ),
    "a private address": ("forbidden_network", f"10.1.2.3 {INSIDE}"),
    "loopback": ("forbidden_network", f"::1 {INSIDE}"),
    "a redirect inside": ("forbidden_network", f"169.254.169.254 {INSIDE}"),
    "nobody there": (
        "connect",
        (
            "http://127.0.0.1:9/feed: no connection: connection refused, nothing listens there;"
            " check host and port"
        ),
    ),
    "no TLS": (
        "tls",
        (
            "{url}: no trustworthy TLS connection: it speaks no TLS there; check the port, and"
            " whether it is to be encrypted; tell the outlet; certificates are always checked"
        ),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the real command over all of these feeds: what it said, by feed."""

    said: Said
    failed: dict[str, Any]
    entries: dict[str, Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("feeds")
    with open_site() as site:
        post = outlet(folder, site)
        http = {"allow_networks": ["127.0.0.0/8"], "timeout": "5s", "max_body": f"{MAX // 1024}KiB"}
        post.configure(http=http)
        served = {name: reply for name, (reply, *_) in (*BAD.items(), *ODD.items())}
        served["good"] = Reply(body=rss(item(1)).encode())
        rows = {
            name: site.serve(f"/{name.lower().replace(' ', '-')}", reply)
            for name, reply in served.items()
        }
        rows |= {
            "a name": "http://nowhere.invalid/feed",
            "a private address": "http://10.1.2.3/feed",
            "loopback": site.url("/feed", "[::1]"),
            "a redirect inside": site.serve("/inside", redirect("http://169.254.169.254/latest")),
            "nobody there": "http://127.0.0.1:9/feed",
            "no TLS": site.url("/feed").replace("http:", "https:"),
        }
        feeds = [{"name": name, "url": url} for name, url in rows.items()]
        (folder / "feeds.yaml").write_text(yaml.safe_dump({"feeds": feeds}))
        said = post.run("run-once", "--json")
        told = post.run("explain", "--json", "https://paper.example/story/1").json
    return Run(
        said=said,
        failed={one["feed"]: one for one in said.json["failed_feeds"]},
        entries={one["feed"]: one for one in told["entries"]},
    )


@pytest.mark.parametrize("name", BAD)
def test_a_bad_feed_is_told_by_address_trouble_and_remedy(run: Run, name: str) -> None:
    _, reason, words = BAD[name]
    told = run.failed[name]
    assert (told["reason"], told["detail"]) == (reason, f"{told['url']}: {words}")


@pytest.mark.parametrize("name", WRONG)
def test_a_feed_that_cannot_be_reached_is_told_too(run: Run, name: str) -> None:
    reason, words = WRONG[name]
    told = run.failed[name]
    assert (told["reason"], told["detail"]) == (reason, words.format(url=told["url"]))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_feed_is_read_all_the_same(run: Run, name: str) -> None:
    assert name not in run.failed
    assert run.entries[name]["title"] == ODD[name][1]


def test_nothing_of_this_host_stands_in_a_headline(run: Run) -> None:
    assert "root:" not in str(run.entries)
    assert "boom" not in str(run.entries)


def test_the_good_feed_between_them_is_polled_and_the_run_ends_as_documented(run: Run) -> None:
    assert set(run.failed) == {*BAD, *WRONG}
    assert run.entries["good"]["title"] == "Story 1"
    assert run.said.json["entries"]["new"] == len(ODD) + 1
    assert run.said.json["crashed"] == 0
    assert run.said.code == 6, "more than half of all feeds failed"


def test_cron_mails_one_line_for_each_feed_with_its_name_and_address(run: Run) -> None:
    lines = [line for line in run.said.err.splitlines() if line.startswith("feed ")]
    assert len(lines) == len(run.failed)
    for name, told in run.failed.items():
        assert f"feed {name} failed: {told['detail']} ({told['url']})" in lines


def test_nothing_is_told_in_the_words_of_a_library(run: Run) -> None:
    assert [told["detail"] for told in run.failed.values() if FOREIGN.search(told["detail"])] == []
