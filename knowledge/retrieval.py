"""What the tutor searches: a subject's notes and a learner's own files, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePath

from knowledge.beforehand import with_library
from knowledge.content import Document, Findings, Found, Note, NoteId, Question, Subject
from knowledge.covering import Covering, covering, evidence
from knowledge.documents import passages
from knowledge.embedding import DEFAULT, embedding
from knowledge.hits import Hit, Probe
from knowledge.index import Index, Refreshed
from knowledge.sources import (
    ELSEWHERE,
    cut_document,
    owned,
    passages_of,
    renamed,
    strays,
    taught,
    untaught,
    untold,
)

_FOUND = 5  # passages that an answer is built from
_LOOKED_AT = 10  # passages from which the nearest topics are named
_OFFERED = 3  # topics


def retriever(where: Path | str, model: str = DEFAULT) -> Retriever:
    """A retriever with its index in a folder or on a Chroma server. Slow: use a thread."""
    return Retriever(Index(where, with_library(embedding(model))), covering())


class Retriever:
    """Searches notes and documents. Its methods may be called side by side, and none blocks."""

    def __init__(self, index: Index, covering: Covering) -> None:
        self._index = index
        self._covering = covering
        self._subjects: set[str] = set()

    async def refresh(
        self, subject: Subject, notes: tuple[Note, ...], questions: tuple[Question, ...] = ()
    ) -> Refreshed:
        """Bring a subject's notes, and what its syllabus has no notes on, up to date.

        A note is also found by what the questions of its topic ask.
        """
        return await asyncio.to_thread(self._refresh, subject, notes, questions)

    async def search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        """The chunks nearest to a doubt, from the subject's notes or the owner's files or both."""
        return await asyncio.to_thread(self._search, doubt, subject, owner)

    async def add(self, owner: int, name: str, media_type: str, data: bytes) -> Document:
        """Read a file into the owner's notes, in place of one of that name. Raises Unreadable."""
        return await asyncio.to_thread(self._add, owner, name, media_type, data)

    async def documents(self, owner: int) -> tuple[Document, ...]:
        """The owner's files, by name."""
        return await asyncio.to_thread(self._index.documents, owned(owner))

    async def drop(self, owner: int, name: str | None = None) -> None:
        """Remove one of the owner's files, or all of them. One that is not there is no error."""
        await asyncio.to_thread(self._drop, owner, name)

    async def move(self, owner: int, to: int) -> None:
        """Give all of the owner's files to another; one whose name is taken gets a number.

        Nothing is lost, and nothing there twice, if it is cut off and done again.
        """
        await asyncio.to_thread(self._move, owner, to)

    async def close(self) -> None:
        """Let another process have the index."""
        await asyncio.to_thread(self._index.close)

    def _refresh(
        self, subject: Subject, notes: tuple[Note, ...], questions: tuple[Question, ...]
    ) -> Refreshed:
        if not self._subjects:  # what belongs to no subject is the same for all
            self._index.refresh(ELSEWHERE, tuple(strays()))
        self._subjects.add(subject.id)
        spoken = subject.language
        self._index.refresh(untaught(subject.id), tuple(untold(subject)), spoken)
        return self._index.refresh(taught(subject.id), tuple(passages_of(notes, questions)), spoken)

    def _search(self, doubt: str, subject: str, owner: int | None) -> Findings:
        if not doubt.strip():
            return Findings((), covered=False)
        probe = self._index.probe(doubt)
        if sources := dict(self._sources(probe, subject, owner)):
            hits = self._index.search(list(sources), probe, _FOUND)
            found = tuple(Found(hit.chunk, hit.score) for hit in hits)
            return Findings(found, covered=True, likelihood=max(sources.values()))
        near = self._index.search([taught(subject)], probe, _LOOKED_AT) if subject else ()
        return Findings((), covered=False, nearest=_topics(near))

    def _sources(
        self, probe: Probe, subject: str, owner: int | None
    ) -> Iterator[tuple[str, float]]:
        """The collections that cover the doubt, each judged by itself, and how likely they do."""
        rivals = untaught(subject or "none")
        abroad = [taught(other) for other in sorted(self._subjects - {subject})]
        if subject:
            seen = evidence(self._index, taught(subject), rivals, probe, abroad)
            if self._covering.subject.covers(seen):
                yield taught(subject), self._covering.subject.likelihood(seen)
        if owner is not None:
            seen = evidence(self._index, owned(owner), rivals, probe, abroad)
            if self._covering.documents.covers(seen):
                yield owned(owner), self._covering.documents.likelihood(seen)

    def _add(self, owner: int, name: str, media_type: str, data: bytes) -> Document:
        found, pages = passages(name, media_type, data)
        chunks = tuple(cut_document(name, found))
        self._index.put(owned(owner), name, chunks, pages)
        return Document(name, len(chunks), pages)

    def _drop(self, owner: int, name: str | None) -> None:
        if name is None:
            self._index.drop(owned(owner))
        else:
            self._index.put(owned(owner), name, (), pages=0)

    def _move(self, owner: int, to: int) -> None:
        for document in self._index.documents(owned(owner)):
            chunks, pages = self._index.passages(owned(owner), document.name)
            name = self._free(document.name, owned(to), [chunk.text for chunk in chunks])
            self._index.put(owned(to), name, tuple(renamed(chunks, name)), pages)
            self._index.put(owned(owner), document.name, (), pages=0)
        self._index.drop(owned(owner))

    def _free(self, name: str, where: str, texts: Sequence[str]) -> str:
        """The name, or with a number ('slides (2).pdf'), that is free or has the same texts."""
        path = PurePath(name)
        numbered = (f"{path.stem} ({number}){path.suffix}" for number in count(2))
        for each in chain([name], numbered):
            there, _ = self._index.passages(where, each)
            if not there or [chunk.text for chunk in there] == list(texts):
                return each
        raise AssertionError("there is always another number")


def _topics(hits: Sequence[Hit]) -> tuple[NoteId, ...]:
    """The notes that the hits are from, nearest first."""
    by_cosine = sorted(hits, key=lambda hit: -hit.cosine)
    return tuple(dict.fromkeys(NoteId(hit.chunk.note) for hit in by_cosine))[:_OFFERED]
