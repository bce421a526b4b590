"""Configuration, feeds, beats and database: set up, checked, changed, copied."""

import sqlite3
import threading
from contextlib import closing

import pytest

from tests.cli.desk import CASE, SENTENCES, command
from tests.world import Reply

OPML = """<opml version="2.0"><body><outline text="west"><outline type="rss" title="Quay"
xmlUrl="https://quay.example.org/rss"/></outline></body></opml>"""


def test_init_writes_a_configuration_that_checks_and_never_overwrites(monitor, tmp_path):
    folder = tmp_path / "new"
    assert "would write" in monitor("init", str(folder), "--dry-run", bare=True).out
    assert not folder.exists()
    assert monitor("init", str(folder), bare=True).code == 0
    (folder / "monitor.yaml").write_text("database: sqlite:///mine.db\n")
    said = monitor("init", str(folder), bare=True)
    assert f"kept {folder / 'monitor.yaml'}" in said.out
    assert (folder / "monitor.yaml").read_text() == "database: sqlite:///mine.db\n"
    assert monitor("beats", "lint", "-c", str(folder), bare=True).code == 0


def test_check_says_all_that_is_wrong_at_once(post, monitor):
    assert monitor("check").code == 0
    assert not (post.folder / "monitor.db").exists()
    beat = post.folder / "beats" / "cleared.yaml"
    beat.write_text(beat.read_text().replace("query: prison", "query: (prison"))
    post.configure(alerts={"routes": []}, database="sqlite:///monitor.yaml/x.db")
    said = monitor("check", "--json")
    assert said.code == 8
    parts = {problem["part"] for problem in said.json["problems"]}
    assert {"beat", "database", "route"} <= parts


def test_check_asks_channels_and_feeds(post, monitor):
    post.story("/a")
    assert monitor("check", "--send", "--feeds").code == 0
    assert len(post.posts()) == 1
    post.site.serve("/hook", Reply(status=401))
    post.site.serve("/feed.xml", "<html>not a feed</html>")
    said = monitor("check", "--send", "--feeds")
    assert said.code == 8
    assert "channel hook: " in said.out
    assert "feed a: " in said.out


def test_no_secret_is_ever_shown(post, monitor, tmp_path):
    (post.folder / "key").write_text("whsec_c2VjcmV0IHRoYXQgbm9ib2R5IHNlZXM=")
    hook = {"type": "webhook", "url": post.site.url("/hook"), "secret": {"file": "key"}}
    post.configure(alerts={"channels": {"hook": hook}})
    post.configure(database="postgresql+psycopg://desk:hunter22@127.0.0.1:9/none")
    for arguments in (
        ("config", "show"),
        ("config", "show", "--sources"),
        ("config", "show", "--sources", "--json"),
        ("check",),
        ("db", "current"),
    ):
        said = monitor(*arguments)
        assert "c2VjcmV0" not in said.out + said.err
        assert "hunter22" not in said.out + said.err
    assert "{file: key}" in monitor("config", "show", "--sources").out


def test_config_show_says_where_a_list_comes_from(post, monitor):
    said = monitor("config", "show", "--sources").out
    line = next(line for line in said.splitlines() if line.startswith("http.allow_networks"))
    assert "monitor.yaml:" in line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.opml", OPML),
        ("f.yaml", "feeds:\n- {url: https://quay.example.org/rss, outlet: Quay, tags: [west]}\n"),
        ("f.csv", "url,outlet\nhttps://quay.example.org/rss,Quay\n"),
        ("f.txt", "# mine\nhttps://quay.example.org/rss  # the quay\n"),
    ],
)
def test_feeds_come_in_and_go_out_again(post, monitor, tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert "would add" in monitor("feeds", "import", str(tmp_path / name), "--dry-run").out
    assert monitor("feeds", "import", str(tmp_path / name)).code == 0
    for form in ("opml", "yaml"):
        target = tmp_path / f"out.{form}"
        said = monitor("feeds", "export", str(target))
        assert (said.code, said.out.startswith(f"wrote {target}: ")) == (0, True)
        known = monitor("feeds", "import", str(target), "--json").json
        assert (known["added"], len(known["known"])) == ([], 2)
        again = monitor("feeds", "import", str(target), "--json").json
        assert again == known


def test_tags_and_outlets_survive_opml(post, monitor, tmp_path):
    url = "https://quay.example.org/rss"
    monitor("feeds", "add", url, "--outlet", "Quay", "--tag", "west", "--tag", "port")
    target = tmp_path / "out.opml"
    monitor("feeds", "export", str(target))
    monitor("feeds", "remove", url)
    monitor("feeds", "import", str(target))
    row = next(row for row in monitor("feeds", "list", "--json").json if row["url"] == url)
    assert (row["outlet"], row["tags"]) == ("Quay", ["west", "port"])


def test_a_list_from_standard_input(post):
    said = post.run("feeds", "import", "-", text="url,name\nhttps://quay.example.org/rss,quay\n")
    assert (said.code, said.out) == (0, "added https://quay.example.org/rss\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("f.opml", b"<opml><body>"),
        ("f.yaml", b"feeds: {"),
        ("f.yaml", b"feeds: 7"),
        ("f.csv", b"name\nx\n"),
        ("f.txt", b"not an address\n"),
        ("f.txt", b"\xff\xfe\x00"),
        ("f.yaml", b"[" * 30_000),
    ],
)
def test_garbage_adds_nothing_and_says_what_it_is(post, monitor, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    said = monitor("feeds", "import", str(tmp_path / name))
    assert said.code == 2
    assert said.err.startswith(f"error: 1 mistake; nothing was added\n{tmp_path / name}")
    monitor("db", "upgrade")
    assert len(monitor("feeds", "list", "--json").json) == 1


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("f.txt", "https://quay.example.org/rss\n\nnowhere\n", ":3: nowhere: "),
        ("f.csv", "url,name\nhttps://quay.example.org/rss,quay\nnowhere,x\n", ":3: nowhere: "),
        (
            "f.yaml",
            "feeds:\n  - https://quay.example.org/rss\n\n  - {url: nowhere}\n",
            ":4: nowhere: ",
        ),
        ("f.opml", OPML.replace("</body>", "<outline xmlUrl='nowhere' text='X'/></body>"), "'X'"),
    ],
)
def test_the_good_lines_of_a_bad_list_are_added(post, tmp_path, name, text, line):
    (tmp_path / name).write_text(text)
    said = post.run("feeds", "import", str(tmp_path / name))
    assert (said.code, said.out) == (2, "added https://quay.example.org/rss\n")
    assert said.err.startswith(f"error: 1 mistake; the others were added\n{tmp_path / name}")
    assert line in said.err


def test_a_feed_is_paused_resumed_and_removed(post, monitor):
    url = "https://quay.example.org/rss"
    assert monitor("feeds", "add", "nowhere").code == 2
    assert monitor("feeds", "add", url, "--name", "quay").out == f"added {url}\n"
    assert monitor("feeds", "add", url).out == f"{url} is there already\n"
    assert monitor("feeds", "pause", "quay", "--dry-run").out == f"would set {url} to paused\n"
    assert monitor("feeds", "pause", "quay").out == f"{url}: paused\n"
    states = {row["url"]: row["state"] for row in monitor("feeds", "list", "--json").json}
    assert states[url] == "paused"
    assert monitor("feeds", "resume", "quay").out == f"{url}: active\n"
    assert monitor("feeds", "remove", "quay").out == f"{url}: removed\n"
    for verb in ("remove", "pause", "resume"):
        assert monitor("feeds", verb, "quay").code == 2
    assert "feeds.yaml" in monitor("feeds", "remove", "a").err


def test_beats_are_listed_shown_and_linted(post, monitor, tmp_path):
    assert monitor("beats", "list", "--json").json[0]["signals"] == 2
    assert "signal undone" in monitor("beats", "show", "cleared").out
    assert monitor("beats", "show", "x").code == 2
    (tmp_path / "x.yaml").write_text("name: x\n")
    said = monitor("beats", "lint", str(tmp_path / "x.yaml"), "--json")
    assert (said.code, said.json[0]["line"]) == (8, 1)
    assert monitor("beats", "lint", str(tmp_path)).code == 2


def test_rejudge_tells_nobody_unless_asked_to(post, monitor):
    post.story("/a", CASE, SENTENCES)
    beat = post.folder / "beats" / "cleared.yaml"
    good = beat.read_text()
    beat.write_text(good.replace("threshold: 5", "threshold: 50"))
    monitor("run-once")
    beat.write_text(good)
    assert monitor("backtest", "--json").json["added"][0]["title"] == CASE
    assert monitor("rejudge", "--since", "1d", "--dry-run").out == "would judge 1 article again\n"
    assert monitor("rejudge", "--since", "1d", "--json").json == {"judged": 1, "hits": 1}
    assert post.posts() == []
    assert monitor("rejudge", "--since", "soon").code == 2


def test_the_database_is_brought_to_head_checked_and_pruned(post, monitor):
    assert monitor("db", "current").code == 4
    assert monitor("db", "upgrade", "--dry-run").out.startswith("would go from nothing to ")
    assert monitor("db", "upgrade").code == 0
    assert monitor("db", "current").code == 0
    assert "no damage found" in monitor("db", "check").out
    assert monitor("db", "prune", "--json").json == {"articles": 0, "entries": 0, "dry_run": False}
    said = monitor("healthcheck")
    assert (said.code, "no feed was ever polled" in said.out) == (8, True)
    monitor("run-once")
    assert monitor("healthcheck").code == 0
    assert monitor("healthcheck", "--json").json["ok"] is True


def test_a_backup_is_whole_while_another_writes_and_never_overwrites(post, monitor, tmp_path):
    post.story("/a", CASE, SENTENCES)
    monitor("run-once")
    target, over = tmp_path / "b.db", threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(post.folder / "monitor.db", timeout=30)) as file:
            while not over.is_set():
                file.execute("UPDATE articles SET outlet = outlet || 'x'")
                file.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        said = monitor("db", "backup", str(target))
    finally:
        over.set()
        writer.join()
    assert (said.code, said.out) == (0, f"wrote {target}: {target.stat().st_size:,} bytes\n")
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    size = target.stat().st_size
    said = monitor("db", "backup", str(target))
    assert (said.code, "exists already and is left alone" in said.err) == (2, True)
    assert target.stat().st_size == size
    said = monitor("db", "backup", str(tmp_path / "copies" / "b.db"))
    assert (said.code, f"there is no folder {tmp_path}/copies; make it" in said.err) == (2, True)
    assert not (tmp_path / "copies").exists()


def test_results_end_quietly_when_nobody_reads_them_on(post):
    import subprocess
    import sys

    line = f"{sys.executable} -m monitor -c {post.folder} config show --json | true"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_version_and_help_need_no_configuration(tmp_path):
    assert command("--version").out.startswith("monitor, version ")
    assert "run-once" in command("--help").out
