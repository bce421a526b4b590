"""Pages that do everything wrong at once, read by the real command: what `explain` then says."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.main import run as call
from tests.cli.desk import CASE, SENTENCES, VARIABLES, Said, outlet
from tests.trouble.feeds import MAX
from tests.trouble.pages import BAD, ODD, written
from tests.world import open_site


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the real command over a feed that lists all of these pages."""

    said: Said
    folder: Path
    urls: dict[str, str]
    posts: list[Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    with open_site() as site:
        post = outlet(tmp_path_factory.mktemp("pages") / "config", site)
        http = {"allow_networks": ["127.0.0.0/8"], "timeout": "5s", "max_body": f"{MAX // 1024}KiB"}
        post.configure(http=http)
        urls = {}
        served = {name: reply for name, (reply, *_) in BAD.items()}
        served |= {name: spoil(written(name)) for name, spoil in ODD.items()}
        for name, reply in served.items():
            path = f"/{name.lower().replace(' ', '-')}"
            site.serve(path, reply)
            urls[name] = post.listed(path, f"Headline of {name}")
        urls["good"] = post.story("/good", CASE, SENTENCES)
        said = post.run("run-once", "--json")
        return Run(said=said, folder=post.folder, urls=urls, posts=post.posts())


@pytest.fixture
def explain(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def asked(name: str, *options: str) -> str:
        assert call(["-c", str(run.folder), "explain", *options, run.urls[name]]) == 0
        return capsys.readouterr().out

    return asked


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_has_a_fate_a_reason_and_its_next_try(
    run: Run, explain: Callable[..., str], name: str
) -> None:
    _, fate, words = BAD[name]
    told = explain(name)
    assert told.startswith(f"{fate}: Headline of {name}\n")
    assert f"  because: {words.format(url=run.urls[name])}\n" in told
    (entry,) = json.loads(explain(name, "--json"))["entries"]
    assert entry["attempts"] == 1
    assert (entry["next_try"] is None) == (fate == "headline_only")


@pytest.mark.parametrize("name", ODD)
def test_an_odd_page_is_read_to_its_last_letter(explain: Callable[..., str], name: str) -> None:
    told = explain(name)
    assert told.startswith("judged_no: ")
    assert "read as page" in told


def test_the_letters_of_odd_pages_are_found_again(
    run: Run, explain: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["-c", str(run.folder), "search", "--json", '"café on the quay"']) == 0
    found = {json.loads(line)["url"] for line in capsys.readouterr().out.splitlines()}
    assert found == {run.urls[name] for name in ODD}


def test_the_story_between_them_is_told_and_nothing_is_lost(run: Run) -> None:
    assert (run.said.code, run.said.err) == (0, "")
    assert [post["type"] for post in run.posts] == ["case.opened"]
    assert run.said.json["crashed"] == 0
    assert run.said.json["entries"]["new"] == len(BAD) + len(ODD) + 1
    assert sum(run.said.json["articles"].values()) == len(BAD) + len(ODD) + 1
