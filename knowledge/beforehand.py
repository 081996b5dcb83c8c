"""The library's texts as vectors, worked out beforehand, so that a first start need not wait.

`python -m knowledge.beforehand` works out what is new (`make vectors`); a text that is not among
them is embedded when it is indexed, which takes a while and changes nothing else.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embedding import DEFAULT, MODELS, Embed, embedding
from knowledge.index import rows
from knowledge.library import Library
from knowledge.onnx import Vectors
from knowledge.sources import ELSEWHERE, passages_of, strays, untold

_SUBJECTS = Path(__file__).parent / "subjects"
_FINGERPRINT = 16  # bytes of a text's SHA-256


class Beforehand:
    """An embedding model that has read the library: what it knows, it need not run for.

    Kept are half-precision numbers: a row differs by at most 0.0005 from what the model gives.
    """

    def __init__(self, embed: Embed, folder: Path) -> None:
        self.name = embed.name
        self._embed = embed
        self._folder = folder

    @property
    def dimensions(self) -> int:
        """How many numbers one vector has."""
        return self._embed.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, float32."""
        places = [self._places.get(_print(text)) for text in texts]
        new = [text for text, place in zip(texts, places, strict=True) if place is None]
        made = iter(self._embed.embed(new))
        found = [next(made) if place is None else self._row(place) for place in places]
        return np.stack(found) if found else np.empty((0, self.dimensions), dtype=np.float32)

    def knows(self, text: str) -> bool:
        """Whether a text was embedded beforehand."""
        return _print(text) in self._places

    def _row(self, place: int) -> Vectors:
        row = self._kept["row"][place].astype(np.float32)
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)

    @cached_property
    def _kept(self) -> npt.NDArray[np.void]:
        files = sorted(self._folder.glob("*.npy"))
        return np.concatenate([np.load(file) for file in files])

    @cached_property
    def _places(self) -> dict[bytes, int]:
        return {bytes(print): place for place, print in enumerate(self._kept["print"])}


def with_library(embed: Embed) -> Embed:
    """The same model, knowing the library's texts where they were embedded by it beforehand."""
    folder = _folder(embed)
    return Beforehand(embed, folder) if any(folder.glob("*.npy")) else embed


def texts(library: Library) -> dict[str, list[str]]:
    """Everything of the library that the bot indexes, by the file that its vectors are in."""
    every = {ELSEWHERE: list(strays())}
    for subject in library.subjects:
        notes, questions = library.notes(subject.id), library.questions(subject.id)
        every[subject.id] = [*passages_of(notes, questions), *untold(subject)]
    return {
        name: [row.embedded for chunk in chunks for row in rows.of(chunk, 0)]
        for name, chunks in every.items()
    }


def write(library: Library, embed: Embed) -> int:
    """Bring the vectors of the library up to date; returns how many texts were embedded anew."""
    known, folder = with_library(embed), _folder(embed)
    wanted = texts(library)
    new = [text for each in wanted.values() for text in each]
    if isinstance(known, Beforehand):
        new = [text for text in new if not known.knows(text)]
    written = {f"{name}.npy": _table(each, known) for name, each in wanted.items()}
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.npy"):
        file.unlink()
    for name, table in written.items():
        np.save(folder / name, table)
    return len(set(new))


def _table(texts: Iterable[str], embed: Embed) -> npt.NDArray[np.void]:
    """Rows in the order of their fingerprints, so that a change of one text changes little."""
    by_print = {_print(text): text for text in texts}
    kind = np.dtype([("print", "u1", _FINGERPRINT), ("row", "<f2", embed.dimensions)])
    table = np.zeros(len(by_print), dtype=kind)
    for place, print in enumerate(sorted(by_print)):
        table[place]["print"] = np.frombuffer(print, dtype=np.uint8)
    table["row"] = embed.embed([by_print[print] for print in sorted(by_print)])
    return table


def _print(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_FINGERPRINT]


def _folder(embed: Embed) -> Path:
    return MODELS / embed.name / "library"


if __name__ == "__main__":
    anew = write(Library.load(_SUBJECTS), embedding(DEFAULT))
    sys.stdout.write(f"{anew} texts embedded anew\n")
