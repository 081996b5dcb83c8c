"""The language that a learner, and a room, is spoken to in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of learners it is not known yet; rooms were spoken to in English."""
    for table, before in (("learners", ""), ("rooms", "en")):
        op.add_column(
            table, sa.Column("language", sa.String(), nullable=False, server_default=before)
        )
