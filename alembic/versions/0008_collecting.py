"""What feeds said before, what filled a gap, and pages that are polled as lists of links."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add a table and three columns, in place, or SQLite loses its triggers."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_revisions_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_entry_id"), "revisions", ["entry_id"])
    op.add_column("gaps", sa.Column("found", sa.Integer(), nullable=True))
    op.add_column("gaps", sa.Column("source", sa.Text(), nullable=False, server_default=""))
    op.add_column("feeds", sa.Column("links", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget what feeds said before."""
    op.drop_column("feeds", "links")
    op.drop_column("gaps", "source")
    op.drop_column("gaps", "found")
    op.drop_table("revisions")
