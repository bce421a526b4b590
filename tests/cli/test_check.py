"""`check` says what is wrong, what is unwise, and who got the test message."""

import os
import socket

import pytest

from tests.cli.desk import SECRET, command
from tests.world import Reply

MAIL = {"type": "email", "to": ["a@quay.example", "b@quay.example"]}


def lines(said) -> list[str]:
    return said.out.splitlines()


def test_one_of_each_is_said_in_the_singular(post, monitor):
    said = monitor("check")
    assert said.code == 0
    assert lines(said)[-1] == (f"{post.folder}: no mistakes; 1 feed, 1 beat, 1 channel, 1 route")
    post.feeds(post.site.url("/feed.xml"), post.site.url("/other.xml"))
    assert "2 feeds, 1 beat" in lines(monitor("check"))[-1]
    assert monitor("config", "show").out.startswith(f"# {post.folder}: 2 feeds, 1 beat\n")


def test_a_test_message_is_told_with_its_channel_its_kind_and_who_got_it(post, monitor):
    said = monitor("check", "--send")
    host = post.site.url("/hook").removesuffix("/hook")
    assert said.code == 0
    assert f"channel hook (webhook): test message sent to {host}" in lines(said)
    told = monitor("check", "--send", "--json").json
    assert told["sent"] == [
        {"channel": "hook", "kind": "webhook", "to": host, "ok": True, "problem": ""}
    ]
    assert len(post.posts()) == 2


def test_each_recipient_that_got_no_test_message_is_named(post, monitor):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        smtp = {"host": "127.0.0.1", "port": port, "tls": "none"}
        hook = {"type": "webhook", "url": post.site.url("/hook"), "secret": SECRET}
        route = {"beat": "cleared", "to": ["desk", "hook"]}
        channels = {"desk": {**MAIL, "smtp": smtp}, "hook": hook}
        post.configure(alerts={"channels": channels, "routes": [route]})
        post.site.serve("/hook", Reply(status=401))
        said = monitor("check", "--send")
    assert said.code == 8
    for start in ("desk: a@quay.example: ", "desk: b@quay.example: ", "hook: http://127.0.0.1"):
        assert any(line.startswith(f"channel {start}") for line in lines(said)), said.out
    assert "test message sent" not in said.out


def test_nothing_is_sent_while_the_configuration_has_mistakes(post, monitor):
    post.configure(databse="x")
    assert monitor("check", "--send", "--feeds").code == 3
    assert post.site.requests == []


def test_a_missing_package_is_noticed_before_an_alert_needs_it(post, tmp_path):
    (tmp_path / "apprise.py").write_text("raise ImportError")
    channels = {"phone": {"type": "apprise", "url": {"env": "PHONE"}}}
    route = {"beat": "cleared", "to": ["phone"]}
    post.configure(alerts={"channels": channels, "routes": [route]})
    arguments = ("-c", str(post.folder), "check", "--send")
    said = command(*arguments, cwd=tmp_path, PHONE="json://127.0.0.1/")
    assert said.code == 8
    assert lines(said) == [
        (
            "channel phone: needs the package apprise, which is not installed; "
            "install newsroom-monitor[apprise], or apprise by itself"
        ),
        "1 mistake",
    ]


def test_a_missing_database_driver_is_told_with_what_to_install(post, tmp_path):
    (tmp_path / "psycopg.py").write_text("raise ImportError")
    post.configure(database="postgresql://desk@127.0.0.1:9/none")
    said = command("-c", str(post.folder), "check", cwd=tmp_path)
    assert said.code == 8
    assert "psycopg" in lines(said)[0]
    assert "postgres" in lines(said)[0]
    assert "pip install" not in said.out


PLAIN = """
database: postgresql://desk:hunter2@127.0.0.1:9/none
alerts:
  channels:
    desk: {type: email, to: a@quay.example, smtp: {host: mail.example, password: hunter2}}
    hook: {type: webhook, url: "https://quay.example/h", secret: plain words}
    late: {type: webhook, url: "https://quay.example/h", secret: {env: SHORT}}
    chat: {type: slack, url: "https://hooks.example/hunter2"}
  routes: [{beat: cleared, to: [desk, hook, late, chat]}]
"""


def test_a_secret_that_stands_in_the_file_is_allowed_but_warned_of(post, monitor, monkeypatch):
    monkeypatch.setenv("SHORT", "whsec_c2hvcnQ=")
    (post.folder / "monitor.yaml").write_text(PLAIN)
    said = monitor("check")
    file = f"warning: {post.folder / 'monitor.yaml'}"
    make = "make one: `echo whsec_$(openssl rand -base64 24)`"
    in_file = "a secret stands in the file; write {env: %s} or {file: PATH} instead"
    assert [line for line in lines(said) if line.startswith("warning")] == [
        (
            f"{file}:2: database: a password stands in the file; "
            "write {env: DATABASE} or {file: PATH} instead"
        ),
        f"{file}:5: alerts.channels.desk.smtp.password: {in_file % 'DESK_SMTP_PASSWORD'}",
        f"{file}:6: alerts.channels.hook.secret: {in_file % 'HOOK_SECRET'}",
        (
            f"{file}:6: alerts.channels.hook.secret: is no whsec_ key, so it signs as the bytes of "
            "its text: give it to the receiver's Standard Webhooks library as raw bytes, or make "
            "a key: `echo whsec_$(openssl rand -base64 24)`"
        ),
        (
            f"{file}:7: alerts.channels.late.secret: is shorter than the 24 bytes that Standard "
            f"Webhooks asks for; {make}"
        ),
        f"{file}:8: alerts.channels.chat.url: {in_file % 'CHAT_URL'}",
    ]
    assert "hunter2" not in said.out
    told = monitor("check", "--json").json
    assert [row["line"] for row in told["warnings"]] == [2, 5, 6, 6, 7, 8]


def test_warnings_alone_are_no_failure(post, monitor):
    said = monitor("check")
    assert said.code == 0
    assert lines(said)[0].startswith("warning: ")
    assert "alerts.channels.hook.secret" in lines(said)[0]


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (
            "whsec_not base64",
            "begins with whsec_ but what follows is not base64; make one: `echo whsec_$(openssl",
        ),
        ("whsec_", "begins with whsec_ but what follows is not base64; make one:"),
        ("''", "is empty; make one: `echo whsec_$(openssl rand -base64 24)`"),
        ("{env: NOT_SET}", "environment variable NOT_SET is not set; set it, or use {file: PATH}"),
        ("{env: EMPTY}", "environment variable EMPTY is empty; set it, or use {file: PATH}"),
        ("{file: key}", "secret file %s/key cannot be read: No such file or directory; write it"),
        ("{file: beats}", "secret file %s/beats is a folder, not a file; move it away"),
        ("{file: pipe}", "secret file %s/pipe is a pipe, not a file; write a file"),
        ("{file: latin}", "secret file %s/latin is not UTF-8 (byte 2); save it as UTF-8"),
        ("[a]", "must be one text, not a list or a group of settings"),
        ("5", "must be text; put it in quotes"),
    ],
)
def test_a_secret_that_cannot_be_had_is_told_by_its_key(post, monitor, monkeypatch, secret, said):
    monkeypatch.setenv("EMPTY", "")
    os.mkfifo(post.folder / "pipe")
    (post.folder / "latin").write_bytes(b"ab\xff")
    (post.folder / "monitor.yaml").write_text(
        "alerts:\n  channels:\n"
        f"    hook: {{type: webhook, url: 'https://quay.example/h', secret: {secret}}}\n"
    )
    told = monitor("check")
    assert told.code == 3
    said = said.replace("%s", str(post.folder))
    assert f"monitor.yaml:3: alerts.channels.hook.secret: {said}" in told.out
    assert "not base64}" not in told.out
