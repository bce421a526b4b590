"""The only way from async code to SQL: `await db.run(function, ...)` is one transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Integer, and_, bindparam, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session as Session  # named by every flow
from sqlalchemy.sql import ColumnElement, select, text, update
from sqlalchemy.sql.dml import Insert, ReturningUpdate

from monitor.db.engine import make_file, makeable, open_engine
from monitor.db.file import missing
from monitor.db.trouble import FAILURES, explain, shown
from monitor.errors import DatabaseError
from monitor.tables import Due, Utc

LEASE = timedelta(minutes=5)
LONGEST_LEASE = timedelta(days=1)
POISONED = 3  # claims in a row that were never filed
FURTHEST = timedelta(days=8)  # nothing waits so long, unless a clock once was wrong

LASTING = "lasting"

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Due)


class Database:
    """Run synchronous, session-taking functions on database threads."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        # SQLite has one writer; queueing here beats "database is locked" there.
        threads = 1 if self.dialect == "sqlite" else 4
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="db")

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    async def run(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(session, ...)` in a transaction of its own; commit, or undo on error."""
        call = partial(self.now, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def now(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do the same from synchronous code."""
        last = getattr(function, LASTING, False)
        engine = self.engine.execution_options(lasting=True) if last else self.engine
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                return function(session, *args, **kwargs)
        except FAILURES as error:
            raise DatabaseError(explain(self.engine.url, error)) from error

    def read(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(session, ...)` waiting for no writer; what it changes is not kept."""
        try:
            with Session(self.engine.execution_options(reading=True)) as session:
                return function(session, *args, **kwargs)
        except FAILURES as error:
            raise DatabaseError(explain(self.engine.url, error)) from error

    def close(self) -> None:
        """Wait for what is running, then let go of every connection."""
        self._threads.shutdown()
        self.engine.dispose()


def lasting(function: Callable[P, T]) -> Callable[P, T]:
    """Mark what must outlive a power cut once it is committed, and all that was before it."""
    setattr(function, LASTING, True)
    return function


def hold(row: Due, now: datetime) -> None:
    """Lengthen the lease of a row that was claimed again and again and never filed.

    It may be what kills its process: it is tried again, ever more seldom, and never given up.
    """
    if row.attempts >= POISONED:
        row.due_at = now + min(LEASE * 2 ** min(row.attempts, 12), LONGEST_LEASE)


def claim(
    session: Session,
    rows: type[R],
    now: datetime,
    *where: ColumnElement[bool],
    limit: int = 1,
    furthest: timedelta | None = FURTHEST,
) -> list[R]:
    """Take the rows that have been due longest, and hold them for the length of a lease.

    Of several, none but the first was claimed before: so a row that kills its process drags no
    other with it twice; where another process is just taking that first one, a single one that
    it leaves. Where none is due, those whose turn a wrong clock has put further away than
    anything waits.
    """
    given = {"lease": now + LEASE, "then": now}
    for most in (limit, 1) if limit > 1 else (1,):
        late = _statement(rows, *where, ahead=False, several=most > 1)
        if found := list(session.scalars(late, given | {"most": most})):
            return found
    if furthest is None:
        return []
    wrong = _statement(rows, *where, ahead=True, several=False)
    return list(session.scalars(wrong, given | {"most": limit, "then": now + furthest}))


def _statement(
    rows: type[R], *where: ColumnElement[bool], ahead: bool, several: bool
) -> ReturningUpdate[R]:
    if where:
        return _take(rows, *where, ahead=ahead, several=several)
    key: Any = rows  # it is hashable
    made: ReturningUpdate[R] = _made(key, ahead=ahead, several=several)
    return made


def _take(
    rows: type[R], *where: ColumnElement[bool], ahead: bool, several: bool
) -> ReturningUpdate[R]:
    """One statement, so that two processes never take the same row.

    The attempt is counted here, so that a row that kills its process is not tried for ever.
    """
    then = bindparam("then", type_=Utc())
    due = and_(rows.due_at > then if ahead else rows.due_at <= then, *where)
    order = rows.due_at, rows.id
    if several:
        first = select(rows.id).where(due).order_by(*order).limit(1).scalar_subquery()
        due = and_(due, or_(rows.attempts == 0, rows.id == first))
    # As a subquery of IN, PostgreSQL may run the SELECT more than once and take more than `limit`.
    longest_due = (
        select(rows.id)
        .where(due)
        .order_by(*order)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
        .cte("longest_due")
    )
    return (
        update(rows)
        .where(rows.id.in_(select(longest_due.c.id)))
        .values(due_at=bindparam("lease", type_=Utc()), attempts=rows.attempts + 1)
        .returning(rows)
        .execution_options(synchronize_session=False)
    )


@cache
def _made(rows: Any, *, ahead: bool, several: bool) -> Any:
    """The usual one, put together once: that costs more than to run it."""
    return _take(rows, ahead=ahead, several=several)


def insert_new(session: Session, rows: type[Any]) -> Insert:
    """An insert that does nothing where a row of the same key is there already."""
    return _inserts(session.get_bind().dialect.name, rows)  # type: ignore[arg-type]  # as above


@cache
def _inserts(dialect: str, rows: Any) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(rows.__table__).on_conflict_do_nothing()


def ahead(session: Session, clock: Callable[[], datetime]) -> timedelta:
    """Measure how far the server's clock is ahead of `clock`; nothing on SQLite, which has none."""
    if session.get_bind().dialect.name == "sqlite":
        return timedelta()
    before = clock()
    there: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return there.astimezone(UTC) - (before + (clock() - before) / 2)


__all__ = [
    "LEASE", "POISONED", "Database", "Session", "ahead", "claim", "explain", "hold", "insert_new",
    "lasting", "make_file", "makeable", "missing", "open_engine", "shown",
]  # fmt: skip
