"""What several processes need: how often a message was taken up, and room for more rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WAITING = sa.text("content IS NOT NULL")
_COUNTED = ("attempts", "inbox", "outbox")


def upgrade() -> None:
    """Count the tries at a message, find a chat's waiting ones, and widen ids on Postgres."""
    op.add_column("inbox", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("inbox", sa.Column("next_try_at", sa.DateTime(timezone=True)))
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["platform", "person", "room", "id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    if op.get_context().dialect.name == "postgresql":
        for table in _COUNTED:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN id TYPE BIGINT")
            op.execute(f"ALTER SEQUENCE {table}_id_seq AS BIGINT")
        for table in ("appeals", "entries"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN attempt TYPE BIGINT")
