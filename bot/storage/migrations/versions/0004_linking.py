"""Codes by which accounts are joined; a terminal's learner is alone there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MAIL = ("conversations", "inbox", "outbox", "appeals")


def upgrade() -> None:
    """Make the tables, and call the terminal's room as the person in it."""
    op.create_table(
        "offers",
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_offers_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner", name="pk_offers"),
        sa.UniqueConstraint("code", name="uq_offers_code"),
    )
    op.create_table(
        "mistakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_mistakes_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mistakes"),
    )
    op.create_index("ix_mistakes_learner", "mistakes", ["learner", "at"])
    for name in _MAIL:
        table = sa.table(name, sa.column("platform"), sa.column("room"), sa.column("person"))
        local = sa.and_(table.c.platform == "terminal", table.c.room == "local")
        op.execute(sa.update(table).where(local).values(room=table.c.person))
