"""The tables of routines, streaks and pushes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables import Instant, Prose, metadata

routines = Table(
    "routines",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("platform", String, nullable=False),  # this and the next two: where questions go
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("minute", Integer, nullable=False),  # after local midnight, as the quiet hours are
    Column("days", String, nullable=False),  # '0' is Monday
    Column("quiet_from", Integer),  # NULL, as the next is: no quiet hours
    Column("quiet_until", Integer),
    Column("many", Integer, nullable=False),
    Column("subjects", Text, nullable=False),  # ids, by commas
    Column("standing", String, nullable=False),
    Column("paused_from", Date),  # NULL, as the next is: no pause
    Column("paused_until", Date),
    Column("unanswered", Integer, nullable=False),
    Column("last_day", String),  # as in the next: local, ISO 8601
    Column("next_day", String),  # NULL, as the next is: one waits to be sent, or there is none
    Column("next_push_at", Instant),
)
Index(
    "ix_routines_due",
    routines.c.next_push_at,
    sqlite_where=routines.c.next_push_at.is_not(None),
    postgresql_where=routines.c.next_push_at.is_not(None),
)
Index("ix_routines_person", routines.c.platform, routines.c.person)

streaks = Table(
    "streaks",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("freezes", Integer, nullable=False),
    Column("day", Date, nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("occasion", String, primary_key=True),
    Column("reply", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
)

# A leased push waits too: its lease is the time before which it may not be sent.
pushes = Table(
    "pushes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("occasion", String, nullable=False),  # a local day, or a broadcast's
    Column("platform", String, nullable=False),
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String, nullable=False),  # waiting, sending, sent or dropped
    Column("not_before", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("question", String),  # NULL until it was chosen, and in a broadcast
    Column("asked", Text),
    Column("aside", Text),
    Column("begun_at", Instant),  # sending
    Column("sent_at", Instant),
    Column("why", Prose),  # it was dropped
    UniqueConstraint("learner", "occasion"),
    sqlite_autoincrement=True,  # buttons name pushes by their ids
)
Index(
    "ix_pushes_waiting",
    pushes.c.platform,
    pushes.c.not_before,
    sqlite_where=pushes.c.state == "waiting",
    postgresql_where=pushes.c.state == "waiting",
)
Index(
    "ix_pushes_sending",
    pushes.c.learner,
    pushes.c.begun_at,
    sqlite_where=pushes.c.state == "sending",
    postgresql_where=pushes.c.state == "sending",
)

paces = Table(
    "paces",
    metadata,
    Column("platform", String, primary_key=True),
    Column("free_at", Instant, nullable=False),  # nobody calls the platform for pushes before
)
