"""A play writes a whole configuration, runs the pipeline on it once, and hands back what came."""

import smtplib
from pathlib import Path

import httpx
import pytest

from monitor import config
from monitor.demo.flow import play
from monitor.errors import UsageError

pytestmark = pytest.mark.anyio


async def nothing(folder: Path) -> None:
    """A pipeline that does nothing."""


async def test_the_newsroom_is_up_while_the_pipeline_runs(tmp_path, now):
    answers = []

    async def run(folder: Path) -> None:
        async with httpx.AsyncClient() as client:
            feeds = config.load(folder, {}).feeds
            answers.extend([(await client.get(feed.url)).status_code for feed in feeds])

    outcome = await play(tmp_path / "kept", run, now=now)
    assert answers == [200] * 7
    assert len(outcome.written) == 40
    assert (outcome.mails, outcome.posts) == ((), ())


async def test_the_configuration_is_whole_and_valid(tmp_path, now):
    await play(tmp_path / "kept", nothing, now=now)
    written = config.load(tmp_path / "kept", {})
    assert written.http.allow_networks == ("127.0.0.0/8",)
    assert {channel.type for channel in written.alerts.channels.values()} == {"email", "webhook"}
    (route,) = written.alerts.routes
    assert (route.beat, [str(stage) for stage in route.stages]) == (
        "exonerations",
        ["vacated", "exonerated"],
    )
    assert [Path(name).name for name in written.beats] == ["exonerations.yaml"]
    assert list((tmp_path / "kept" / "gazetteers").glob("*.yaml"))


async def test_a_folder_with_a_configuration_is_never_written_over(tmp_path, now):
    (tmp_path / "monitor.yaml").write_text("mine")
    with pytest.raises(UsageError, match="already holds a configuration"):
        await play(tmp_path, nothing, now=now)
    assert (tmp_path / "monitor.yaml").read_text() == "mine"


async def test_everything_is_taken_down_when_the_pipeline_fails(tmp_path, now):
    async def run(folder: Path) -> None:
        raise RuntimeError(config.load(folder, {}).feeds[0].url)

    with pytest.raises(RuntimeError) as failed:
        await play(tmp_path / "kept", run, now=now)
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient() as client:
            await client.get(str(failed.value))


async def test_a_caller_who_never_hangs_up_does_not_hold_up_the_end(tmp_path, now):
    callers = []

    async def run(folder: Path) -> None:
        channel = config.load(folder, {}).alerts.channels["desk"]
        assert channel.type == "email"
        callers.append(smtplib.SMTP())
        callers[0].sock = callers[0]._get_socket(channel.smtp.host, channel.smtp.port, 5)

    await play(tmp_path / "kept", run, now=now)
    callers[0].close()
