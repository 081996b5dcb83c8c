"""A learner's own files: read into their private notes, listed, removed."""

from __future__ import annotations

from bot import phrases
from bot.dialogue import Dialogue
from bot.learners import Learner
from bot.lessons.turn import Turn
from bot.messages import Upload
from bot.ports import Notes
from bot.speech import reason, say
from knowledge.content import Unreadable


class Filing:
    """Documents that a learner sent, searched for them alone."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def add(self, learner: Learner, dialogue: Dialogue, upload: Upload) -> Turn:
        """Read a file into the learner's notes, in place of one of the same name."""
        if upload.problem:
            return Turn((phrases.unreadable(upload.name, say(upload.problem)),), dialogue)
        try:
            document = await self._notes.add(
                learner.id, upload.name, upload.media_type, upload.data
            )
        except Unreadable as why:
            return Turn((phrases.unreadable(upload.name, reason(why)),), dialogue)
        return Turn((phrases.document_added(document),), dialogue)

    async def remove(self, learner: Learner, name: str) -> None:
        """Take a file out of the learner's notes. One that is not there is no error."""
        await self._notes.drop(learner.id, name)

    async def files(self, learner: Learner, dialogue: Dialogue, words: str) -> Turn:
        """List the learner's files, or remove the one that is named."""
        documents = await self._notes.documents(learner.id)
        verb, _, name = words.strip().partition(" ")
        if verb.lower() != "remove":
            return Turn((phrases.files(documents),), dialogue)
        name = name.strip()
        if name not in {document.name for document in documents}:
            return Turn((phrases.no_such_file(name),), dialogue)
        await self._notes.drop(learner.id, name)
        return Turn((phrases.file_removed(name),), dialogue)
