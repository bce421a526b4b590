"""One line per unit of work, whatever is in it, and nothing on stdout."""

import json
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from monitor.log import Log, setup

log = Log("test")


@pytest.fixture(autouse=True)
def _quiet_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("monitor").setLevel(logging.NOTSET)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


def test_a_line_is_the_event_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    setup(verbosity=1)
    log.info("polled", feed="Gazette", new=3, took="2 s", note="")
    (line,) = lines(capsys)
    assert line.split(" ", 1)[1] == 'info    polled feed=Gazette new=3 took="2 s" note=""'


@pytest.mark.parametrize(
    ("verbosity", "heard"),
    [
        (-1, ["crashed"]),
        (0, ["slow", "crashed"]),
        (1, ["polled", "slow", "crashed"]),
        (2, ["asked", "polled", "slow", "crashed"]),
    ],
)
def test_each_level_says_what_it_promises(
    capsys: pytest.CaptureFixture[str], verbosity: int, heard: list[str]
) -> None:
    setup(verbosity=verbosity, form="json")
    log.debug("asked")
    log.info("polled")
    log.warning("slow")
    log.bug(KeyError("x"))
    assert [json.loads(line)["event"] for line in lines(capsys)] == heard


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "hostile",
    ["a\n2026-01-01 error forged", "a\rb", "\x1b[2J\x9b1m", "a\u2028b", "\u202eright", "\ud800"],
)
def test_no_headline_can_forge_a_line_or_steer_a_terminal(
    capsys: pytest.CaptureFixture[str], form: str, hostile: str
) -> None:
    setup(form=form)
    log.warning("not read", title=hostile)
    logging.getLogger("elsewhere").error("about %s", hostile)
    said = lines(capsys)
    assert len(said) == 2
    if form == "text":
        assert all(line.isprintable() for line in said)
    else:
        assert json.loads(said[0])["title"] == hostile


def test_json_fields_cannot_replace_the_event(capsys: pytest.CaptureFixture[str]) -> None:
    setup(form="json")
    log.warning("real", level="info", time="never", n=1, ok=True, none=None)
    line = json.loads(lines(capsys)[0])
    assert (line["event"], line["level"]) == ("real", "warning")
    assert line["time"] != "never"
    assert (line["n"], line["ok"], line["none"]) == (1, True, None)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bug_shows_its_traceback(capsys: pytest.CaptureFixture[str], form: str) -> None:
    setup(form=form)
    try:
        {}["missing"]
    except KeyError as error:
        log.bug(error, room="read", item=7)
    said = lines(capsys)
    assert "crashed" in said[0]
    assert "KeyError: 'missing'" in said[-1]
    assert (len(said) == 1) is (form == "json")


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_stay_hidden_and_long_texts_are_cut(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    setup(form=form)
    log.warning("odd", password=SecretStr("hunter2"), body="x" * 10_000_000)
    (line,) = lines(capsys)
    assert "hunter2" not in line
    assert len(line) < 3000
