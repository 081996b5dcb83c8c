"""What is said about the settings of a room, and about rooms that are not served."""

from __future__ import annotations

from collections.abc import Sequence

from bot.learners import Learner
from bot.messages import Choice, Reply
from bot.phrases import QUIZ
from bot.rounds import Room
from knowledge.content import Level, Subject

INVITED_ONLY = (
    "Thank you for asking me in. Those who run me have me serve invited groups only, and this is "
    "none of them, so I stay quiet here. In a private chat I am glad to help."
)


def shown(room: Room, subjects: Sequence[Subject]) -> Reply:
    """What holds in a room, with a button for everything that could be otherwise."""
    name = _name(room.subject, subjects)
    studied = f"**{name} {room.level}**" if name else "each learner's own subject"
    who = "everyone" if room.starters == "everyone" else "only those who run this group"
    text = (
        f"# This group\n\n- Subject: {studied}\n- Rounds are started by: {who}\n\n"
        "*Those who run this group can change that.*"
    )
    return Reply(text, (*_subjects(room, subjects), *_levels(room), _starters(room)))


def _subjects(room: Room, subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    others = tuple(
        Choice(subject.name, f"room-subject:{subject.id}")
        for subject in subjects
        if subject.id != room.subject
    )
    own = Choice("Each their own subject", "room-subject:")
    return (*others, own) if room.subject else others


def _levels(room: Room) -> tuple[Choice, ...]:
    levels: tuple[Level, ...] = ("SL", "HL")
    others = tuple(Choice(level, f"room-level:{level}") for level in levels if level != room.level)
    return others if room.subject else ()


def _starters(room: Room) -> Choice:
    if room.starters == "everyone":
        return Choice("Rounds: admins only", "room-starters:admins")
    return Choice("Rounds: everyone", "room-starters:everyone")


def own(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """A learner's own settings, and where a group's are."""
    name = _name(learner.subject, subjects)
    studied = f"You are set to **{name} {learner.level}**." if name else "You have no subject yet."
    return Reply(
        f"{studied} `/subject` changes that. A group has settings of its own: those who run it "
        "write `/settings` there.",
        (Choice("Subject and level", "subjects"), QUIZ),
    )


def set_for_all(room: Room, subjects: Sequence[Subject]) -> Reply:
    """Somebody wants another subject where the room's is set."""
    name = _name(room.subject, subjects)
    return Reply(
        f"This group studies **{name} {room.level}**; those who run it change that by "
        "`/settings`. In our private chat, `/subject` is all yours.",
    )


def _name(id: str, subjects: Sequence[Subject]) -> str:
    return next((subject.name for subject in subjects if subject.id == id), "")
