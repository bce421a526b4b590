"""A run with nothing to do ends at once; a page to be read again is something to do."""

from datetime import timedelta

from monitor.db import Database, Session
from monitor.desk.store import runs
from monitor.tables import ArticleRow, RereadRow
from tests.world import START


def test_a_page_to_be_read_again_is_work(db: Database) -> None:
    def add(session: Session) -> None:
        url = "https://paper.test/a"
        row = ArticleRow(canonical_url=url, url=url, first_seen_at=START)
        session.add(row)
        session.flush()
        session.add(RereadRow(article_id=row.id, due_at=START + timedelta(hours=1)))

    db.now(add)

    def idle(session: Session) -> bool:
        return runs.idle(session, lambda _session: None, later) is not None

    later = START
    assert db.now(idle)
    later = START + timedelta(hours=1)
    assert not db.now(idle)
