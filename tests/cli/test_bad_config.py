"""What is wrong in any file of a configuration is told at once, in words, by the real command."""

import os
from pathlib import Path

import pytest

from tests.cli.desk import BEAT, SECRET

LAUGHS = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
)
ADDRESS = "https://quay.example/feed"
GAZETTEER = "name: ports\ntype: organisation\nentries:\n  - {name: %s}\n"

# file, what is in it, what is said of it
BAD = {
    "a tab": ("monitor.yaml", "http:\n\ttimeout: 3s", "2:1: is not YAML: a tab cannot indent"),
    "a tab in a beat": (
        "beats/cleared.yaml",
        "name: x\nlists:\n\ta: [b]",
        "3:1: is not YAML: a tab",
    ),
    "a key twice": ("monitor.yaml", "http: {}\nhttp: {}", "2: http: is given twice; keep one"),
    "a key twice in a beat": (
        "beats/cleared.yaml",
        BEAT + "threshold: 6\n",
        "18:1: threshold: is given twice; keep one",
    ),
    "a key twice in feeds": (
        "feeds.yaml",
        f"feeds:\n- url: {ADDRESS}\n  url: {ADDRESS}",
        "3: feeds.0.url: is given twice; keep one",
    ),
    "latin-1": ("monitor.yaml", b"http: caf\xe9", " is not UTF-8 (byte 9); save it as UTF-8"),
    "a latin-1 beat": ("beats/cleared.yaml", b"name: caf\xe9", " is not UTF-8 (byte 9)"),
    "latin-1 feeds": ("feeds.yaml", b"# caf\xe9", " is not UTF-8 (byte 5); save it as UTF-8"),
    "a latin-1 gazetteer": ("gazetteers/ports.yaml", b"# caf\xe9", " is not UTF-8 (byte 5)"),
    "an unknown key": (
        "monitor.yaml",
        "http: {timeot: 3s}",
        "1: http.timeot: unknown key 'timeot'; did you mean 'timeout'?",
    ),
    "an unknown key of a beat": (
        "beats/cleared.yaml",
        BEAT.replace("proves", "prooves"),
        "12:5: unknown key 'prooves'; did you mean 'proves'?",
    ),
    "an unknown key of a gazetteer": (
        "gazetteers/ports.yaml",
        (GAZETTEER % "Quay").replace("entries", "entrys"),
        "3:1: unknown key 'entrys'; did you mean 'entries'?",
    ),
    "a common word": (
        "gazetteers/ports.yaml",
        GAZETTEER % "Justice",
        "4:5: Justice: 'Justice' is a common word; move it to common, with near",
    ),
    "a feed twice": (
        "feeds.yaml",
        f"feeds:\n- {ADDRESS}\n- {{url: {ADDRESS}}}",
        f"3: feeds.1: feed {ADDRESS} is listed twice (see line 2); keep one",
    ),
    "broken OPML": (
        "feeds.opml",
        "<opml><body>",
        "1:13: is not OPML: it ends too soon; export it again",
    ),
    "an outline without an address": (
        "feeds.opml",
        "<opml>\n<outline text='A' xmlUrl='ftp://a'/></opml>",
        "2: outline 'A': 'ftp://a' is not an http or https address; write for example",
    ),
    "a billion laughs": ("monitor.yaml", LAUGHS, " holds more than 200,000 values; write it out"),
    "a billion laughs in a beat": ("beats/cleared.yaml", LAUGHS, " holds more than 200,000 values"),
    "a billion laughs in a gazetteer": (
        "gazetteers/ports.yaml",
        LAUGHS,
        " holds more than 200,000 values; write it out",
    ),
    "a deep beat": ("beats/cleared.yaml", "[" * 50_000, " line 1 is nested more than 40 levels"),
    "a beat that is none": ("beats/cleared.yaml", "- a", "1:1: is not a beat; write name:"),
    "a number out of reach": (
        "beats/cleared.yaml",
        BEAT.replace("threshold: 5\nhead", "threshold: .inf\nhead"),
        "3:1: threshold is missing or not a number; write threshold: 5",
    ),
}


@pytest.mark.parametrize(("name", "content", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_with_its_place_and_its_remedy(post, monitor, name, content, said):
    path = post.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    told = monitor("check")
    assert told.code in {3, 8}
    assert f"{path}:{said}" in told.out
    assert "Traceback" not in told.err


FILES = ("monitor.yaml", "feeds.yaml", "feeds.opml", "beats/more.yaml", "gazetteers/more.yaml")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_file_is_named_and_never_waited_for(post, monitor, name, kind):
    path = post.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.name)
    told = monitor("check")
    assert told.code in {3, 8}
    said = {
        "folder": "is a folder, not a file; move it away",
        "pipe": "is a pipe, not a file; write a file",
        "loop": "cannot be read: Too many levels of symbolic links; check the path and its disk",
    }
    assert f"{path}: {said[kind]}" in told.out.splitlines()


def test_an_empty_configuration_is_all_defaults_and_says_what_it_lacks(post, monitor):
    (post.folder / "monitor.yaml").write_text("")
    (post.folder / "feeds.yaml").write_text("")
    told = monitor("check")
    assert told.code == 8
    assert "route: no route: hits would be stored but nobody told" in told.out
    assert f"feeds: no feeds; list some in {post.folder / 'feeds.yaml'}" in told.out
    assert told.out.endswith("2 mistakes\n")


EVERYWHERE = """
http: {timeout: soon}
alerts:
  channels:
    desk: {type: email, to: ["not an address"], smtp: {host: m, password: {env: NOT_SET}}}
  routes:
    - {beat: cleard, to: [desc], stages: [vacatd], when: {stat: [CA]}}
"""
PLACES = (
    "monitor.yaml:2: http.timeout: 'soon' is not a duration",
    "monitor.yaml:5: alerts.channels.desk.to.0: 'not an address' is not an email address",
    "monitor.yaml:5: alerts.channels.desk.smtp.password: environment variable NOT_SET is not set",
    "monitor.yaml:7: alerts.routes.0.beat: no beat is called 'cleard'; did you mean 'cleared'?",
    "monitor.yaml:7: alerts.routes.0.to.0: no channel is called 'desc'; did you mean 'desk'?",
    "monitor.yaml:7: alerts.routes.0.stages.0: 'vacatd' is not known here; did you mean 'vacated'",
    "monitor.yaml:7: alerts.routes.0.when.stat: no fact is called 'stat'; did you mean 'state'?",
    "feeds.yaml:1: feeds.0.ulr: unknown key 'ulr'; did you mean 'url'?",
    "beats/cleared.yaml:9:5: unknown key 'sais'; did you mean 'says'?",
    "beats/cleared.yaml:16:12: prison: this bracket is not closed",
    "gazetteers/ports.yaml:4:5: entry 1: unknown key 'nam'; did you mean 'name'?",
)


@pytest.mark.parametrize("command", ["check", "run-once", "hits list", "config show"])
def test_mistakes_in_every_file_come_in_one_go(post, monitor, command):
    (post.folder / "monitor.yaml").write_text(EVERYWHERE)
    (post.folder / "feeds.yaml").write_text("feeds: [{ulr: x}]")
    beat = BEAT.replace("query: prison", "query: (prison").replace("says: a", "sais: a")
    (post.folder / "beats/cleared.yaml").write_text(beat)
    (post.folder / "gazetteers").mkdir()
    text = GAZETTEER.replace("{name: %s}", "{nam: x}")
    (post.folder / "gazetteers/ports.yaml").write_text(text)
    told = monitor(*command.split())
    assert told.code == 3
    lines = (told.out if command == "check" else told.err).splitlines()
    for place in PLACES:
        assert sum(line.startswith(f"{post.folder}/{place}") for line in lines) == 1, place
    assert sum("channels.desk.to" in line for line in lines) == 1


def test_beats_and_routes_are_told_together_before_anything_is_polled(post, monitor):
    hook = {"type": "webhook", "url": ADDRESS, "secret": SECRET}
    route = {"beat": "cleard", "to": ["hook"]}
    post.configure(alerts={"channels": {"hook": hook}, "routes": [route]})
    beat = post.folder / "beats/cleared.yaml"
    beat.write_text(BEAT.replace("query: prison", "query: (prison"))
    told = monitor("run-once")
    assert told.code == 3
    assert "alerts.routes.0.beat: no beat is called 'cleard'" in told.err
    assert "prison: this bracket is not closed" in told.err
    assert post.site.requests == []


def test_a_configuration_with_mistakes_is_never_replaced_by_the_shipped_one(
    post, monitor, monkeypatch
):
    monkeypatch.chdir(post.folder.parent)
    post.configure(databse="x")
    told = monitor("judge", "-", bare=True)
    assert told.code == 3
    assert "did you mean 'database'?" in told.err


def test_a_file_given_to_lint_is_read_beside_the_gazetteers_there_are(
    post, monitor, tmp_path: Path
):
    (post.folder / "gazetteers").mkdir()
    (post.folder / "gazetteers/ports.yaml").write_text(GAZETTEER % "Quay")
    beat = tmp_path / "b.yaml"
    beat.write_text(BEAT.replace("query: prison", "query: entity:ports OR entity:portz"))
    told = monitor("beats", "lint", str(beat))
    assert told.code == 8
    assert told.out.splitlines() == [
        f"{beat}:16:28: prison: there is no gazetteer portz (did you mean ports?)",
        "      query: entity:ports OR entity:portz",
        "                             ^",
    ]
    assert told.err == "1 mistake\n"
