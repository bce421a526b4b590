"""Whatever is wrong in a configuration is said at once, with its file, line and remedy."""

import pytest

from tests.config.conftest import Folder

EVERYTHING = """
    database: sqlite:///var/monitor.db
    htpp: {timeout: 3s}
    http:
      timeot: 30s
      max_body: ten
      allow_networks: [10.0.0.1/8]
    alerts:
      channels:
        desk:
          type: email
          to: [desk@example.org, "not an address"]
          smtp: {host: mail.example.org, port: 70000, password: {env: NOT_SET}}
        hook: {type: webhok, url: "https://news.example/hook", secret: abc}
        chat: {url: "slack://a/b/c"}
      routes:
        - {beat: exonerations, to: [desk], stages: [vacatd]}
    retention: 8080
"""


def test_every_mistake_is_reported_at_once_with_its_line(folder: Folder) -> None:
    said = folder.write("monitor.yaml", EVERYTHING).mistakes()
    assert [line.split(": ", 2)[0] for line in said] == [
        f"monitor.yaml:{number}" for number in (3, 5, 6, 7, 12, 13, 13, 14, 15, 17, 18)
    ]
    assert said == [
        "monitor.yaml:3: htpp: unknown key 'htpp'; did you mean 'http'?",
        "monitor.yaml:5: http.timeot: unknown key 'timeot'; did you mean 'timeout'?",
        "monitor.yaml:6: http.max_body: 'ten' is not a size; write for example 10MiB",
        (
            "monitor.yaml:7: http.allow_networks.0: '10.0.0.1/8' is an address inside a network; "
            "write 10.0.0.0/8 or the address alone"
        ),
        (
            "monitor.yaml:12: alerts.channels.desk.to.1: 'not an address' is not an email address; "
            "write for example desk@example.org"
        ),
        (
            "monitor.yaml:13: alerts.channels.desk.smtp.password: environment variable NOT_SET "
            "is not set; set it, or use {file: PATH}"
        ),
        "monitor.yaml:13: alerts.channels.desk.smtp.port: is too large; the most is 65535",
        "monitor.yaml:14: alerts.channels.hook: unknown type 'webhok'; did you mean 'webhook'?",
        (
            "monitor.yaml:15: alerts.channels.chat: `type` is missing; "
            "add one of email, webhook, slack, discord, teams, apprise"
        ),
        (
            "monitor.yaml:17: alerts.routes.0.stages.0: 'vacatd' is not known here; did you mean "
            "'vacated'? choose from claim, hearing, vacated, retrial_ordered, exonerated, "
            "compensation, reversed, unknown"
        ),
        "monitor.yaml:18: retention: must be a group of settings, `key: value`",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("timeout: 30s", "unknown key 'timeout'; known here: database, http, read, alerts"),
        ("http: {databse: x}", "unknown key 'databse'; known here: contact, timeout, max_body"),
        ("http: {timeout: 0s}", "http.timeout: is too small; write more than 0 seconds"),
        ("http: {timeout: -3}", "-3 is not a duration; write for example 30s"),
        ("http: {timeout: 99999999999999d}", "is longer than anybody can wait"),
        (f"http: {{max_body: {'9' * 400}G}}", "is more than any disk holds"),
        ("http: {contact: 5}", "http.contact: must be text; put it in quotes"),
        ('http: {contact: "a\\r\\nX-Evil: 1"}', "must be one line of plain text"),
        ("database: mysql://u:hunter2@h/db", "is not a database; write sqlite:///FILE"),
        ("database: sqlite://", "is not a database; write sqlite:///FILE"),
        ("retention: {articles: true}", "retention.articles: True is not a duration"),
        ("feeds: []", "feeds: does not belong here but in"),
        ("alerts: {routes: [{beat: b, to: []}]}", "to: is empty; give at least one"),
        ("alerts: {channels: {a: {type: email, to: a@b.c}}}", "smtp: is missing; add it"),
        ("- a\n- b", "must be a group of settings, such as `database: …`"),
        ("http: {timeout: 1s}\nhttp: {timeout: 2s}", "2: http: is given twice; keep one"),
        ("database: !vault abc", "the tag !vault means nothing here; remove it"),
        (
            "alerts: {channels: {s: {type: slack, url: 'https://h:99999/'}}}",
            "is not an http or https",
        ),
    ],
)
def test_a_mistake_says_what_to_write_instead(folder: Folder, text: str, said: str) -> None:
    first, *_ = folder.write("monitor.yaml", text).mistakes()
    assert first.startswith("monitor.yaml:")
    assert said in first


def test_broken_yaml_is_shown_with_a_caret(folder: Folder) -> None:
    (said,) = folder.write("monitor.yaml", "http:\n  timeout: [30s\ndesk: {}\n").mistakes()
    head, excerpt, caret = said.splitlines()
    problem = "the list that begins with [ is not closed, or lacks a comma"
    assert head == f"monitor.yaml:3:5: is not YAML: {problem}"
    assert (excerpt.strip(), caret.strip()) == ("desk: {}", "^")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"database: caf\xe9", "monitor.yaml: is not UTF-8 (byte 13); save it as UTF-8"),
        ("database: x".encode("utf-16"), "monitor.yaml: is not UTF-8 (byte 0); save it as UTF-8"),
        (
            b"# a\ndatabase: \x00",
            "monitor.yaml:2:11: is not YAML: a control character stands here; ",
        ),
        (b"a: 1\n---\nb: 2\n", "a second document begins here; keep one in a file"),
    ],
)
def test_a_file_that_is_no_text_is_named(folder: Folder, content: bytes, said: str) -> None:
    assert said in folder.write("monitor.yaml", content).mistakes()[0]


def test_a_byte_order_mark_is_no_mistake(folder: Folder) -> None:
    folder.write("monitor.yaml", b"\xef\xbb\xbfhttp: {timeout: 5s}")
    assert folder.load().http.timeout.total_seconds() == 5


BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "holds more than 200,000 values; write it out"),
        ("a: &a [*a]", "an alias contains itself; write it out"),
        ("a: " + "[" * 100_000, "line 1 is nested more than 40 levels deep; write it out"),
        ("\n".join(f"{' ' * n}a:" for n in range(1000)), "is nested more than 40 levels deep"),
    ],
    ids=["billion laughs", "an alias of itself", "100,000 deep", "1,000 deep blocks"],
)
def test_a_file_made_to_exhaust_us_is_refused(folder: Folder, text: str, said: str) -> None:
    assert said in folder.write("monitor.yaml", text).mistakes()[0]


def test_an_unknown_channel_in_a_route_gets_a_suggestion(folder: Folder) -> None:
    folder.write(
        "monitor.yaml",
        """
        alerts:
          channels:
            slack: {type: apprise, url: "slack://a/b/c"}
          routes:
            - {beat: exonerations, to: slak}
        """,
    )
    assert folder.mistakes() == [
        "monitor.yaml:6: alerts.routes.0.to: no channel is called 'slak'; did you mean 'slack'?"
    ]


def test_a_mistyped_variable_is_named(folder: Folder) -> None:
    folder.environment = {
        "MONITOR__HTPP__TIMEOUT": "3s",
        "MONITOR__HTTP__TIMEOT": "3s",
        "MONITOR__RETENTION__ENTRIES": "many",
        "MONITOR__DATABASE__URL": "x",
    }
    assert folder.mistakes() == [
        (
            "$MONITOR__DATABASE__URL: database.url: database is no group of settings; "
            "set it in monitor.yaml"
        ),
        "$MONITOR__HTPP__TIMEOUT: htpp: unknown key 'htpp'; did you mean 'http'?",
        "$MONITOR__HTTP__TIMEOT: http.timeot: unknown key 'timeot'; did you mean 'timeout'?",
        (
            "$MONITOR__RETENTION__ENTRIES: retention.entries: 'many' is not a duration; "
            "write for example 30s, 5m, 2h or 7d"
        ),
    ]


def test_a_feed_listed_twice_is_named_with_both_places(folder: Folder) -> None:
    folder.write(
        "feeds.yaml",
        """
        feeds:
          - {url: ftp://news.example/a}
          - {url: https://news.example/feed, outlet: Gazette}
          - https://news.example/feed
          - {url: https://news.example/other, outlt: Gazette}
          - 5
        """,
    )
    assert folder.mistakes() == [
        (
            "feeds.yaml:3: feeds.0.url: 'ftp://news.example/a' is not an http or https address; "
            "write for example https://example.org/feed"
        ),
        (
            "feeds.yaml:5: feeds.2: feed https://news.example/feed is listed twice (see line 4); "
            "keep one"
        ),
        "feeds.yaml:6: feeds.3.outlt: unknown key 'outlt'; did you mean 'outlet'?",
        "feeds.yaml:7: feeds.4: must be a group of settings, `key: value`",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed:\n- https://news.example/a", "unknown key 'feed'; did you mean 'feeds'?"),
        ("feeds: https://news.example/a", "feeds: must be a list, such as"),
        ("feeds: {a: b}", "feeds: must be a list, such as"),
        ("- https://news.example/a", "must hold `feeds:` and a list"),
    ],
)
def test_a_feed_list_of_another_shape_is_refused(folder: Folder, text: str, said: str) -> None:
    assert said in folder.write("feeds.yaml", text).mistakes()[0]


@pytest.mark.parametrize("text", ["", "feeds:\n", "feeds: []\n", "# nothing yet\n"])
def test_an_empty_feed_list_is_no_mistake(folder: Folder, text: str) -> None:
    assert folder.write("feeds.yaml", text).load().feeds == ()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<opml><body>", "feeds.opml:1:13: is not OPML: it ends too soon; export it again"),
        (
            '<?xml version="1.0" encoding="klingon"?><opml/>',
            "is not OPML: its encoding is not known; save it as UTF-8",
        ),
        ('<opml><outline text="A" xmlUrl="ftp://x"/></opml>', "outline 'A': 'ftp://x' is not"),
    ],
)
def test_a_broken_opml_file_is_explained(folder: Folder, document: str, said: str) -> None:
    assert said in folder.write("feeds.opml", document).mistakes()[0]


def test_a_beat_file_that_is_no_text_is_named(folder: Folder) -> None:
    folder.write("beats/harbour.yaml", b"name: caf\xe9")
    assert folder.mistakes() == ["beats/harbour.yaml: is not UTF-8 (byte 9); save it as UTF-8"]
