"""What is said about the settings of a room, and about rooms that are not served."""

from __future__ import annotations

from collections.abc import Sequence

from bot.learners import Learner
from bot.messages import Choice, Reply
from bot.rounds import Room
from bot.speech import NAMES, later, say, spoken
from knowledge.content import Level, Subject

INVITED_ONLY = later(
    "Thank you for asking me in. Those who run me have me serve invited groups "
    "only, and this is none of them, so I stay quiet here. In a private chat I "
    "am glad to help."
)


def shown(room: Room, subjects: Sequence[Subject]) -> Reply:
    """What holds in a room, with a button for everything that could be otherwise."""
    name = _name(room.subject, subjects)
    studied = f"**{name} {room.level}**" if name else say("each learner's own subject")
    everyone = room.starters == "everyone"
    text = say(
        "# This group\n\n"
        "- Subject: {studied}\n- Rounds are started by: {who}\n- Language: {language}\n\n"
        "*Those who run this group can change that.*",
        studied=studied,
        who=say("everyone") if everyone else say("only those who run this group"),
        language=NAMES[room.language],
    )
    changes = (*_subjects(room, subjects), *_levels(room), _starters(room))
    return Reply(text, (*changes, *_languages("room-language", room.language)))


def _languages(verb: str, now: str) -> tuple[Choice, ...]:
    return tuple(Choice(name, f"{verb}:{code}") for code, name in NAMES.items() if code != now)


def _subjects(room: Room, subjects: Sequence[Subject]) -> tuple[Choice, ...]:
    others = tuple(
        Choice(subject.name, f"room-subject:{subject.id}")
        for subject in subjects
        if subject.id != room.subject
    )
    own = Choice(say("Each their own subject"), "room-subject:")
    return (*others, own) if room.subject else others


def _levels(room: Room) -> tuple[Choice, ...]:
    levels: tuple[Level, ...] = ("SL", "HL")
    others = tuple(Choice(level, f"room-level:{level}") for level in levels if level != room.level)
    return others if room.subject else ()


def _starters(room: Room) -> Choice:
    if room.starters == "everyone":
        return Choice(say("Rounds: admins only"), "room-starters:admins")
    return Choice(say("Rounds: everyone"), "room-starters:everyone")


def own(subjects: Sequence[Subject], learner: Learner) -> Reply:
    """A learner's own settings, and where a group's are."""
    name = _name(learner.subject, subjects)
    studied = (
        say("You are set to **{name} {level}**.", name=name, level=learner.level)
        if name
        else say("You have no subject yet.")
    )
    return Reply(
        say(
            "{studied} `/subject` changes that. I speak {language} with you; press another one to "
            "change that, too. A group has settings of its own: those who run it write `/settings` "
            "there.",
            studied=studied,
            language=NAMES[spoken()],
        ),
        (Choice(say("Subject and level"), "subjects"), *_languages("language", spoken())),
    )


def set_for_all(room: Room, subjects: Sequence[Subject]) -> Reply:
    """Somebody wants another subject where the room's is set."""
    name = _name(room.subject, subjects)
    return Reply(
        say(
            "This group studies **{name} {level}**; those who run it change that by "
            "`/settings`. In our private chat, `/subject` is all yours.",
            name=name,
            level=room.level,
        ),
    )


def _name(id: str, subjects: Sequence[Subject]) -> str:
    return next((subject.name for subject in subjects if subject.id == id), "")
