"""Questions that a learner can share into any chat, found by the words that they type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from bot import actions, deep_links, questions
from bot.learners import Learner
from bot.messages import Chat, Choice, Offer
from bot.ports import Transactions
from bot.speech import likeliest, say, speaking
from knowledge.content import Question
from knowledge.figures import IMAGE
from knowledge.instances import instance
from knowledge.library import Library

MOST = 10
_SHORT = frozenset({"choice", "number", "short"})


class Offers:
    """Finds what can be shared: short questions that need no figure and no drawn numbers."""

    def __init__(self, library: Library, records: Transactions) -> None:
        self._library = library
        self._records = records

    async def offer(self, chat: Chat, words: str, locale: str) -> tuple[Offer, ...]:
        """Questions of the learner's subject, of the topics that the words name, or of all."""
        async with self._records() as records:  # nobody is enrolled by typing: it commits nothing
            learner = await records.learner(chat)
        topics = list(self._topics(learner, words))
        found = [self._shareable(learner, subject, topic) for subject, topic in topics]
        mixed = chain.from_iterable(zip_longest(*found))  # one of each topic, then a second
        with speaking(learner.language or likeliest(locale)):
            return tuple(_offered(one) for one in islice(filter(None, mixed), MOST))

    def _topics(self, learner: Learner, words: str) -> Iterator[tuple[str, str]]:
        """Subjects and topics, the learner's own subject alone where there is one."""
        ids = [subject.id for subject in self._library.subjects]
        for id in [learner.subject] if learner.subject in ids else ids:
            all = self._library.subject(id).topics
            for topic in self._library.topics_like(id, words) if words.strip() else all:
                yield id, topic

    def _shareable(self, learner: Learner, subject: str, topic: str) -> Sequence[Question]:
        fitting = self._library.questions(subject, topic=topic, level=learner.level)
        return [question for question in fitting if _stands_alone(question)]


def _stands_alone(question: Question) -> bool:
    """Whether its first part is short, and says everything in words that are always the same."""
    part = question.parts[0]
    drawn = instance(question, 1) != instance(question, 2)
    seen = IMAGE.search(question.stem + part.stem) or question.script
    return part.kind in _SHORT and not seen and not drawn


def _offered(question: Question) -> Offer:
    part = question.parts[0]
    asked = questions.asked(question, part, question.stem, part.stem if part.label else "", ())
    text = say("{text}\n\n*Answer in private: nobody reads along.*", text=asked.text)
    about = " ".join((question.stem or part.stem).split())
    action, start = actions.about("again", question, part), deep_links.ask(question.id)
    choice = Choice(say("Answer"), action, with_text=True, start=start)
    return Offer(question.id, question.title, about, text, choice)
