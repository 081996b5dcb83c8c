"""How Alembic runs a migration: on the connection it is handed, in its transaction."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator

from bot.storage.tables import metadata


def as_stored(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Our own types as the plain ones below them: a migration must outlive our code's changes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table: it is rebuilt
    render_item=as_stored,
)
context.run_migrations()
