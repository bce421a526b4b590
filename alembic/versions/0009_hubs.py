"""Hubs that push what a feed says, and what they have pushed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "hubs",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", TIME, nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False),
        *_due(),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_hubs_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hubs")),
        sa.UniqueConstraint("feed_id", name=op.f("uq_hubs_feed_id")),
        sa.UniqueConstraint("token", name=op.f("uq_hubs_token")),
    )
    op.create_index(op.f("ix_hubs_due_at"), "hubs", ["due_at"])
    op.create_table(
        "pushes",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        *_due(),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_pushes_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
    )
    op.create_index(op.f("ix_pushes_due_at"), "pushes", ["due_at"])
    op.create_index(op.f("ix_pushes_feed_id"), "pushes", ["feed_id"])


def _due() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    ]


def downgrade() -> None:
    """Forget the hubs; every feed is polled as before."""
    op.drop_table("pushes")
    op.drop_table("hubs")
