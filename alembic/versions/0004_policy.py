"""Policy: what is held back, what goes out together, who acknowledged, what is silenced."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add two tables and four columns."""
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matcher", JSON, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
    )
    op.create_index(op.f("ix_silences_expires_at"), "silences", ["expires_at"], unique=False)
    op.create_table(
        "hidden",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("silence_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["silence_id"], ["silences.id"], name=op.f("fk_hidden_silence_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_hidden_case_id")),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name=op.f("fk_hidden_verdict_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden")),
    )
    for column in ("silence_id", "case_id", "verdict_id"):
        op.create_index(op.f(f"ix_hidden_{column}"), "hidden", [column], unique=False)
    op.add_column("alerts", sa.Column("acked_at", TIME, nullable=True))
    op.add_column("alerts", sa.Column("acked_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("hold", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("bundle", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget silences and acknowledgements; what was held back goes out on its own."""
    op.drop_column("deliveries", "bundle")
    op.drop_column("deliveries", "hold")
    op.drop_column("alerts", "acked_by")
    op.drop_column("alerts", "acked_at")
    op.drop_table("hidden")
    op.drop_table("silences")
