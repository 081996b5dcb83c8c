"""The trained network as int8 ONNX, written only if it still decides like the fp32 one."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from bot.examiners.training.cross import network, teaching
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.network import Network
from knowledge.onnx import CrossEncoder

# Of decisions, between int8 and fp32. What differs are pairs about which neither is sure: the
# share of right decisions was the same within half a point in every training.
LOWEST_AGREEMENT = 0.95


@dataclass(frozen=True, slots=True)
class Fidelity:
    """int8 against fp32: the share of like decisions, and the mean difference of the logits."""

    agreement: float
    mean_difference: float
    pairs: int


def export(
    net: Network, samples: Sequence[Lesson], folder: Path, lowest: float = LOWEST_AGREEMENT
) -> Fidelity:
    """Write model.onnx and tokenizer.json. Raises ValueError if int8 agrees with less than that."""
    with tempfile.TemporaryDirectory() as scratch:
        candidate = Path(scratch)
        network.tokenizer().save(str(candidate / "tokenizer.json"))
        _write_graph(net, candidate / "fp32.onnx")
        quantize_dynamic(
            candidate / "fp32.onnx",
            candidate / "model.onnx",
            per_channel=True,
            weight_type=QuantType.QUInt8,  # signed weights overflow on processors without VNNI
        )
        fidelity = _compared(net, samples, candidate)
        if fidelity.agreement < lowest:
            raise ValueError(f"int8 is too far from fp32, nothing was written: {fidelity}")
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("model.onnx", "tokenizer.json"):
            shutil.copyfile(candidate / file, folder / file)
    return fidelity


def _write_graph(net: Network, target: Path) -> None:
    """The fp32 graph, for any number of pairs of any length."""
    net.encoder.set_attn_implementation("eager")
    ids = torch.tensor([[101, 7592, 102, 2088, 102], [101, 7592, 102, 0, 0]])
    kinds = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    free = {0: "pairs", 1: "pieces"}
    with warnings.catch_warnings():
        # the tracing exporter announces its own end; the newer one needs a package we do not ship
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(),
            (ids, (ids != 0).long(), kinds),
            str(target),
            input_names=names,
            output_names=["logit"],
            dynamic_axes={**dict.fromkeys(names, free), "logit": {0: "pairs"}},
            opset_version=17,
            dynamo=False,
        )


def _compared(net: Network, samples: Sequence[Lesson], candidate: Path) -> Fidelity:
    exact = teaching.logits(net, samples)
    coarse = CrossEncoder(candidate).logits([(one.sought, one.said) for one in samples])
    rough = np.array(coarse, dtype=np.float32)
    return Fidelity(
        round(float(((exact > 0) == (rough > 0)).mean()), 4),
        round(float(np.abs(exact - rough).mean()), 4),
        len(samples),
    )
