"""The dead man's alarm: what cannot go through the outbox goes straight to the channels, once.

The watch puts trouble into the outbox. Where the database cannot be asked, or an alarm lies in an
outbox that does not move, people hear of it past both; from the outbox as the very same message,
so that its id tells a repeat.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from monitor.app import App
from monitor.deliver import store as outbox
from monitor.deliver import trial
from monitor.errors import DatabaseError
from monitor.log import Log
from monitor.records import AlertKind
from monitor.watch import decide
from monitor.watch import flow as watch
from monitor.watch.store import alarms as store

log = Log("alarm")

PATIENCE = timedelta(minutes=5)
"""So long the database may be away, and an alarm lie in the outbox: restarts take less."""


class Alarm:
    """One look after the other, and what was told past the outbox since this process began."""

    def __init__(self) -> None:
        self._lost_since: datetime | None = None
        self._told = ""

    async def look(self, app: App) -> int:
        """Look after the house once; return how many messages were filed for delivery."""
        try:
            filed = await watch.work(app)
            unheard = await app.db.run(store.unheard, app.now() - PATIENCE)
        except DatabaseError as error:
            await self._lost(app, error)
            return 0
        await self._found(app)
        for number, deliveries in unheard:
            found = [await app.db.run(outbox.look, one) for one in deliveries]
            told = await trial.hand_all(app.config, filter(None, found))
            if _heard(told, f"alert {number}"):
                await app.db.run(store.heard, number, app.now())
        return filed

    async def _lost(self, app: App, error: DatabaseError) -> None:
        log.warning("database", job="watch", error=error)
        self._lost_since = self._lost_since or app.now()
        if self._told or app.now() < self._lost_since + PATIENCE:
            return
        key = f"database-{self._lost_since.isoformat(timespec='seconds')}"
        reason = f"since {self._lost_since:%Y-%m-%d %H:%M} UTC {error}"
        if await self._tell(app, key, "database", reason):
            self._told = key

    async def _found(self, app: App) -> None:
        if self._told:
            reason = "over: the database can be used again"
            await self._tell(app, f"{self._told}-over", "database", reason, over=app.now())
        self._lost_since, self._told = None, ""

    async def _tell(
        self, app: App, key: str, kind: str, reason: str, *, over: datetime | None = None
    ) -> bool:
        """Send it through every channel that may work; say whether anybody got it."""
        alerts = app.config.alerts
        names = alerts.health if kind == "database" and alerts.health else tuple(alerts.channels)
        closed = over.isoformat() if over else None
        data = {
            "reason": reason,
            "incident": {"kind": kind, "detail": reason, "closed_at": closed},
            "remedy": "" if over else decide.remedy(kind),
            "case": {},
            "hit": {},
        }
        said = trial.Said(key=key, kind=AlertKind.HEALTH, data=data)
        return _heard(await trial.tell_all(app.config, names, said), reason)


def _heard(told: Iterable[trial.Told], what: str) -> bool:
    """Say whether anybody got it."""
    found = list(told)
    for one in found:
        log.warning("alarm", channel=one.channel, problem=one.problem or "none", reason=what)
    return any(not one.problem for one in found)
