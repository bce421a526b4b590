"""Where a configuration is found, and which of two answers counts."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor import config
from monitor.config import EmailChannel
from monitor.config.load import examine, find
from monitor.errors import ConfigError
from tests.config.conftest import Folder


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every place a configuration is looked for, each with one."""
    for name in ("flag", "variable", "here/config", "xdg/monitor"):
        Folder(tmp_path / name).write("monitor.yaml", f"alerts: {{instance: {name}}}")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def test_folders_are_searched_in_the_documented_order(places: Path) -> None:
    environment = {"MONITOR_CONFIG": f"{places}/variable", "XDG_CONFIG_HOME": f"{places}/xdg"}
    assert find(places / "flag", environment) == places / "flag"
    assert find(None, environment) == places / "variable"
    del environment["MONITOR_CONFIG"]
    assert find(None, environment) == Path("config")
    (places / "here/config/monitor.yaml").unlink()
    assert find(None, environment) == places / "xdg/monitor"
    (places / "xdg/monitor/monitor.yaml").unlink()
    with pytest.raises(ConfigError) as caught:
        find(None, environment)
    said = str(caught.value)
    sought = ("config/monitor.yaml", f"{places}/xdg/monitor/monitor.yaml", "/etc/monitor/monitor")
    assert all(place in said for place in sought)
    assert "monitor init" in said


@pytest.mark.parametrize("named", ["flag", "variable"])
def test_a_file_may_be_named_as_well_as_a_folder(folder: Folder, named: str) -> None:
    folder.write("night.yaml", "alerts: {instance: night}")
    path = folder.path / "night.yaml"
    environment = {"MONITOR_CONFIG": str(path)} if named == "variable" else {}
    given = path if named == "flag" else None
    assert config.load(given, environment).alerts.instance == "night"


def test_a_folder_without_a_configuration_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no monitor\.yaml there; write one with `monitor init"):
        find(tmp_path)


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(folder: Folder) -> None:
    folder.write("monitor.yaml", "http: {timeout: 10s, max_body: 2MiB}\nalerts:\n")
    folder.environment = {
        "MONITOR__HTTP__TIMEOUT": "5s",
        "MONITOR__HTTP__ALLOW_NETWORKS": "[127.0.0.0/8]",
        "MONITOR__ALERTS__INSTANCE": "12345",
    }
    found = examine(folder.path, folder.environment)
    settings = found.config
    assert settings.http.timeout == timedelta(seconds=5)
    assert settings.http.max_body == 2 * 2**20
    assert settings.http.allow_networks == ("127.0.0.0/8",)
    assert settings.alerts.instance == "12345"
    assert settings.alerts.retry_for == timedelta(days=2)
    assert found.source(("http", "timeout")) == "$MONITOR__HTTP__TIMEOUT"
    assert found.source(("http", "max_body")) == f"{folder.path}/monitor.yaml:1"
    assert found.source(("alerts", "retry_for")) == "default"


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("sqlite:///var/monitor.db", "sqlite:///{folder}/var/monitor.db"),
        ("sqlite:///../monitor.db", "sqlite:///{parent}/monitor.db"),
        ("sqlite:////srv/monitor.db", "sqlite:////srv/monitor.db"),
        ("postgresql+psycopg://desk@db/news", "postgresql+psycopg://desk@db/news"),
        ("postgresql://desk@db/news", "postgresql://desk@db/news"),
    ],
)
def test_a_relative_database_lies_beside_the_configuration(
    folder: Folder, written: str, understood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("monitor.yaml", f"database: {written}")
    monkeypatch.chdir("/")
    expected = understood.format(folder=folder.path, parent=folder.path.parent)
    assert folder.load().database == expected


def test_a_relative_certificate_lies_beside_the_configuration(folder: Folder) -> None:
    folder.write(
        "monitor.yaml",
        """
        alerts:
          channels:
            desk: {type: email, to: a@b.example, smtp: {host: m, ca_file: tls/own.pem}}
        """,
    )
    desk = folder.load().alerts.channels["desk"]
    assert isinstance(desk, EmailChannel)
    assert desk.smtp.ca_file == folder.path / "tls/own.pem"


def test_a_group_without_content_keeps_its_defaults(folder: Folder) -> None:
    folder.write("monitor.yaml", "http:\nalerts:\n  channels:\n  routes:\nretention:\n  entries:\n")
    settings = folder.load()
    assert settings.http.timeout == timedelta(seconds=30)
    assert settings.retention.entries == timedelta(days=365)
    assert settings.alerts.channels == {}


def test_feeds_come_from_both_lists_and_opml_folders_become_tags(folder: Folder) -> None:
    folder.write("feeds.yaml", "feeds:\n- {url: https://a.example/feed, outlet: A, tags: west}\n")
    folder.write(
        "feeds.opml",
        """
        <opml version="2.0"><body>
          <outline text="California">
            <outline text="B" xmlUrl="https://b.example/rss"/>
            <outline text="C" title="The C" xmlUrl="https://c.example/rss"/>
          </outline>
          <outline text="D" xmlUrl="https://d.example/rss"/>
        </body></opml>
        """.strip(),
    )
    assert [(feed.url, feed.outlet, feed.tags) for feed in folder.load().feeds] == [
        ("https://a.example/feed", "A", ("west",)),
        ("https://d.example/rss", "D", ()),
        ("https://b.example/rss", "B", ("California",)),
        ("https://c.example/rss", "The C", ("California",)),
    ]


def test_beats_and_gazetteers_are_found_by_their_file(folder: Folder) -> None:
    folder.write("beats/harbour.yaml", "name: harbour").write("beats/notes.txt", "not a beat")
    folder.write("gazetteers/ports.yml", "entries: []")
    settings = folder.load()
    assert settings.beats == {f"{folder.path}/beats/harbour.yaml": "name: harbour"}
    assert settings.gazetteers == {"ports": folder.path / "gazetteers/ports.yml"}
