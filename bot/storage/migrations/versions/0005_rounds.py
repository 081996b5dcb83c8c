"""Rooms, their rounds and who entered them; a name beside what is said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RUNNING = sa.text("revealed_at IS NULL")


def upgrade() -> None:
    """Make the tables, and the name's column."""
    op.create_table(
        "rooms",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("starters", sa.String(), nullable=False),
        sa.Column("turned_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "room", name="pk_rooms"),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("starter", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["starter"], ["learners.id"], name="fk_rounds_starter", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_index("ix_rounds_starter", "rounds", ["starter"])
    op.create_index("ix_rounds_room", "rounds", ["platform", "room", "ends_at"])
    op.create_index(
        "ix_rounds_running",
        "rounds",
        ["platform", "room"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_table(
        "entries",
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt"], ["attempts.id"], name="fk_entries_attempt", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_entries_learner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round"], ["rounds.id"], name="fk_entries_round", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt", name="pk_entries"),
        sa.UniqueConstraint("round", "learner", name="uq_entries_round"),
    )
    op.create_index("ix_entries_learner", "entries", ["learner"])
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
