"""What a language model judged, and what it used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "judgements",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgements"),
    )
    op.create_table(
        "remarks",
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgements.key"], name="fk_remarks_judgement", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_remarks_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("judgement", name="pk_remarks"),
    )
    op.create_index("ix_remarks_learner", "remarks", ["learner"])
    op.create_table(
        "ledger",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("purse", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "purse", "item", name="pk_ledger"),
    )
