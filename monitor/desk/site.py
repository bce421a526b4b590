"""A ticket in an address → the page it is for: a case, or the button that acknowledges an alert.

    GET  /case/TICKET   a case
    GET  /ack/TICKET    a button, and nothing is changed
    POST /ack/TICKET    the alert and its case are acknowledged
    *    /websub/TOKEN  a hub asks or pushes; `hubs` knows which
    GET  /healthz       200 if the service is well, 503 if not

No page needs a login or a script: the ticket is the permission, for one thing and for a while.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor.db import Database
from monitor.db.keys import desk_key
from monitor.deliver import store as outbox
from monitor.desk import pages
from monitor.desk.store import cases, health, seen
from monitor.errors import DatabaseError
from monitor.hubs.answer import answer
from monitor.hubs.protocol import Call
from monitor.tickets import Action, Ticket, read

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",  # the address is a permission: no other site may see it
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
LONGEST_PUSH = 10 * 2**20
FORGED = "This link is not one of ours, or it was cut short: open it from the alert again."
EXPIRED = "Links work for 30 days. On the service's host: "
HERE = "Pages are opened by the links in alerts."
TITLES = {404: "There is no such page", 405: "That cannot be done here"}


class Site:
    """The pages, over one database and one clock."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db, self._now = db, now

    def app(self) -> Starlette:
        """Every page at its address."""
        return Starlette(
            routes=[
                Route("/healthz", self.healthz),
                Route("/case/{ticket}", self.case),
                Route("/ack/{ticket}", self.asking),
                Route("/ack/{ticket}", self.acknowledge, methods=["POST"]),
                Route("/websub/{token}", self.hub, methods=["GET", "POST"]),
            ],
            exception_handlers={HTTPException: _sorry, DatabaseError: _no_database},
        )

    async def healthz(self, _request: Request) -> Response:
        """Say whether the service is well; why not is for `monitor healthcheck` to tell."""
        found = await self._db.run(health.report, self._now(), minutes=health.STUCK_MINUTES)
        return JSONResponse({"ok": found["ok"]}, 200 if found["ok"] else 503, HEADERS)

    async def case(self, request: Request) -> Response:
        """Show a case, under its new number if it was merged."""
        ticket = await self._ticket(request, "case", "monitor cases show {}")
        number = await self._db.run(seen.living, ticket.number)
        found = await self._db.run(cases.cases, only=number)
        if not found:
            raise HTTPException(404, "This case is no longer kept.")
        return _html(pages.case(found[0]))

    async def asking(self, request: Request) -> Response:
        """Show the button, or who has pressed it already; change nothing."""
        told = await self._alert(request)
        return _html(pages.seen(told) if told["acked_at"] else pages.asking(told))

    async def acknowledge(self, request: Request) -> Response:
        """Acknowledge an alert, as the one whom it was sent to; twice is as good as once."""
        told = await self._alert(request)
        number = (await self._ticket(request, "ack", "")).number
        who = {"ids": [number], "who": told["who"]}
        await self._db.run(outbox.acknowledge, self._now(), **who)
        return _html(pages.seen(await self._alert(request)))

    async def hub(self, request: Request) -> Response:
        """Pass on what a hub says, unless it says too much."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_PUSH:
                return Response(status_code=413, headers=HEADERS)
        call = Call(
            method=request.method,
            token=request.path_params["token"],
            query=request.query_params,
            headers=request.headers,
            body=body,
        )
        told = await self._db.run(answer, call, self._now())
        return PlainTextResponse(told.body, told.status, HEADERS)

    async def _alert(self, request: Request) -> dict[str, Any]:
        ticket = await self._ticket(request, "ack", "monitor alerts ack {}")
        found = await self._db.run(seen.alert, ticket.number)
        if found is None:
            raise HTTPException(404, "This alert is no longer kept.")
        return found

    async def _ticket(self, request: Request, action: Action, instead: str) -> Ticket:
        """Read the ticket in the address; refuse one that is forged (404) or expired (410)."""
        key = await self._db.run(desk_key, self._now())
        ticket = read(key, action, request.path_params["ticket"])
        if ticket is None:
            raise HTTPException(404, FORGED)
        if ticket.until <= self._now():
            raise HTTPException(410, f"{EXPIRED}`{instead.format(ticket.number)}`.")
        return ticket


def _html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, HEADERS)


async def _sorry(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  it is registered for nothing else
    status = error.status_code
    told = error.detail if error.detail != HTTPStatus(status).phrase else HERE
    title = "This link has expired" if status == 410 else TITLES.get(status, "Sorry")  # noqa: PLR2004
    return _html(pages.sorry(title, told), status)


async def _no_database(_request: Request, _error: Exception) -> Response:
    remedy = "The database cannot be asked just now. Nothing was changed; try again in a minute."
    return _html(pages.sorry("Sorry, not now", remedy), 503)
