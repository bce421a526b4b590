"""Mail servers that do everything wrong at once, one alert to all: what people then read."""

import re
import ssl
from contextlib import ExitStack
from typing import Any

import pytest
import trustme

from tests.cli.desk import CASE, SENTENCES, Said, outlet
from tests.trouble.offices import HANG, HANG_UP, Script, office
from tests.world import open_site

ANN, BEN = "ann@example.org", "ben@example.org"
PASSWORD = "correct-horse-9"
FOREIGN = re.compile(r"Errno|Traceback|Error\b|Exception|_ssl|\[SSL|\(b'|smtplib|gaierror")
LOGIN = {"user": "m", "password": PASSWORD}

# name: the server, settings of the channel, state, reason, what is said after the server's name
BAD: dict[str, tuple[Script, dict[str, Any], str, str, str]] = {
    "refuses at once": (
        Script(answers={"greeting": "554 5.7.1 we know you"}),
        {},
        "pending",
        "smtp_554",
        "it answered 554 5.7.1 we know you; ask who runs it",
    ),
    "accepts and hangs": (
        Script(answers={"greeting": HANG}),
        {},
        "pending",
        "timeout",
        "no answer in time (smtp.timeout); check smtp.host and smtp.port",
    ),
    "takes the mail and hangs": (
        Script(answers={".": HANG}),
        {},
        "pending",
        "timeout",
        "no answer in time (smtp.timeout); check smtp.host and smtp.port",
    ),
    "hangs up in the middle": (
        Script(answers={"MAIL": HANG_UP}),
        {},
        "pending",
        "connection",
        "it hung up in the middle; ask who runs it",
    ),
    "speaks something else": (
        Script(answers={"greeting": "SSH-2.0-quay"}),
        {},
        "pending",
        "smtp",
        "it does not speak SMTP as it should; check host and port",
    ),
    "offers no login": (
        Script(),
        LOGIN,
        "pending",
        "no_login",
        (
            "it offers no login that is known here, but smtp.user is set; set smtp.tls to starttls"
            " or tls, where many offer it, or take smtp.user away"
        ),
    ),
    "offers only a strange login": (
        Script(offers=("AUTH GSSAPI NTLM",)),
        LOGIN,
        "pending",
        "no_login",
        (
            "it offers no login that is known here, but smtp.user is set; set smtp.tls to starttls"
            " or tls, where many offer it, or take smtp.user away"
        ),
    ),
    "refuses the password": (
        Script(offers=("AUTH PLAIN",), answers={"AUTH": f"535 5.7.8 {PASSWORD} is wrong"}),
        LOGIN,
        "pending",
        "login_refused",
        "it refused the login: 535 5.7.8 *** is wrong; check smtp.user and smtp.password",
    ),
    "offers no STARTTLS": (
        Script(),
        {"tls": "starttls"},
        "pending",
        "no_starttls",
        "it offers no STARTTLS, so nothing was sent; check smtp.tls and smtp.port",
    ),
    "greylists": (
        Script(answers={"RCPT": "451 4.7.1 come back later"}),
        {},
        "pending",
        "smtp_451",
        f"it refused the recipient {ANN}: 451 4.7.1 come back later",
    ),
    "refuses the sender": (
        Script(answers={"MAIL": "550 who is that"}),
        {},
        "pending",
        "smtp_550",
        "it refused the sender night@example.org: 550 who is that; check the channel's sender",
    ),
    "refuses the mail": (
        Script(answers={".": "554 5.7.1 spam"}),
        {},
        "dead",
        "smtp_554",
        "it refused the mail: 554 5.7.1 spam; ask who runs it why, then `monitor alerts retry`",
    ),
    "is full": (
        Script(answers={".": "452 4.3.1 full"}),
        {},
        "pending",
        "smtp_452",
        "it refused the mail: 452 4.3.1 full",
    ),
    "is not there": (
        Script(),
        {"port": 9},
        "pending",
        "connection_refused",
        "connection refused, nothing listens there; check host and port",
    ),
    "has no name": (
        Script(),
        {"host": "smtp.invalid"},
        "pending",
        "dns",
        "its name does not resolve; check its spelling, and the name server of this host",
    ),
    "speaks no TLS": (
        Script(),
        {"tls": "tls"},
        "pending",
        "tls",
        (
            "no encrypted connection: it speaks no TLS there; check the port, and whether it is to"
            " be encrypted; check smtp.tls (starttls for port 587, tls for 465)"
        ),
    ),
    "nobody vouches for": (
        Script(offers=("a certificate",)),
        {"tls": "tls"},
        "pending",
        "certificate",
        (
            "nobody known to this host vouches for its certificate; name its authority in"
            " smtp.ca_file, or use the name the certificate is for"
        ),
    ),
}


def slug(name: str) -> str:
    return name.replace(" ", "-")


def certified() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(made)
    return made


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, list[Any], Said]:
    """One alert to every one of these servers: the run, its deliveries, and what `dead` lists."""
    with ExitStack() as stack:
        site = stack.enter_context(open_site())
        post = outlet(tmp_path_factory.mktemp("mail") / "config", site)
        post.story("/a", CASE, SENTENCES)
        channels: dict[str, Any] = {}
        servers = {name: (script, smtp) for name, (script, smtp, *_) in BAD.items()}
        servers["knows one of two"] = (Script(answers={f"RCPT TO:<{ANN}": "550 5.1.1 no Ann"}), {})
        for name, (script, smtp) in servers.items():
            tls = certified() if script.offers == ("a certificate",) else None
            port = stack.enter_context(office(script, tls))
            server = {"host": "127.0.0.1", "port": port, "tls": "none", "timeout": "2s", **smtp}
            to = [ANN, BEN] if name == "knows one of two" else [ANN]
            channels[slug(name)] = {
                "type": "email", "to": to, "sender": "night@example.org", "smtp": server,
            }  # fmt: skip
        route = {"beat": "cleared", "stages": ["vacated"], "to": list(channels)}
        post.configure(alerts={"channels": channels, "routes": [route]})
        said = post.run("run-once", "--json")
        sent = post.run("alerts", "list", "--json").lines
        return said, sent, post.run("alerts", "list", "--state", "dead")


def of(sent: list[Any], name: str) -> dict[str, Any]:
    return {row["recipient"]: row for row in sent if row["channel"] == slug(name)}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_mail_server_is_told_by_name_trouble_and_remedy(ran: Any, name: str) -> None:
    _, _, state, reason, words = BAD[name]
    row = of(ran[1], name)[ANN]
    assert (row["state"], row["reason"]) == (state, reason)
    place, _, told = row["detail"].removeprefix("mail server ").partition(": ")
    assert told == words
    assert place.rpartition(":")[2].isdigit()
    assert (row["due_at"] is None) == (state == "dead")


def test_who_is_refused_is_a_dead_letter_and_the_others_are_told(ran: Any) -> None:
    rows = of(ran[1], "knows one of two")
    assert rows[BEN]["state"] == "sent"
    assert rows[ANN]["state"] == "dead"
    words = f"it refused the recipient {ANN}: 550 5.1.1 no Ann; correct the address, then `monitor"
    assert words in rows[ANN]["detail"]


def test_the_run_ends_by_saying_that_there_are_dead_letters(ran: Any) -> None:
    said, sent, dead = ran
    assert said.code == 7
    assert said.json["crashed"] == 0
    states = [row["state"] for row in sent if row["kind"] == "opened"]
    assert (states.count("sent"), states.count("dead")) == (1, 2)
    number = said.json["alerts"]["dead"]  # and what was to tell of them through the other servers
    assert f"{number} alerts could not be delivered; see `monitor alerts list" in said.err
    assert "it refused the mail: 554 5.7.1 spam" in dead.out


def test_neither_password_nor_the_words_of_a_library_are_shown(ran: Any) -> None:
    said, sent, _ = ran
    shown = [said.out, said.err, *(row["detail"] for row in sent)]
    assert [text for text in shown if FOREIGN.search(text) or PASSWORD in text] == []
