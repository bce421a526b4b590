"""One look at the service: incidents opened and closed, one message for each."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from monitor.app import App
from monitor.config import Config, EmailChannel
from monitor.db import Session
from monitor.log import Log
from monitor.records import AlertKind
from monitor.watch import canary, decide, hushed, remind
from monitor.watch.store import hushed as silences
from monitor.watch.store import incidents as store
from monitor.watch.store import story, watches
from monitor.watch.store import waiting as unseen

log = Log("watch")

SQLITE = "sqlite:///"


async def work(app: App) -> int:
    """Look once; return how many messages were filed for delivery."""
    filed = await app.db.run(look, app.config, app.now(), disk(app.config))
    if filed:
        log.info("trouble told", messages=filed)
    return filed


def disk(config: Config) -> decide.Disk | None:
    """Measure the disk that holds the database file; nothing where another host holds it."""
    if not config.database.startswith(SQLITE):
        return None
    try:
        usage = shutil.disk_usage(Path(config.database.removeprefix(SQLITE)).parent)
    except OSError:
        return None
    return decide.Disk(free=usage.free, total=usage.total)


def look(session: Session, config: Config, now: datetime, room: decide.Disk | None) -> int:
    """Bring incidents up to date and file what people must hear, in one transaction."""
    store.lock(session)
    watches.sync(session, config.alerts.follow, now)
    seen = replace(store.look(session, now), disk=room)
    wrong = decide.troubles(seen, store.open_keys(session), now)
    late = _canary(session, config, now)
    store.put(session, [*wrong, *late], (*decide.OWN, "canary_late"), now)
    told = [_news(incident, config) for incident in store.incidents(session, now)]
    nudged = [*_nudges(session, config, now), *_unhushed(session, config, now)]
    return sum(
        store.file(session, news, now, config.alerts.retry_for)
        for news in [*told, *nudged]
        if news is not None
    )


def _nudges(session: Session, config: Config, now: datetime) -> list[store.News]:
    routes = config.alerts.routes
    if not any(route.remind or route.escalate for route in routes):
        return []
    return [
        store.News(
            key=nudge.key,
            kind=AlertKind.UPDATED if nudge.again else AlertKind.OPENED,
            reason=nudge.reason,
            snapshot={**waiting.snapshot, "reason": nudge.reason},
            recipients={name: people(config, name) for name in nudge.channels},
            case_id=waiting.case_id,
            verdict_id=waiting.verdict_id,
            beat=waiting.beat,
        )
        for waiting in unseen.waiting(session, now)
        for nudge in remind.nudges(waiting, routes, now, linked=bool(config.desk.public_url))
    ]


def _unhushed(session: Session, config: Config, now: datetime) -> list[store.News]:
    """What silences hid, told to those who would have heard of it."""
    found = []
    for ended in silences.ended(session, now):
        when = hushed.listeners(ended, config.alerts.routes, now)
        when = when or dict.fromkeys(config.alerts.health, now)
        reason = hushed.reason(ended)
        more = {"reason": reason, "instance": config.alerts.instance}
        news = store.News(
            key=hushed.key(ended.id),
            kind=AlertKind.SILENCE,
            reason=reason,
            snapshot=hushed.snapshot(ended) | more,
            recipients={name: people(config, name) for name in when},
            after=when,
        )
        found.append(news)
    return found


def _canary(session: Session, config: Config, now: datetime) -> list[decide.Trouble]:
    """Move the test story of the day on; give the alarm if it is late."""
    hour, longest = config.alerts.canary, config.alerts.canary_late
    if hour is None:
        story.stop(session)
        return []
    stamp, journey = canary.stamp(hour, now), story.load(session)
    if journey is None or (journey.stamp != stamp and journey.done is not None):
        story.begin(session, stamp, now + longest, now)
        return []
    if journey.done is None and journey.told and not journey.missing:
        done = replace(journey, done=now)
        story.forget(session)
        story.save(session, done, hour.after(now) + longest, now)
        return []
    alarm = canary.late(journey, longest, now)
    if alarm is not None and journey.stamp != stamp:
        story.begin(session, stamp, now, now, alarmed=True)  # a new day, another try
    return [alarm] if alarm is not None else []


def _news(incident: store.Incident, config: Config) -> store.News | None:
    over = incident.closed_at is not None
    if incident.over if over else incident.told:
        return None
    if over and not incident.told:
        return None  # nobody heard that it began
    # A dead man's alarm goes out through whatever there is; and that people did not get their
    # alerts is heard by somebody, even where nobody is named for trouble.
    wanted = config.alerts.health
    if incident.kind == "canary_late" or (incident.kind in decide.UNTOLD and not wanted):
        wanted = tuple(config.alerts.channels)
    names = decide.receivers(incident.key, wanted, config.alerts.channels)
    if not names:
        return None
    return store.News(
        key=store.over_key(incident.id) if over else store.told_key(incident.id),
        kind=AlertKind.HEALTH,
        reason=f"over: {incident.detail}" if over else incident.detail,
        snapshot={
            "incident": {
                "id": incident.id,
                "kind": incident.kind,
                "detail": incident.detail,
                "opened_at": incident.opened_at.isoformat(),
                "closed_at": incident.closed_at.isoformat() if incident.closed_at else None,
            },
            "remedy": "" if over else decide.remedy(incident.kind),
            "instance": config.alerts.instance,
            "case": {},
            "hit": {},
        },
        recipients={name: people(config, name) for name in names},
    )


def people(config: Config, name: str) -> tuple[str, ...]:
    """Who has a delivery of their own on a channel."""
    channel = config.alerts.channels[name]
    return channel.to if isinstance(channel, EmailChannel) else ("",)
