"""The settings a person can write, as frozen pydantic models; unknown keys are errors."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field

from monitor.config.base import Model
from monitor.config.channels import Channel
from monitor.config.feed import FeedConfig
from monitor.config.hours import Daily, QuietHours, Wait
from monitor.config.values import (
    BaseUrl,
    DatabaseUrl,
    Duration,
    Line,
    Listen,
    Network,
    Size,
    Stages,
    Strings,
)
from monitor.records import Stage


class Http(Model):
    """How the web is asked."""

    contact: Line = Field("", description="in the User-Agent, so that sites can reach you")
    timeout: Duration = Field(
        timedelta(seconds=30), gt=timedelta(0), description="longest time for one request"
    )
    max_body: Size = Field(10 * 2**20, gt=0, description="longest body after decompression")
    host_gap: Duration | None = Field(
        None,
        ge=timedelta(0),
        description="shortest time between two requests to a host; default: 5s, and none for hosts"
        " in allow_networks",
    )
    polls_per_hour: float | None = Field(
        None,
        gt=0,
        allow_inf_nan=False,
        description="budget for all feeds together; default: 1.5 for each feed",
    )
    floor: Duration = Field(
        timedelta(minutes=5),
        ge=timedelta(seconds=1),
        le=timedelta(hours=12),
        description="shortest time between two polls of one feed",
    )
    allow_networks: tuple[Network, ...] = Field(
        (), description="private or loopback networks that may be fetched or posted to"
    )


class Escalation(Model):
    """Who hears of an alert that nobody acknowledged."""

    after: Duration = Field(gt=timedelta(0), description="how long the first may take")
    to: Strings = Field(min_length=1, description="channels, by name")


class Route(Model):
    """Which hits are told to whom, and when."""

    beat: str = Field(description="name of the beat")
    stages: Stages = Field(
        (Stage.VACATED, Stage.EXONERATED), description="legal stages that are told"
    )
    when: dict[str, Strings] = Field(
        default_factory=dict, description="facts that must match, e.g. {state: [CA]}"
    )
    outlets: Strings = Field((), description="only what these outlets tell; default: all")
    min_score: float | None = Field(
        None, allow_inf_nan=False, description="only hits with at least this score"
    )
    to: Strings = Field(min_length=1, description="channels, by name")
    digest: Daily | None = Field(
        None, description='collect, and send together at an hour: "daily 08:30 ZONE"'
    )
    quiet: QuietHours | None = Field(
        None, description='hours without alerts, which then follow: "22:00-07:00 ZONE"'
    )
    wait_for: Wait | None = Field(
        None, description='wait for a second outlet, but not for ever: "2 sources or 30m"'
    )
    urgent: Stages = Field(
        (), description="legal stages that go out at once, whatever digest, quiet, wait_for say"
    )
    remind: Duration | None = Field(
        None, ge=timedelta(minutes=5), description="tell again so often until `alerts ack`"
    )
    escalate: Escalation | None = Field(
        None, description="tell others if nobody acknowledged: {after: 2h, to: [chief]}"
    )


class Alerts(Model):
    """Who hears of what."""

    instance: Line = Field("monitor", description="name of this installation, in every alert")
    retry_for: Duration = Field(timedelta(days=2), description="how long a delivery is tried")
    channels: dict[str, Channel] = Field(default_factory=dict, description="ways to reach people")
    routes: tuple[Route, ...] = Field((), description="which beats and stages go to which channels")
    health: Strings = Field((), description="channels that hear of trouble with the service itself")
    canary: Daily | None = Field(
        None, description='send a test story through everything: "daily 06:00 ZONE"'
    )
    canary_late: Duration = Field(
        timedelta(hours=1),
        ge=timedelta(minutes=1),
        description="when the test story is late, and the alarm is raised",
    )
    follow: Duration = Field(
        timedelta(days=365),
        le=timedelta(days=3650),
        description="how long a confirmed case is watched for what follows; 0: not at all",
    )


class Desk(Model):
    """The pages that alerts link to."""

    public_url: BaseUrl = Field(
        "",
        description="how people's browsers, and hubs that push feeds (WebSub), reach the desk; only"
        " if it is set do alerts link to it, and are hubs asked",
    )
    listen: Listen = Field(
        "127.0.0.1:8080", description="where `monitor serve` and `run --desk` listen"
    )


class Retention(Model):
    """How long things are kept; hits, cases and alerts are kept for ever."""

    articles: Duration = Field(timedelta(days=90), description="text of articles that are no hit")
    entries: Duration = Field(timedelta(days=365), description="what feeds said, with its fate")


class Config(Model):
    """Everything a configuration folder says."""

    folder: Path = Field(exclude=True)
    database: DatabaseUrl = Field(
        "sqlite:///var/monitor.db", repr=False, description="an SQLAlchemy address"
    )
    http: Http = Field(default_factory=Http, description="how the web is asked")
    read: Literal["all", "candidates"] = Field(
        "all", description="articles to extract and keep: all, or those with words of a beat's gate"
    )
    alerts: Alerts = Field(default_factory=Alerts, description="who hears of what")
    desk: Desk = Field(default_factory=Desk, description="the pages that alerts link to")
    retention: Retention = Field(default_factory=Retention, description="how long things are kept")
    feeds: tuple[FeedConfig, ...] = Field((), exclude=True)
    beats: dict[str, str] = Field(default_factory=dict, exclude=True)
    gazetteers: dict[str, Path] = Field(default_factory=dict, exclude=True)
