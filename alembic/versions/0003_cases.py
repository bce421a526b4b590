"""How cases are found again, and what people decided about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clues",
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name=op.f("fk_clues_verdict_id")),
        sa.PrimaryKeyConstraint("verdict_id", "key", name=op.f("pk_clues")),
    )
    with op.batch_alter_table("clues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clues_key"), ["key"], unique=False)

    op.create_table(
        "regroupings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("hits", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_regroupings_case_id")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_regroupings_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regroupings")),
    )
    with op.batch_alter_table("regroupings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regroupings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_regroupings_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("regroupings")
    op.drop_table("clues")
