"""What is kept of hosts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import event

from monitor.db import Database, Session
from monitor.manners import store
from tests.world import START

ORIGIN = "https://news.example"
LATER = START + timedelta(hours=1)
RULES = "User-agent: *"


def test_two_daemons_may_meet_a_host_at_once(db: Database) -> None:
    with ThreadPoolExecutor(1) as thread:
        with Session(db.engine) as first, first.begin():
            store.keep_robots(first, ORIGIN, RULES, LATER)
            first.flush()
            second = thread.submit(db.now, store.hold, f"{ORIGIN}/a", LATER, START)
        second.result()
    assert db.now(store.robots, ORIGIN, START) == (RULES,)
    assert db.now(store.holds, START) == [(ORIGIN, LATER)]


def test_a_host_that_another_daemon_met_since_it_was_looked_up_is_no_error(
    postgres_url: str,
) -> None:
    db, other = Database(postgres_url), Database(postgres_url)

    def meanwhile(*_: object) -> None:
        other.now(store.keep_robots, ORIGIN, RULES, LATER)

    event.listen(db.engine, "after_cursor_execute", meanwhile, once=True)
    db.now(store.hold, f"{ORIGIN}/a", LATER, START)
    assert db.now(store.robots, ORIGIN, START) == (RULES,)
    assert db.now(store.holds, START) == [(ORIGIN, LATER)]
    db.close()
    other.close()
