"""Pages as they were served, kept for what may be a hit: judging lets go of all others."""

from datetime import datetime

from sqlalchemy.orm import Session

from monitor import db
from monitor.records import Page
from monitor.tables import PageRow


def put_page(session: Session, article_id: int, page: Page, now: datetime) -> None:
    """Keep a page once for each text that it had."""
    row = {name: getattr(page, name) for name in Page.__dataclass_fields__}
    session.execute(db.insert_new(session, PageRow), row | {"article_id": article_id, "at": now})
