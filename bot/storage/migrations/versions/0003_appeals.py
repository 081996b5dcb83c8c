"""Appeals against a marking."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("awarded", sa.Boolean()),
        sa.Column("marks", sa.Integer()),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["attempt"], ["attempts.id"], name="fk_appeals_attempt", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sa.UniqueConstraint("attempt", "point", name="uq_appeals_attempt"),
        sqlite_autoincrement=True,
    )
