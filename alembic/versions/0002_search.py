"""Full text over stored articles, kept by the database itself."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# PostgreSQL refuses a text vector over 1 MB; half a million characters stay below it.
POSTGRESQL_UP = """
CREATE INDEX search_articles ON articles
USING gin (to_tsvector('simple', title || ' ' || left(text, 500000)))
"""

SQLITE_UP = (
    """
    CREATE VIRTUAL TABLE search_articles USING fts5(
        title, text, content='articles', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER search_articles_added AFTER INSERT ON articles BEGIN
        INSERT INTO search_articles(rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER search_articles_gone AFTER DELETE ON articles BEGIN
        INSERT INTO search_articles(search_articles, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER search_articles_changed AFTER UPDATE OF title, text ON articles BEGIN
        INSERT INTO search_articles(search_articles, rowid, title, text)
        VALUES ('delete', old.id, old.title, old.text);
        INSERT INTO search_articles(rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
)

SQLITE_DOWN = (
    "DROP TRIGGER search_articles_added",
    "DROP TRIGGER search_articles_gone",
    "DROP TRIGGER search_articles_changed",
    "DROP TABLE search_articles",
)


def upgrade() -> None:
    """Create the index in the database's own way."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_UP if sqlite else (POSTGRESQL_UP,):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Drop the index; the articles stay."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_DOWN if sqlite else ("DROP INDEX search_articles",):
        op.get_bind().exec_driver_sql(statement)
