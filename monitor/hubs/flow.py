"""One subscription: asked for, renewed before its lease ends, ended with its feed.

claim → POST to the hub → it calls back (see answer), or is asked again later
"""

from datetime import datetime, timedelta

from monitor.app import App
from monitor.db import Session
from monitor.errors import Permanent, Temporary
from monitor.hubs import protocol, store
from monitor.log import Log

log = Log("hubs")

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UNANSWERED = timedelta(days=1)  # without the hub's call we ask again
REFUSED = timedelta(days=7)
FIRST = timedelta(minutes=10)


def claim(session: Session, now: datetime) -> store.Subscription | None:
    """Take the subscription whose turn has come."""
    return store.claim(session, now)


async def work(app: App, one: store.Subscription) -> int:
    """Ask the hub; nothing is to be read because of it."""
    mode = "subscribe" if one.wanted and app.config.desk.public_url else "unsubscribe"
    callback = f"{app.config.desk.public_url}/websub/{one.token}"
    body = protocol.request(mode, one.topic, callback, one.secret)
    now = app.now()
    try:
        answer = await app.web.post(one.url, body=body, headers=FORM)
        state, due_at, why = _said(mode, answer.status, now)
    except (Temporary, Permanent) as error:
        wait = min(FIRST * 2 ** min(one.attempts, 12), UNANSWERED)
        state, due_at, why = "asked", now + wait, str(error)
    await app.db.run(store.asked, one.id, state, due_at, why)
    log.info("hub asked", hub=one.url, topic=one.topic, mode=mode, problem=why or "none")
    return 0


def _said(mode: str, status: int, now: datetime) -> tuple[str, datetime | None, str]:
    if mode == "unsubscribe":
        return "ending", None, ""
    if status // 100 == 2:  # noqa: PLR2004
        return "asked", now + UNANSWERED, ""
    return "refused", now + REFUSED, f"the hub answered HTTP {status}"
