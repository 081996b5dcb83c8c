"""Routines, streaks and pushes as rows, and back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from bot.dialogue import Answering, Dialogue, Idle
from bot.learners import Card, Learner
from bot.messages import Chat
from bot.pushes import Drop, Later, Outcome, Prospect, Push, Seen, Send
from bot.routines import Hours, Quiet, Routine
from bot.storage import codec
from bot.streaks import Streak
from knowledge.content import QuestionId

log = logging.getLogger(__name__)

_ASKED = ("question", "asked", "aside")
_LEARNER = TypeAdapter(Learner)
_LEARNERS = tuple(field.name for field in fields(Learner))


def routine_row(routine: Routine) -> dict[str, object]:
    """The columns of a routine."""
    quiet, pause = routine.hours.quiet, routine.pause
    return {
        "learner": routine.learner,
        "platform": routine.chat.platform,
        "room": routine.chat.room,
        "person": routine.chat.person,
        "minute": routine.hours.minute,
        "days": "".join(map(str, routine.hours.days)),
        "quiet_from": quiet and quiet.begins,
        "quiet_until": quiet and quiet.ends,
        "many": routine.many,
        "subjects": ",".join(routine.subjects),
        "standing": routine.standing,
        "paused_from": pause and pause[0],
        "paused_until": pause and pause[1],
        "unanswered": routine.unanswered,
        "last_day": routine.last_day and routine.last_day.isoformat(),
        "next_day": routine.next_day and routine.next_day.isoformat(),
        "next_push_at": routine.next_at,
    }


def routine(row: RowMapping) -> Routine:
    """The routine of a row."""
    quiet = None if row["quiet_from"] is None else Quiet(row["quiet_from"], row["quiet_until"])
    return Routine(
        learner=row["learner"],
        chat=_chat(row),
        hours=Hours(row["minute"], tuple(map(int, row["days"])), quiet),
        many=row["many"],
        subjects=tuple(filter(None, row["subjects"].split(","))),
        standing=row["standing"],
        pause=None if row["paused_from"] is None else (row["paused_from"], row["paused_until"]),
        unanswered=row["unanswered"],
        last_day=_day(row["last_day"]),
        next_at=row["next_push_at"],
        next_day=_day(row["next_day"]),
    )


def streak_row(streak: Streak) -> dict[str, object]:
    """The columns of a streak."""
    return {field.name: getattr(streak, field.name) for field in fields(Streak)}


def streak(row: RowMapping) -> Streak:
    """The streak of a row."""
    return Streak(row["learner"], row["length"], row["freezes"], row["day"])


def push(row: RowMapping) -> Push:
    """The push of a row."""
    return Push(
        id=row["id"],
        learner=row["learner"],
        chat=_chat(row),
        occasion=row["occasion"],
        due_at=row["due_at"],
        tries=row["tries"],
        asked=_answering(row["asked"]),
        aside=_answering(row["aside"]),
        sent_at=row["sent_at"],
    )


def fate_row(outcome: Outcome, now: datetime) -> dict[str, object]:
    """What is to become of a leased push; None leaves a column as it is."""
    row: dict[str, object] = {
        "of": outcome.push.id,
        "lease": outcome.push.tries,
        "reason": None,
        **{f"new_{name}": None for name in ("not_before", "begun_at", *_ASKED)},
    }
    match outcome:
        case Later(_, until):
            return row | {"fate": "waiting", "new_not_before": until}
        case Drop(_, why):
            return row | {"fate": "dropped", "reason": why}
        case Send(_, _, asked, aside):
            return row | {
                "fate": "sending",
                "new_begun_at": now,
                "new_question": asked and asked.question,
                "new_asked": asked and codec.dialogue_json(asked),
                "new_aside": aside and codec.dialogue_json(aside),
            }


def prospect(
    row: RowMapping,
    due: Sequence[RowMapping],
    seen: Sequence[RowMapping],
    pushed: Sequence[RowMapping],
) -> Prospect:
    """What is known of a learner: their row, and those of their cards, attempts and pushes."""
    return Prospect(
        learner=_LEARNER.validate_python({name: row[name] for name in _LEARNERS}),
        routine=None if row["minute"] is None else routine(row),
        dialogue=_dialogue(row["dialogue"]),
        heard_at=row["heard_at"],
        due=tuple(
            Card(c["learner"], QuestionId(c["question"]), c["due"], c["memory"]) for c in due
        ),
        seen=tuple(
            Seen(QuestionId(s["question"]), s["part"], s["at"], s["marks"], s["out_of"])
            for s in seen
        ),
        pushed=tuple((QuestionId(p["question"]), p["begun_at"]) for p in pushed),
        streak=None if row["length"] is None else streak(row),
    )


def _chat(row: RowMapping) -> Chat:
    return Chat(row["platform"], row["room"], row["person"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _answering(text: str | None) -> Answering | None:
    dialogue = _dialogue(text)
    return dialogue if isinstance(dialogue, Answering) else None


def _dialogue(text: str | None) -> Dialogue:
    if text is None:
        return Idle()
    try:
        return codec.dialogue(text)
    except codec.Unreadable as problem:
        log.warning("a conversation is taken for idle: %s", problem)
        return Idle()
