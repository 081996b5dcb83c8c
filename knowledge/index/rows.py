"""What a Chroma collection keeps: a row for each chunk, and one for each question it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.api.types import GetResult, Where

from knowledge.chunks import embedded, fingerprint
from knowledge.content import Chunk
from knowledge.hits import Probe
from knowledge.words import plain

_QUESTION = 0.9  # of a cosine: so much does nearness to a question that a chunk answers count


def meta(found: Collection) -> Mapping[str, object]:
    """What is kept about the whole collection."""
    return found.metadata or {}


def answering(ids: Sequence[str]) -> Where:
    """The condition for rows of questions that these chunks answer."""
    among: dict[Literal["$in", "$nin"], list[str | int | float | bool]] = {"$in": [*ids]}
    return {"answered_by": among}


def stored(found: Collection) -> dict[str, dict[str, str]]:
    """What is kept beside each chunk, by id; rows of questions are left out."""
    answer = found.get(include=["metadatas"])
    metas = answer["metadatas"] or []
    return {
        id: {key: str(value) for key, value in meta.items()}
        for id, meta in zip(answer["ids"], metas, strict=True)
        if "answered_by" not in meta
    }


def chunks_of(found: Collection) -> tuple[Chunk, ...]:
    """The chunks as they were put in."""
    answer = found.get(include=["documents"])
    texts = dict(zip(answer["ids"], answer["documents"] or [], strict=True))
    return tuple(
        Chunk(
            *(id, meta["subject"], meta["note"], meta["trail"], texts[id], meta["page"]),
            asks=tuple(json.loads(meta.get("asks", "[]"))),
        )
        for id, meta in stored(found).items()
        if id in texts
    )


@dataclass(frozen=True, slots=True)
class Row:
    """What Chroma keeps at one go: a chunk, or a question that a chunk answers."""

    id: str
    embedded: str
    text: str
    described: dict[str, str | int]


def of(chunk: Chunk, pages: int) -> Iterator[Row]:
    """The rows of a chunk, whose document has so many pages."""
    yield Row(chunk.id, embedded(chunk), chunk.text, _described(chunk, pages))
    for number, question in enumerate(chunk.asks):
        beside: dict[str, str | int] = {"answered_by": chunk.id}
        yield Row(f"{chunk.id}?{number}", plain(question), question, beside)


def _described(chunk: Chunk, pages: int) -> dict[str, str | int]:
    return {
        "subject": chunk.subject,
        "note": chunk.note,
        "trail": chunk.trail,
        "page": chunk.page,
        "pages": pages,
        "print": fingerprint(chunk),
        "asks": json.dumps(chunk.asks),
    }


@dataclass(frozen=True, slots=True)
class Near:
    """How near a chunk is in meaning: `own` by its text alone, `found` by that or a question."""

    own: float
    found: float


def nearest(collection: Collection, probe: Probe, most: int) -> list[str]:
    """The ids of the chunks nearest in meaning, by their own text or a question they answer."""
    answer = collection.query(
        query_embeddings=[probe.vector.tolist()], n_results=most, include=["metadatas"]
    )
    [metas] = answer["metadatas"] or [[]]
    return list(dict.fromkeys(map(_owner, answer["ids"][0], metas)))


def measured(collection: Collection, probe: Probe, ids: Sequence[str]) -> dict[str, Near]:
    """The nearness of these chunks."""
    if not ids:
        return {}
    own = collection.get(ids=[*ids], include=["embeddings"])
    asked = collection.get(where=answering(ids), include=["embeddings", "metadatas"])
    found = dict(zip(own["ids"], _products(own, probe), strict=True))
    best = dict(found)
    for meta, cosine in zip(asked["metadatas"] or [], _products(asked, probe), strict=True):
        owner = _owner("", meta)
        best[owner] = max(best.get(owner, -1.0), _QUESTION * cosine)
    return {id: Near(cosine, best[id]) for id, cosine in found.items()}


def _owner(id: str, meta: Mapping[str, object]) -> str:
    return str(meta.get("answered_by", id))


def _products(answer: GetResult, probe: Probe) -> list[float]:
    if not answer["ids"]:
        return []
    return [float(product) for product in np.asarray(answer["embeddings"]) @ probe.vector]
