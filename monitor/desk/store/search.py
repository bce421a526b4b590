"""Full text over stored articles, by the database's own index."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import column, select, table, text
from sqlalchemy.orm import Session

from monitor.errors import UsageError
from monitor.tables import ArticleRow

INDEX = table("search_articles", column("rowid"))
LONGEST = 500  # of four bytes each: PostgreSQL takes words of 2,046 bytes
WORD = re.compile(r'"[^"]*"|\S+')


def search(
    session: Session, query: str, *, since: datetime | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Articles that hold every word and "phrase" of the query, the best first.

    Every mark in it is only a mark. Raises UsageError for a query without a word, or too long.
    """
    if len(query) > LONGEST:
        raise UsageError(f"the query has {len(query):,} characters; {LONGEST:,} are taken at most")
    if not (terms := _terms(query)):
        raise UsageError('the query has no word to look for; write words or a "phrase"')
    postgres = session.get_bind().dialect.name == "postgresql"
    rank, snippet, statement = _postgresql(terms) if postgres else _sqlite(terms)
    wanted: Any = select(ArticleRow, text(snippet)).where(text(statement))
    if not postgres:
        wanted = wanted.join(INDEX, INDEX.c.rowid == ArticleRow.id)
    if since is not None:
        wanted = wanted.where(ArticleRow.first_seen_at >= since)
    wanted = wanted.order_by(text(rank), ArticleRow.id.desc()).limit(limit)
    rows = session.execute(wanted, {"query": " ".join(terms), "head": "[", "tail": "]"})
    return [_found(article, part) for article, part in rows]


def _terms(query: str) -> list[str]:
    words = (re.sub(r"[^\w\s-]", " ", word).strip() for word in WORD.findall(query))
    return [f'"{word}"' for word in words if re.search(r"\w", word)]


def _sqlite(terms: list[str]) -> tuple[str, str, str]:
    snippet = "snippet(search_articles, 1, '[', ']', ' … ', 24)"
    return "search_articles.rank", snippet, "search_articles MATCH :query"


def _postgresql(terms: list[str]) -> tuple[str, str, str]:
    vector = "to_tsvector('simple', articles.title || ' ' || left(articles.text, 500000))"
    asked = "websearch_to_tsquery('simple', :query)"
    body = "left(articles.text, 500000)"
    options = "'StartSel=[, StopSel=], MaxWords=24, MinWords=8'"
    return (
        f"ts_rank({vector}, {asked}) DESC",
        f"ts_headline('simple', {body}, {asked}, {options})",
        f"{vector} @@ {asked}",
    )


def _found(row: ArticleRow, snippet: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "outlet": row.outlet,
        "title": row.title,
        "url": row.url,
        "published": row.published_at.isoformat() if row.published_at else None,
        "first_seen": row.first_seen_at.isoformat(),
        "snippet": " ".join(snippet.split()),
    }
