"""Names, ids and filters that fit nothing: what is said, and that nothing is changed."""

import os
import pty
import subprocess
import sys

import pytest

from tests.cli.desk import CASE, ROOT, SENTENCES, environment


@pytest.fixture
def told(post, monitor):
    """An outlet whose one case was told."""
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    return post


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hits show 999", "there is no hit 999; see `monitor hits list`"),
        ("hits label 999 confirmed", "there is no hit 999; see `monitor hits list`"),
        ("cases show 999", "there is no case 999; see `monitor cases list`"),
        ("cases merge 1 999", "there is no case 999; see `monitor cases list`"),
        ("cases split 999 1", "there is no case 999; see `monitor cases list`"),
        ("alerts show 999", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts render 999", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts retry 999 1", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts drop 999 998", "there is no delivery 998, 999; see `monitor alerts list`"),
        ("alerts drop 999 --dry-run", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts ack 999", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts dead retry 999", "there is no delivery 999; see `monitor alerts list`"),
        ("alerts dead drop 999", "there is no delivery 999; see `monitor alerts list`"),
        ("silence expire 999", "no silence 999 is in force; see `monitor silence list`"),
        ("silence expire 999 --dry-run", "no silence 999 is in force; see `monitor silence list`"),
        ("feeds pause b", "no feed is called 'b'; see `monitor feeds list`"),
    ],
)
def test_2_and_the_list_to_look_in_for_what_does_not_exist(told, monitor, words, said):
    found = monitor(*words.split())
    assert (found.code, found.out, found.err) == (2, "", f"error: {said}\n")


def test_2_from_the_real_command_for_an_id_that_does_not_exist(told):
    said = told.run("alerts", "retry", "999")
    assert (said.code, said.out) == (2, "")
    assert said.err == "error: there is no delivery 999; see `monitor alerts list`\n"


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "one"])
def test_a_number_that_is_no_id_is_usage(told, monitor, number):
    for words in (("hits", "show"), ("cases", "show"), ("alerts", "retry"), ("silence", "expire")):
        assert monitor(*words, "--", number).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hits list --since 99999999d", "write for example"),
        ("hits list --limit 99999999999999999999", "is not in the range"),
        ("silence add case=1 --reason r --for 99999999999d", "longer than"),
    ],
)
def test_a_time_or_number_beyond_all_measure_is_usage(told, monitor, words, said):
    found = monitor(*words.split())
    assert (found.code, said in found.err) == (2, True)


@pytest.mark.parametrize("asked", ["--stage claim", "--beat x", "--since 2100-01-01"])
def test_filters_that_fit_nothing_are_told_from_an_empty_desk(told, monitor, asked):
    for what in ("hits", "cases"):
        said = monitor(what, "list", *asked.split())
        assert (said.code, said.out) == (0, "")
        assert said.err == f"no {what[:-1]} matches this (1 in all)\n"


def test_an_empty_desk_says_that_there_is_nothing_yet(post, monitor):
    monitor("db", "upgrade")
    for what in ("hits", "cases"):
        assert monitor(what, "list").err == f"no {what} yet\n"
        assert monitor(what, "list", "--stage", "claim").err == f"no {what} yet\n"


def test_a_label_is_confirmed_on_a_terminal(told):
    words = ["-c", str(told.folder), "hits", "label", "1", "confirmed"]
    front, back = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "monitor", *words],
        stdout=back,
        stderr=back,
        check=True,
        cwd=ROOT,
        env=environment(),
    )
    os.close(back)
    said = os.read(front, 10_000).decode()
    os.close(front)
    assert said == f"hit 1 is confirmed: {CASE}\r\n"
