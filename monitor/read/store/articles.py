"""One article as a row: which of two readings is the better one, and what it said before."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from monitor.records import Article
from monitor.tables import ArticleRow, VersionRow

PAGE = 3
WORTH = {"headline": 1, "feed": 2, "json_ld": PAGE, "page": PAGE}


def better(article: Article, row: ArticleRow, *, shared: bool) -> bool:
    """Whether a reading is to take the place of what is kept."""
    if WORTH[article.read_as] != WORTH[row.read_as]:
        return WORTH[article.read_as] > WORTH[row.read_as]
    if shared and WORTH[article.read_as] < PAGE and len(article.text) <= len(row.text):
        return False  # two feeds tease one story in different words: keep to one of them
    if (article.truncated or article.paywalled) and not (row.truncated or row.paywalled):
        return False
    return (article.title, article.text) != (row.title, row.text)


def overwrite(session: Session, row: ArticleRow, article: Article, now: datetime) -> None:
    """Take over a reading, and keep what the same page said before as a version."""
    if WORTH[article.read_as] == WORTH[row.read_as] and (row.text or not article.text):
        parts = {"title": article.title != row.title, "text": article.text != row.text}
        session.add(
            VersionRow(
                article_id=row.id,
                kind="edited",
                changed=", ".join(name for name, changed in parts.items() if changed),
                title=row.title,
                text=row.text,
                at=now,
            )
        )
    for name, value in asdict(article).items():
        if name == "outlet":
            row.outlet = row.outlet or article.outlet
        elif name == "authors":
            row.authors = list(article.authors) or row.authors
        elif name != "published_at" or value is not None:
            setattr(row, name, value)
