"""/ask and plain doubts: search the notes, answer from them, name the source.

With a language model the answer is worded from the passages found; without one the best passages
are the answer. A source that was not retrieved is never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot import phrases
from bot.dialogue import Answering, Dialogue
from bot.learners import Learner
from bot.lessons.turn import Turn
from bot.messages import Choice, Reply, literal
from bot.ports import LanguageModel, ModelUnavailable, Notes
from bot.speech import say
from knowledge.content import Findings, Found, NoteId
from knowledge.library import Library
from prompts.library import Prompt

_NEXT = 2  # of the passages behind the best, one may be shown beside it when there is no model
_CITED = re.compile(r"\s*\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in Markdown with the passages it stands on, best first; none: not covered."""

    text: str
    sources: tuple[Found, ...]
    nearest: tuple[NoteId, ...] = ()
    likelihood: float = 0.0  # that the notes cover the doubt


class Asking:
    """Doubts, answered from the notes alone."""

    def __init__(
        self, library: Library, notes: Notes, model: LanguageModel | None, prompt: Prompt
    ) -> None:
        self._library = library
        self._notes = notes
        self._model = model
        self._prompt = prompt

    async def answer(self, learner: Learner, dialogue: Dialogue, doubt: str) -> Turn:
        """The answer to a doubt; a question that is open stays open."""
        if not doubt.strip():
            return Turn((phrases.say_your_doubt(),), dialogue)
        answer = await self.answered(doubt, learner.subject, learner.id)
        reply = self._reply(answer)
        if isinstance(dialogue, Answering):
            reply = replace(reply, text=reply.text + phrases.still_open())
        return Turn((reply,), dialogue)

    async def answered(self, doubt: str, subject: str, owner: int | None) -> Answer:
        """What the notes say about a doubt."""
        findings = await self._notes.search(doubt, subject, owner)
        if not findings.covered:
            return Answer("", (), findings.nearest)
        if self._model is not None:
            worded = await self._worded(self._model, doubt, findings)
            if worded is not None:
                return replace(worded, likelihood=findings.likelihood)
        shown = "\n\n---\n\n".join(_passage(found) for found in _best(findings))
        return Answer(shown, findings.found, likelihood=findings.likelihood)

    async def _worded(self, model: LanguageModel, doubt: str, findings: Findings) -> Answer | None:
        """The model's answer from the passages; None if it is unavailable or cites none of them."""
        turns = self._prompt.fill(
            doubt=doubt, passages=[_source(found) for found in findings.found]
        )
        try:
            said = await model.write(turns)
        except ModelUnavailable:
            return None
        cited = _cited(said, len(findings.found))
        if not cited:
            return None
        sources = tuple(findings.found[number - 1] for number in cited)
        return Answer(_renumbered(said, cited), sources)

    def _reply(self, answer: Answer) -> Reply:
        if not answer.sources:
            near = [self._library.note(id) for id in answer.nearest]
            return phrases.not_covered(near)
        lines = [f"{number}. {_named(found)}" for number, found in enumerate(answer.sources, 1)]
        text = say("{text}\n\n**From the notes**\n\n", text=answer.text) + "\n".join(lines)
        own = any(_is_own(found) for found in answer.sources)
        return Reply(text, self._to_read(answer.sources), private=own)

    def _to_read(self, sources: tuple[Found, ...]) -> tuple[Choice, ...]:
        known = {
            note.id: note
            for subject in self._library.subjects
            for note in self._library.notes(subject.id)
        }
        ids = dict.fromkeys(NoteId(found.chunk.note) for found in sources)
        return tuple(
            Choice(say("Read: {title}", title=known[id].title)[:80], f"note:{id}")
            for id in ids
            if id in known
        )


def _best(findings: Findings) -> tuple[Found, ...]:
    """The best passage, and another of the same source that comes next to it."""
    first, *others = findings.found
    same = [found for found in others[:_NEXT] if found.chunk.note == first.chunk.note]
    return (first, *same[:1])


def _passage(found: Found) -> str:
    heading = found.chunk.trail.split(" › ")[-1]
    return f"**{literal(heading)}**\n\n{found.chunk.text}"


def _source(found: Found) -> str:
    return f"{found.chunk.trail}\n{found.chunk.text}"


def _named(found: Found) -> str:
    chunk = found.chunk
    page = f", {chunk.page}" if chunk.page else ""
    own = f"{literal(chunk.note)}{page}: " if _is_own(found) else ""
    return f"{own}{literal(chunk.trail)}"


def _is_own(found: Found) -> bool:
    """Whether it is from a file of the learner's, which is nobody else's business."""
    return "/" not in found.chunk.note


def _cited(said: str, most: int) -> list[int]:
    numbers = [int(number) for group in _CITED.findall(said) for number in group.split(",")]
    return sorted({number for number in numbers if 1 <= number <= most})


def _renumbered(said: str, cited: list[int]) -> str:
    """The citations counted anew over the sources shown; those of no source are dropped."""
    place = {number: position for position, number in enumerate(cited, 1)}

    def renumber(match: re.Match[str]) -> str:
        kept = [place[int(number)] for number in match[1].split(",") if int(number) in place]
        return f" [{', '.join(map(str, kept))}]" if kept else ""

    return _CITED.sub(renumber, said)
