"""Routines, streaks, and an outbox for those who are written to unasked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _routines()
    _streaks()
    _pushes()


def _routines() -> None:
    op.create_table(
        "routines",
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("paused_from", sa.Date()),
        sa.Column("paused_until", sa.Date()),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.String()),
        sa.Column("next_day", sa.String()),
        sa.Column("next_push_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_routines_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner", name="pk_routines"),
    )
    due = sa.text("next_push_at IS NOT NULL")
    op.create_index(
        "ix_routines_due", "routines", ["next_push_at"], sqlite_where=due, postgresql_where=due
    )
    op.create_index("ix_routines_person", "routines", ["platform", "person"])


def _streaks() -> None:
    op.create_table(
        "streaks",
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("freezes", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_streaks_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner", name="pk_streaks"),
    )


def _pushes() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("occasion", name="pk_broadcasts"),
    )
    op.create_table(
        "paces",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", name="pk_paces"),
    )
    op.create_table(
        "pushes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("question", sa.String()),
        sa.Column("asked", sa.Text()),
        sa.Column("aside", sa.Text()),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(
            ["learner"], ["learners.id"], name="fk_pushes_learner", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pushes"),
        sa.UniqueConstraint("learner", "occasion", name="uq_pushes_learner"),
        sqlite_autoincrement=True,
    )
    waiting, sending = sa.text("state = 'waiting'"), sa.text("state = 'sending'")
    op.create_index(
        "ix_pushes_waiting",
        "pushes",
        ["platform", "not_before"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index(
        "ix_pushes_sending",
        "pushes",
        ["learner", "begun_at"],
        sqlite_where=sending,
        postgresql_where=sending,
    )
