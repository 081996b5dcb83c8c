"""The door to onnxruntime and tokenizers: texts in, numbers out; loaded when first needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]  # ships no types
from tokenizers import Encoding, Tokenizer

Vectors = npt.NDArray[np.float32]

CORES = os.cpu_count() or 1


class Encoder:
    """A sentence encoder in a folder with model.onnx and tokenizer.json.

    Every text is run alone on one thread: with dynamic int8 a vector changes with what shares its
    batch, and the same text must always get the same vector, bit for bit.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = _Late(folder)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text, float32; thread-safe, and it uses every core."""
        engine = self._engine.loaded()
        once = list(dict.fromkeys(texts))  # a sentence is often its only clause as well
        rows = engine.outputs([engine.tokenizer.encode(text) for text in once])
        row = dict(zip(once, rows, strict=True))
        found = [row[text] for text in texts]
        return np.stack(found) if found else np.empty((0, self.dimensions), dtype=np.float32)

    @property
    def dimensions(self) -> int:
        """How many numbers one vector has."""
        return int(self._engine.loaded().session.get_outputs()[0].shape[-1])


class CrossEncoder:
    """A model that reads two texts together, in a folder with model.onnx and tokenizer.json.

    Every pair is run alone on one thread, as in Encoder and for the same reason.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = _Late(folder)

    def logits(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """One number for each pair; thread-safe, and it uses every core."""
        engine = self._engine.loaded()
        coded = [engine.tokenizer.encode(one, two) for one, two in pairs]
        return tuple(float(row) for row in engine.outputs(coded))


class _Late:
    """An engine that is loaded when it is first needed, once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = Lock()
        self._engine: _Engine | None = None

    def loaded(self) -> _Engine:
        with self._loading:  # two first texts at once must not load it twice
            if self._engine is None:
                self._engine = _Engine(self._folder)
            return self._engine


class _Engine:
    """A loaded model with its threads."""

    def __init__(self, folder: Path) -> None:
        self.session = _session(folder / "model.onnx")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._inputs = frozenset(one.name for one in self.session.get_inputs())
        self._workers = ThreadPoolExecutor(CORES, thread_name_prefix="onnx")

    def outputs(self, coded: Sequence[Encoding]) -> list[Vectors]:
        """What the model makes of each input, in order."""
        return list(self._workers.map(self._output, coded))

    def _output(self, coded: Encoding) -> Vectors:
        [row] = self.session.run(None, self._feed(coded))
        return np.asarray(row[0], dtype=np.float32)

    def _feed(self, coded: Encoding) -> dict[str, npt.NDArray[np.int64]]:
        """One input as a batch of one, under the names the exported graphs use."""
        rows = {
            "input_ids": coded.ids,
            "attention_mask": coded.attention_mask,
            "token_type_ids": coded.type_ids,
        }
        return {
            name: np.array([row], dtype=np.int64)
            for name, row in rows.items()
            if name in self._inputs
        }


def _session(file: Path) -> onnxruntime.InferenceSession:
    """A session that runs one input on one thread of its own caller."""
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: install Viva again, its models come with it")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the memory of the longest text for good
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
