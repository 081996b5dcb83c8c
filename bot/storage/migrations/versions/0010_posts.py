"""What platforms call messages, so that one that is out can be amended; and the clock of rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MARKED = sa.text("mark != ''")


def upgrade() -> None:
    """Of what was said before, no name is known: it stays as it is."""
    for table, name in (("inbox", "post"), ("outbox", "mark"), ("outbox", "post")):
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_index(
        "ix_outbox_mark",
        "outbox",
        ["platform", "room", "mark"],
        sqlite_where=_MARKED,
        postgresql_where=_MARKED,
    )
    op.add_column("rounds", sa.Column("clock", sa.Integer()))
