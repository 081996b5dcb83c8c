"""The cross-encoder in fp32, from a checkpoint of its training: what int8 is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from bot.examiners.pairs import Pair
from bot.examiners.training.cross import network


class Precise:
    """A Reader on torch."""

    def __init__(self, checkpoint: Path) -> None:
        self.name = "cross-encoder in fp32"
        self._net = network.untrained(0)
        self._net.load_state_dict(torch.load(checkpoint, weights_only=True)["net"])
        self._net.eval()
        self._pieces = network.tokenizer()

    def logits(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        """One number for each pair, each run alone."""
        with torch.no_grad():
            return tuple(
                float(self._net(**network.batch(self._pieces, [(one.sought, one.said)]))[0])
                for one in pairs
            )
