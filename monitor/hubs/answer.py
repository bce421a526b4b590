"""A call of a hub → what it is told; what it pushes is kept for the collecting room.

It is believed only what it was asked: the topic must be the one of the token in the address, and a
push must carry our signature. A push that does not is dropped, and the hub told nothing of it.
"""

from datetime import datetime

from monitor.db import Session
from monitor.hubs import protocol, store
from monitor.hubs.protocol import Answer, Call
from monitor.tables import HubRow

NO = Answer(status=404, body="not asked for")
OK = Answer(status=202)


def answer(session: Session, call: Call, now: datetime) -> Answer:
    """Confirm what we asked for; keep a push that is signed."""
    row = store.of_token(session, call.token)
    if row is None:
        return NO
    if call.method == "GET":
        return _confirm(row, call, now)
    if call.method != "POST":
        return Answer(status=405)
    if protocol.signed(call.body, call.headers.get("x-hub-signature", ""), row.secret):
        kind = call.headers.get("content-type", "")
        store.keep_push(session, row, call.body, kind, now)
    return OK


def _confirm(row: HubRow, call: Call, now: datetime) -> Answer:
    mode, topic = call.query.get("hub.mode", ""), call.query.get("hub.topic", "")
    if topic != row.topic:
        return NO
    if mode == "denied":
        row.state, row.until = "refused", None
        row.detail = f"the hub refused: {call.query.get('hub.reason', 'no reason given')}"[:500]
        return Answer(status=200)
    challenge = call.query.get("hub.challenge", "")
    if mode == "subscribe" and challenge and row.state in ("asked", "verified"):
        lease = protocol.lease(call.query.get("hub.lease_seconds", ""))
        store.verified(row, now + lease, now + lease * protocol.EARLY)
        return Answer(status=200, body=challenge)
    if mode == "unsubscribe" and row.state == "ending":
        row.until = None
        return Answer(status=200, body=challenge)
    return NO
