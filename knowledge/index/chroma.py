"""The door to Chroma: collections of passages, kept up to date, searched by meaning and words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from knowledge.chunks import fingerprint
from knowledge.content import Chunk, Document
from knowledge.embedding import Embed
from knowledge.hits import Hit, Probe, fused
from knowledge.home import Home
from knowledge.index import rows
from knowledge.stock import Stock
from knowledge.words import plain

_CANDIDATES = 30  # of each ranking, before they are fused
_BATCH = 500  # chunks embedded and kept at one go
_HALF_MADE = ".new"  # ends the name of a collection that is being embedded with another model


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: chunks embedded anew, chunks that went, chunks that stayed."""

    added: int
    removed: int
    kept: int


class Index:
    """Collections in a folder, or on a Chroma server given as a URL. All methods block.

    A collection that was embedded by another model is embedded anew when it is first touched.
    """

    def __init__(self, where: Path | str, embed: Embed) -> None:
        self._embed = embed
        self._home = Home(where)
        self._client = _client(self._home)
        self._stocks: dict[str, tuple[str, Stock]] = {}  # with the version that was stocked
        self._languages: dict[str, str] = {}  # of collections that were refreshed
        self._writing = RLock()  # one change at a time; searches go on beside it

    def probe(self, text: str) -> Probe:
        """A text made ready to be searched for."""
        return Probe(text, self._embed.embed([plain(text)])[0])

    def refresh(self, name: str, chunks: Sequence[Chunk], language: str = "en") -> Refreshed:
        """Make the collection hold exactly these chunks; only new or changed ones are embedded.

        By words it is searched in English, and in `language` if that is another.
        """
        self._languages[name] = language
        self._stocks.pop(name, None)
        return self._replace(name, chunks, among=None, pages=0)

    def put(self, name: str, document: str, chunks: Sequence[Chunk], pages: int) -> Refreshed:
        """The same for the chunks of one document; the others of the collection stay."""
        return self._replace(name, chunks, among=document, pages=pages)

    def documents(self, name: str) -> tuple[Document, ...]:
        """The documents of a collection, by name."""
        with self._troubles():
            found = self._found(name)
            stored = rows.stored(found) if found else {}
        chunks = Counter(meta["note"] for meta in stored.values())
        pages = {meta["note"]: int(meta["pages"]) for meta in stored.values()}
        return tuple(Document(note, chunks[note], pages[note]) for note in sorted(chunks))

    def passages(self, name: str, document: str) -> tuple[tuple[Chunk, ...], int]:
        """The passages of one document, and how many pages it has."""
        with self._troubles():
            found = self._found(name)
            stored = rows.stored(found) if found else {}
            chunks = rows.chunks_of(found) if found else ()
        pages = next(
            (int(meta["pages"]) for meta in stored.values() if meta["note"] == document), 0
        )
        return tuple(chunk for chunk in chunks if chunk.note == document), pages

    def drop(self, name: str) -> None:
        """Remove the collection with all that is in it; one that is not there is no error."""
        with self._troubles(), self._writing:
            for each in (name, name + _HALF_MADE):
                if self._named(each):
                    self._client.delete_collection(each)
            self._stocks.pop(name, None)

    def search(self, names: Sequence[str], probe: Probe, k: int) -> tuple[Hit, ...]:
        """The k best chunks of these collections together; a missing collection is an empty one."""
        hits: dict[str, Hit] = {}
        with self._troubles():
            for name in names:
                with suppress(NotFoundError):  # dropped while we were looking
                    if found := self._found(name):
                        hits |= self._candidates(found, probe, max(_CANDIDATES, k))
        nearness = {id: hit.nearness for id, hit in hits.items()}
        words = {id: hit.words for id, hit in hits.items()}
        best = list(fused(nearness, words).items())[:k]
        return tuple(replace(hits[id], score=score) for id, score in best)

    def share(self, name: str, text: str) -> float:
        """How much of a text's informative words stands in one chunk of a collection, 0 to 1."""
        with self._troubles():
            found = self._found(name)
            return self._stock(found).best_share(text) if found else 0.0

    def close(self) -> None:
        """Let others open the folder. The index is of no use afterwards."""
        if isinstance(self._client, Client):  # its interface does not mention it
            self._client.close()
        self._home.release()

    def _candidates(self, found: Collection, probe: Probe, most: int) -> dict[str, Hit]:
        """What one collection has to offer by either ranking, measured by both."""
        stock = self._stock(found)
        words = stock.by_words(probe.text, most)
        ids = dict.fromkeys([*rows.nearest(found, probe, most), *words])
        return {
            id: Hit(
                stock.chunk(id),
                score=0.0,
                nearness=near.found,
                cosine=near.own,
                words=words.get(id, 0.0),
                share=stock.share(probe.text, id),
            )
            for id, near in rows.measured(found, probe, [*ids]).items()
            if id in stock
        }

    def _stock(self, found: Collection) -> Stock:
        """The collection in memory, filled again when its version has changed."""
        version = str(rows.meta(found).get("version", ""))
        stocked = self._stocks.get(found.name)
        if stocked is None or stocked[0] != version:
            language = self._languages.get(found.name, "en")
            stocked = self._stocks[found.name] = (version, Stock(rows.chunks_of(found), language))
        return stocked[1]

    def _replace(
        self, name: str, chunks: Sequence[Chunk], among: str | None, pages: int
    ) -> Refreshed:
        """Replace the chunks of one document, or of all."""
        with self._troubles(), self._writing:
            collection = self._found(name) or self._created(name)
            stored = rows.stored(collection)
            prints = {id: meta["print"] for id, meta in stored.items()}
            fresh = [chunk for chunk in chunks if prints.get(chunk.id) != fingerprint(chunk)]
            stay = {chunk.id for chunk in chunks}
            old = [id for id, meta in stored.items() if among is None or meta["note"] == among]
            gone = [id for id in old if id not in stay]
            if fresh or gone:
                self._change(collection, fresh, gone, pages)
        return Refreshed(len(fresh), len(gone), len(chunks) - len(fresh))

    def _change(
        self, collection: Collection, fresh: Sequence[Chunk], gone: Sequence[str], pages: int
    ) -> None:
        """Add, remove, and stamp a new version, by which every process sees that there is one."""
        try:
            self._drop_questions(collection, [*(chunk.id for chunk in fresh), *gone])
            self._write(collection, [(chunk, pages) for chunk in fresh])
            for start in range(0, len(gone), _BATCH):
                collection.delete(ids=list(gone[start : start + _BATCH]))
            prints = sorted(meta["print"] + id for id, meta in rows.stored(collection).items())
            version = hashlib.sha256("\n".join(prints).encode()).hexdigest()[:16]
            collection.modify(metadata={"embedding": self._embed.name, "version": version})
        finally:  # half a change is a change too
            self._stocks.pop(collection.name, None)

    def _drop_questions(self, collection: Collection, ids: Sequence[str]) -> None:
        """Remove what these chunks were found by beside their own text."""
        for start in range(0, len(ids), _BATCH):
            collection.delete(where=rows.answering(ids[start : start + _BATCH]))

    def _write(self, collection: Collection, chunks: Sequence[tuple[Chunk, int]]) -> None:
        """Embed chunks and keep them, each with the number of pages of its document."""
        for start in range(0, len(chunks), _BATCH):
            batch = [row for each in chunks[start : start + _BATCH] for row in rows.of(*each)]
            collection.upsert(
                ids=[row.id for row in batch],
                embeddings=self._embed.embed([row.embedded for row in batch]),
                documents=[row.text for row in batch],
                metadatas=[row.described for row in batch],
            )

    def _found(self, name: str) -> Collection | None:
        """The collection in today's embedding; None if there is none."""
        found = self._named(name)
        if found is None and self._named(name + _HALF_MADE):
            found = self._renamed(name)
        if found and rows.meta(found)["embedding"] != self._embed.name:
            found = self._embedded_anew(name)
        return found

    def _renamed(self, name: str) -> Collection | None:
        """Finish what a crash left between removing the old collection and renaming the new."""
        with self._writing:
            if ready := self._named(name + _HALF_MADE):
                ready.modify(name=name)
            return self._named(name)

    def _embedded_anew(self, name: str) -> Collection | None:
        """The same chunks by today's model; the old collection goes when the new is complete."""
        with self._writing:
            old = self._named(name)
            if old is None or rows.meta(old)["embedding"] == self._embed.name:
                return old  # another thread was faster
            if self._named(name + _HALF_MADE):
                self._client.delete_collection(name + _HALF_MADE)
            new = self._created(name + _HALF_MADE)
            pages = {id: int(meta["pages"]) for id, meta in rows.stored(old).items()}
            self._write(new, [(chunk, pages[chunk.id]) for chunk in rows.chunks_of(old)])
            self._client.delete_collection(name)
            new.modify(name=name)
            self._stocks.pop(name, None)
            return new

    def _named(self, name: str) -> Collection | None:
        try:
            return self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def _created(self, name: str) -> Collection:
        return self._client.get_or_create_collection(  # other processes may start at the same time
            name,
            embedding_function=None,  # the default one would download a model
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"embedding": self._embed.name, "version": ""},
        )

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Errors of Chroma, and of the way to its server, as ours."""
        try:
            yield
        except (ChromaError, httpx.HTTPError) as problem:
            raise self._home.trouble() from problem


def _client(home: Home) -> ClientAPI:
    settings = Settings(anonymized_telemetry=False)
    try:
        if not home.is_server:
            return chromadb.PersistentClient(home.where, settings=settings)
        url = urlsplit(home.where)
        port = url.port or (443 if url.scheme == "https" else 8000)
        host = url.hostname or "localhost"
        return chromadb.HttpClient(host, port, ssl=url.scheme == "https", settings=settings)
    except (ChromaError, ValueError, AttributeError, OSError) as problem:
        # a broken folder is an AttributeError the second time, an unreachable server a ValueError
        home.release()
        raise home.trouble() from problem
