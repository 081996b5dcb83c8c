"""The network that ships, read back from its int8 graph: a training can go on from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

_MULTIPLIED = "/MatMul_quant"  # how the exporter ends the name of a layer's product
_OF_HEAD = "/Gemm_MatMul_quant"


def weights(folder: Path) -> dict[str, Tensor]:
    """The state of a Network as model.onnx has it, each weight within its step of int8.

    Raises FileNotFoundError where the folder has no model.
    """
    graph = onnx.load(folder / "model.onnx").graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: values for name, values in stored.items() if values.dtype == np.float32}
    state = {name: values for name, values in found.items() if name.endswith((".weight", ".bias"))}
    for name in stored:
        if name.endswith(".weight_quantized"):  # an embedding
            state[name.removesuffix("_quantized")] = _values(stored, name)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and (layer := _layer(node.name)):
            state[f"{layer}.weight"] = _values(stored, node.input[1]).T
    return {name: torch.tensor(np.ascontiguousarray(values)) for name, values in state.items()}


def _layer(node: str) -> str:
    """The layer whose weights a node multiplies by, '' if it has none: /head/head.1/… is head.1."""
    path = node.removesuffix(_OF_HEAD).removesuffix(_MULTIPLIED).strip("/").split("/")
    return path[-1] if path[0] == "head" else ".".join(path)


def _values(stored: Mapping[str, npt.NDArray[np.float32]], name: str) -> npt.NDArray[np.float32]:
    stem = name.removesuffix("_quantized")
    zero = stored[f"{stem}_zero_point"].astype(np.float32)
    made: npt.NDArray[np.float32] = (stored[name].astype(np.float32) - zero) * stored[
        f"{stem}_scale"
    ]
    return made
