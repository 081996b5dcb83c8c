"""The tables, and the types that databases need help with."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC. SQLite stores it without a zone, and gets the zone back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC. Raises ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Prose(TypeDecorator[str]):
    """Typed text. NUL and halves of surrogate pairs, which databases refuse, become '?'."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        if value is None:
            return None
        return value.replace("\0", "?").encode("utf-8", "replace").decode()


# Rows that come with every message: a busy server's would outgrow four bytes within months.
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={  # a later migration can only drop a constraint that has a name
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

learners = Table(
    "learners",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String, nullable=False),
    Column("level", String, nullable=False),
    Column("timezone", String, nullable=False),
    Column("language", String, nullable=False, server_default=""),  # '' is not known yet
    sqlite_autoincrement=True,  # the id of somebody forgotten is never anybody else's
)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
)

offers = Table(
    "offers",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("code", String, nullable=False, unique=True),  # its hash
    Column("until", Instant, nullable=False),
)

mistakes = Table(
    "mistakes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_mistakes_learner", "learner", "at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("platform", String, primary_key=True),
    Column("person", String, primary_key=True),  # before the room: /forget finds all rooms of one
    Column("room", String, primary_key=True),
    Column("dialogue", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("question", String, nullable=False),
    Column("part", String, nullable=False),
    Column("answer", Prose, nullable=False),
    Column("at", Instant, nullable=False),
    Column("marks", Integer),  # this and the next three are NULL where it could not be marked
    Column("out_of", Integer),
    Column("examiner", Text),
    Column("verdict", Text),
    Column("hints", Integer, nullable=False),
    Column("earlier", Text, nullable=False),
    Index("ix_attempts_learner", "learner", "at", "id"),
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt", ForeignKey("attempts.id", ondelete="CASCADE"), nullable=False),
    Column("point", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("platform", String, nullable=False),  # this and the next two: where they appealed
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("first", Text, nullable=False),  # the verdict that was appealed
    Column("second", Text),  # the other reading; NULL where there could be none
    Column("decided_at", Instant),  # this and the next three are NULL until a teacher decides
    Column("awarded", Boolean),
    Column("marks", Integer),  # NULL for a point
    Column("note", Prose),
    UniqueConstraint("attempt", "point"),
    sqlite_autoincrement=True,  # the number of a forgotten appeal is never another's
)

cards = Table(
    "cards",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("due", Instant, nullable=False),
    Column("memory", Text, nullable=False),
    Index("ix_cards_learner", "learner", "due"),
)

rooms = Table(
    "rooms",
    metadata,
    Column("platform", String, primary_key=True),
    Column("room", String, primary_key=True),
    Column("subject", String, nullable=False),  # '' leaves it to each learner
    Column("level", String, nullable=False),
    Column("starters", String, nullable=False),
    Column("language", String, nullable=False, server_default="en"),
    Column("turned_away_at", Instant),  # when it was told that it is not served
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", String, primary_key=True),  # a secret: it opens the question
    Column("platform", String, nullable=False),
    Column("room", String, nullable=False),
    Column("starter", ForeignKey("learners.id", ondelete="SET NULL"), index=True),
    Column("question", String, nullable=False),
    Column("part", String, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("revealed_at", Instant),  # NULL while it runs
    Column("daily", Boolean, nullable=False),
    Column("clock", Integer),  # seconds that its message says are left; NULL: as many as it lasts
    Index("ix_rounds_room", "platform", "room", "ends_at"),
)
Index(  # one at a time, and the daily one beside it
    "ix_rounds_running",
    rounds.c.platform,
    rounds.c.room,
    rounds.c.daily,
    unique=True,
    sqlite_where=rounds.c.revealed_at.is_(None),
    postgresql_where=rounds.c.revealed_at.is_(None),
)

meetings = Table(  # of a room for its question of the day
    "meetings",
    metadata,
    Column("platform", String, primary_key=True),
    Column("room", String, primary_key=True),
    Column("minute", Integer, nullable=False),  # after midnight
    Column("days", String, nullable=False),  # of the week, '0' is Monday
    Column("zone", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("next_at", Instant, index=True),
)

entries = Table(
    "entries",
    metadata,
    Column("attempt", ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("round", ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("platform", String, nullable=False),  # this and the next two: where it was given
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("name", Prose, nullable=False),
    Column("quotable", Boolean, nullable=False),
    Column("counts", Boolean, nullable=False),
    UniqueConstraint("round", "learner"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("key", String, primary_key=True),  # a hash: neither question nor answer can be read off
    Column("marks", Text, nullable=False),  # places in the answer, none of its words
)

remarks = Table(
    "remarks",
    metadata,
    Column("judgement", ForeignKey("judgements.key", ondelete="CASCADE"), primary_key=True),
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("day", Date, primary_key=True),  # in UTC
    Column("purse", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("amount", BigInteger, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", String, nullable=False),
    Column("update_id", String, nullable=False),
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("locale", String, nullable=False),
    Column("content", Text),  # NULL once it was answered or its person forgotten
    Column("received_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),  # turns begun to answer it
    Column("next_try_at", Instant),  # when others may take whoever has it for gone
    Column("answered_at", Instant),
    Column("name", Prose, nullable=False, server_default=""),  # '' with the content gone
    Column("post", String, nullable=False, server_default=""),  # its platform's name for it
    UniqueConstraint("platform", "update_id"),
    sqlite_autoincrement=True,  # ids are the order of arrival
)
Index(
    "ix_inbox_waiting",
    inbox.c.platform,
    inbox.c.person,
    inbox.c.room,
    inbox.c.id,
    sqlite_where=inbox.c.content.is_not(None),
    postgresql_where=inbox.c.content.is_not(None),
)
Index("ix_inbox_person", inbox.c.platform, inbox.c.person)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", String, nullable=False),
    Column("room", String, nullable=False),
    Column("person", String, nullable=False),
    Column("reply", Text),  # NULL once it was sent or given up
    Column("tries", Integer, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("next_try_at", Instant),  # NULL: at once
    Column("sent_at", Instant),
    Column("given_up_at", Instant),
    Column("why", Prose),  # it was given up
    Column("mark", String, nullable=False, server_default=""),  # '' is never looked for again
    Column("post", String, nullable=False, server_default=""),  # its platform's name for it
    sqlite_autoincrement=True,  # ids are the order of delivery
)
Index(
    "ix_outbox_waiting",
    outbox.c.platform,
    outbox.c.person,
    outbox.c.room,
    outbox.c.id,
    sqlite_where=outbox.c.reply.is_not(None),
    postgresql_where=outbox.c.reply.is_not(None),
)
Index("ix_outbox_person", outbox.c.platform, outbox.c.person)
Index(
    "ix_outbox_mark",
    outbox.c.platform,
    outbox.c.room,
    outbox.c.mark,
    sqlite_where=outbox.c.mark != "",
    postgresql_where=outbox.c.mark != "",
)
