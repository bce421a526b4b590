"""An installation with an outbox, deliveries made to order, a clock one can push."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.app import App, utcnow
from monitor.config import Alerts, Config, Http
from monitor.db import Database
from monitor.deliver import flow, store
from monitor.pool import Pool
from monitor.records import AlertKind, Delivery
from monitor.tables import AlertRow, CaseRow, DeliveryRow
from monitor.web import Web
from tests.deliver.receivers import authority, mail_server, raw_server, sink

__all__ = ["authority", "mail_server", "raw_server", "sink"]
SENTENCE = "A judge on Tuesday declared Ines Okafor innocent after 19 years in prison."
SNAPSHOT: dict[str, Any] = {
    "case": {
        "id": 1,
        "beat": "exonerations",
        "title": "Harlow County woman cleared after 19 years",
        "stage": "exonerated",
        "outlets": ["Harlow Courier", "Valley Wire"],
        "url": "https://desk.example.org/cases/1",
        "facts": {
            "exonerees": {"value": ["Ines Okafor"], "basis": "stated", "sentence": SENTENCE},
            "county": {
                "value": "Harlow County",
                "basis": "stated",
                "sentence": "The case began in Harlow County.",
            },
            "state": {"value": "Ohio", "basis": "inferred", "sentence": "The case began there."},
            "years_lost_stated": {"value": 19, "basis": "stated", "sentence": SENTENCE},
            "crime": {"value": None, "basis": "unknown", "sentence": ""},
        },
    },
    "hit": {
        "id": 7,
        "beat": "exonerations",
        "url": "https://courier.example.org/okafor?a=1&b=2",
        "outlet": "Harlow Courier",
        "title": "Woman walks free <at last> & smiles",
        "score": 12.5,
        "threshold": 7.0,
        "stage": "exonerated",
        "signals": [
            {
                "id": "declared_innocent",
                "weight": 5.0,
                "matches": [{"text": "declared Ines Okafor innocent", "zone": "body"}],
            }
        ],
        "entities": [{"type": "ciu", "name": "the unit", "canonical": "Harlow Integrity Unit"}],
        "read_as": "page",
    },
    "sentence": SENTENCE,
    "reason": "a new case",
    "instance": "night desk",
    "beat": "exonerations",
}


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def push(self, **units: float) -> None:
        self.now += timedelta(**units)


@dataclass
class Desk:
    """An installation: its outbox and the room that empties it."""

    app: App
    clock: Clock

    def file(self, channel: str, recipient: str = "", **changed: Any) -> str:
        """Put one alert with one delivery into the outbox, as the room before does."""
        return self.app.db.now(_file, channel, recipient, self.clock(), changed)

    async def drain(self) -> int:
        done = 0
        while (delivery := await self.app.db.run(flow.claim, self.clock())) is not None:
            await flow.work(self.app, delivery)
            done += 1
        return done

    def rows(self) -> list[DeliveryRow]:
        return self.app.db.now(lambda session: list(session.query(DeliveryRow).order_by("id")))

    def log(self) -> tuple[store.Attempt, ...]:
        """Every attempt for the one delivery."""
        return self.app.db.now(store.attempts, self.row.id)

    @property
    def row(self) -> DeliveryRow:
        (row,) = self.rows()
        return row


def _file(
    session: Session, channel: str, recipient: str, now: datetime, changed: dict[str, Any]
) -> str:
    case_id = changed.get("case_id", 1)
    if case_id is not None and session.get(CaseRow, case_id) is None:
        session.add(
            CaseRow(
                id=case_id,
                beat="exonerations",
                title="t",
                stage="exonerated",
                opened_at=now,
                updated_at=now,
                last_seen_at=now,
            )
        )
        session.flush()
    key = changed.get("key") or f"alert-{session.query(DeliveryRow).count() + 1}-{channel}"
    alert = AlertRow(
        key=f"{key}:alert",
        kind=changed.get("kind", AlertKind.OPENED),
        beat="exonerations",
        case_id=case_id,
        verdict_id=changed.get("verdict_id"),
        reason="a new case",
        snapshot={**SNAPSHOT, **changed.get("snapshot", {})},
        created_at=now,
    )
    session.add(alert)
    session.flush()
    session.add(
        DeliveryRow(
            alert_id=alert.id,
            channel=channel,
            recipient=recipient,
            key=key,
            created_at=now,
            deadline=now + timedelta(days=2),
            due_at=now,
        )
    )
    return key


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock(utcnow().replace(microsecond=0))


@pytest.fixture
def outbox_url(sqlite_url: str) -> str:
    """Where the outbox is kept; a module that is about SQL asks for both databases."""
    return sqlite_url


@pytest.fixture
async def desk(outbox_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Callable[..., Desk]]:
    """Open an installation with the given channels; a second call is a second process."""
    http = Http(allow_networks=("127.0.0.0/8",), timeout=timedelta(seconds=1))
    pool = Pool()
    opened: list[App] = []

    def open_with(**channels: dict[str, Any]) -> Desk:
        alerts = Alerts.model_validate({"instance": "night desk", "channels": channels})
        config = Config(folder=tmp_path, http=http, alerts=alerts)
        db, web = Database(outbox_url), Web(http, clock)
        opened.append(App(config=config, db=db, web=web, pool=pool, now=clock))
        return Desk(opened[-1], clock)

    yield open_with
    pool.close()
    for app in opened:
        await app.web.close()
        app.db.close()


@pytest.fixture
def delivery(clock: Clock) -> Callable[..., Delivery]:
    """Make a delivery record with what a test changes."""

    def make(**changed: Any) -> Delivery:
        snapshot = {**SNAPSHOT, **changed.pop("snapshot", {})}
        now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
        given = {
            "id": 1,
            "key": "alert-1",
            "kind": AlertKind.OPENED,
            "channel": "desk",
            "recipient": "ann@example.org",
            "thread": "alert-1",
            "first_in_thread": True,
            "created_at": now,
            "deadline": now + timedelta(days=2),
            "data": snapshot,
        }
        return Delivery(**{**given, **changed})

    return make
