"""A room's question of the day: when it comes, and that it runs beside other rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_RUNNING = sa.text("revealed_at IS NULL")


def upgrade() -> None:
    """Make the table, and tell daily rounds from those that somebody called."""
    op.create_table(
        "meetings",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "room", name="pk_meetings"),
    )
    op.create_index("ix_meetings_next_at", "meetings", ["next_at"])
    op.add_column(
        "rounds", sa.Column("daily", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.drop_index("ix_rounds_running", "rounds")
    op.create_index(
        "ix_rounds_running",
        "rounds",
        ["platform", "room", "daily"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
