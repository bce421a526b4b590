"""Manners: what hosts ask of visitors, where feeds moved, and what may be done with articles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Add a table and three columns; columns are added in place, or SQLite loses its triggers."""
    op.create_table(
        "hosts",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("robots", sa.Text(), nullable=True),
        sa.Column("robots_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_hosts")),
    )
    op.add_column("feeds", sa.Column("full_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("feeds", sa.Column("moved", JSON, nullable=False, server_default="{}"))
    op.add_column("articles", sa.Column("rights", JSON, nullable=False, server_default="{}"))


def downgrade() -> None:
    """Forget them; they are asked for again."""
    op.drop_column("articles", "rights")
    op.drop_column("feeds", "moved")
    op.drop_column("feeds", "full_at")
    op.drop_table("hosts")
