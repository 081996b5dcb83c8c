"""/settings: what those who run a room arrange for everybody in it."""

from __future__ import annotations

from dataclasses import replace

from bot import arrangements, phrases
from bot.dialogue import Dialogue
from bot.learners import Enrolled, Learner
from bot.lessons.authority import refusal
from bot.lessons.turn import Turn
from bot.messages import Chat
from bot.ports import InCharge, Transactions
from bot.rounds import Arranged, Room
from bot.speech import NAMES, speaking
from knowledge.library import Library


class Arranging:
    """The settings of rooms."""

    def __init__(self, library: Library, records: Transactions, in_charge: InCharge) -> None:
        self._library = library
        self._records = records
        self._in_charge = in_charge

    async def show(self, learner: Learner, dialogue: Dialogue, chat: Chat) -> Turn:
        """How things stand, and what may be changed; alone with the tutor, one's own."""
        if chat.alone:
            return Turn((arrangements.own(self._library.subjects, learner),), dialogue)
        async with self._records() as records:
            room = await records.rounds.room(chat)
        return Turn((arrangements.shown(room, self._library.subjects),), dialogue)

    def speak(self, learner: Learner, dialogue: Dialogue, code: str) -> Turn:
        """Speak this language with the learner from now on."""
        language = next((one for one in NAMES if one == code), None)
        if language is None:
            return Turn((phrases.out_of_date(),), dialogue)
        changed = replace(learner, language=language)
        with speaking(language):
            reply = arrangements.own(self._library.subjects, changed)
        return Turn((reply,), dialogue, (Enrolled(changed),))

    async def change(self, dialogue: Dialogue, chat: Chat, setting: str, value: str) -> Turn:
        """One setting, for those who run the room. What they do not change stays."""
        async with self._records() as records:
            room = await records.rounds.room(chat)
        changed = self._changed(room, setting, value)
        if changed is None or chat.alone:
            return Turn((phrases.out_of_date(),), dialogue)
        refused = await refusal(self._in_charge, chat)
        if refused is not None:
            return Turn((refused,), dialogue)
        with speaking(changed.language):
            reply = arrangements.shown(changed, self._library.subjects)
        return Turn((reply,), dialogue, (Arranged(chat.everybody, changed),))

    def _changed(self, room: Room, setting: str, value: str) -> Room | None:
        """The room with one setting changed; None for what is no longer to be had."""
        match setting, value:
            case "subject", id if id in {"", *(subject.id for subject in self._library.subjects)}:
                return replace(room, subject=id)
            case "level", "SL" | "HL" as level:
                return replace(room, level=level)
            case "starters", "everyone" | "admins" as starters:
                return replace(room, starters=starters)
            case "language", "en" | "es" | "fr" | "de" as language:
                return replace(room, language=language)
            case _:
                return None
