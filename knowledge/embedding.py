"""Texts as vectors: the model that ships with Viva, or another through sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from knowledge.onnx import Encoder, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "all-minilm-l6-v2"
MODELS = Path(__file__).parent / "models"


class Embed(Protocol):
    """Any embedding model."""

    @property
    def name(self) -> str:
        """Which model: vectors of different names are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers one vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, float32. It takes a while: call it in a thread."""
        ...


def embedding(name: str = DEFAULT) -> Embed:
    """The model of this name: one that ships with Viva, or 'st:' and a sentence-transformers model.

    Raises ValueError for a name that is neither.
    """
    if name.startswith("st:"):
        return SentenceTransformers(name.removeprefix("st:"))
    if not (MODELS / name / "tokenizer.json").is_file():
        raise ValueError(
            f"There is no embedding model {name!r}. Use {DEFAULT!r}, or 'st:' and the folder or "
            "name of a sentence-transformers model."
        )
    return Shipped(name)


class Shipped:
    """A model of ours on onnxruntime; its weights are loaded at the first text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._encoder = Encoder(MODELS / name)

    @property
    def dimensions(self) -> int:
        """How many numbers one vector has."""
        return self._encoder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; the same text always gets the same row, bit for bit."""
        return self._encoder.embed(texts)


class SentenceTransformers:
    """Any sentence-transformers model, from a folder or by name; needs the extra of that name."""

    def __init__(self, source: str) -> None:
        self.name = f"st:{source}"
        self._model = _loaded(source)

    @property
    def dimensions(self) -> int:
        """How many numbers one vector has."""
        size = self._model.get_embedding_dimension()
        if size is None:
            raise ValueError(f"The model {self.name} does not say how long its vectors are.")
        return size

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def _loaded(source: str) -> SentenceTransformer:
    """The model; torch is imported only here, seconds and gigabytes that most never need."""
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - only when chosen
    except ImportError as problem:
        raise ValueError(
            "Models that begin with 'st:' need an extra: "
            "pip install 'viva-tutor[sentence-transformers]'"
        ) from problem
    return SentenceTransformer(source)
