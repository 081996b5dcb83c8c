"""The training loop: resumable to the same result, on two cores or on a GPU."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from bot.examiners.training.cross import network, shipped
from bot.examiners.training.cross.curriculum import Lesson
from bot.examiners.training.cross.network import Network

_BATCH = 32
_SHELF = 1024  # lessons sorted by length together: batches of one length waste little
_ENCODER_RATE, _HEAD_RATE = 6e-5, 5e-4
_WARMING = 0.06  # of a round's steps
_AGAIN = 0.6  # of the rates, in every round but the first
_DECAY = 0.01
_STEEPEST = 1.0  # norm of the gradient
_SOFT = 0.02  # labels are this far from 0 and 1: some are wrong
_SAVE_EVERY = 100  # steps
_WHOLE = 400  # steps of a first training in which all layers learn; then the lower ones rest


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training stands. `loss` is the mean over the last steps."""

    step: int
    steps: int
    loss: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All batches in order.

    `rounds` are steps that add up to them: in each the rates rise and fall anew; one round unless
    given. `after` is the checkpoint of an earlier training, or the folder of a shipped model. Its
    network learns this plan as a further round, with all layers, for a language in it may be new;
    what comes out lies half-way between the two, which forgets less and serves
    unseen questions better (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
    """

    batches: Sequence[Sequence[Lesson]]
    rounds: Sequence[int] = ()
    after: Path | None = None


def batches(lessons: Sequence[Lesson], chance: Random) -> list[list[Lesson]]:
    """The lessons in batches of like length, in any order."""
    found: list[list[Lesson]] = []
    for start in range(0, len(lessons), _SHELF):
        shelf = sorted(lessons[start : start + _SHELF], key=lambda one: len(one.sought + one.said))
        found += [shelf[at : at + _BATCH] for at in range(0, len(shelf), _BATCH)]
    chance.shuffle(found)
    return found


def taught(plan: Plan, seed: int, checkpoint: Path, told: Callable[[Progress], None]) -> Network:
    """A network trained on all batches of the plan.

    The checkpoint is read if it is there: the same plan goes on where it stood.
    """
    place = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net = network.untrained(seed).to(place).train()
    before = None if plan.after is None else _earlier(plan.after)
    if before is not None:
        net.load_state_dict(before)
    rates = [
        {"params": net.encoder.parameters(), "lr": _ENCODER_RATE},
        {"params": net.head.parameters(), "lr": _HEAD_RATE},
    ]
    learning = torch.optim.AdamW(rates, weight_decay=_DECAY)
    steps = len(plan.batches)
    rounds, first = plan.rounds or [steps], 1.0 if before is None else _AGAIN
    slope = torch.optim.lr_scheduler.LambdaLR(learning, lambda step: _slope(step, rounds, first))
    pieces, losses, begun = network.tokenizer(), list[float](), time.monotonic()
    for step in range(_resumed(checkpoint, net, learning, slope), steps):
        torch.manual_seed(seed + step)  # dropout is the same whether or not it was resumed here
        if step >= _WHOLE and before is None:
            net.rest_lower_layers()
        given = {name: rows.to(place) for name, rows in _input(pieces, plan.batches[step]).items()}
        loss = _loss(net(**given), plan.batches[step])
        learning.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch ships it untyped
        nn.utils.clip_grad_norm_(net.parameters(), _STEEPEST)
        learning.step()
        slope.step()
        losses.append(loss.item())
        if (step + 1) % _SAVE_EVERY == 0 or step + 1 == steps:
            _save(checkpoint, step + 1, net, learning, slope)
            mean = float(np.mean(losses[-_SAVE_EVERY:]))
            told(Progress(step + 1, steps, mean, time.monotonic() - begun))
    net = net.cpu().eval()
    if before is not None:
        net.load_state_dict(_half_way(before, net.state_dict()))
    return net


def _earlier(place: Path) -> dict[str, Tensor]:
    """The network of a checkpoint, or of a model that ships."""
    if place.is_dir():
        return shipped.weights(place)
    state: dict[str, Tensor] = torch.load(place, weights_only=True)["net"]
    return state


def _half_way(one: Mapping[str, Tensor], two: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: (one[name] + two[name]) / 2 if one[name].is_floating_point() else one[name]
        for name in one
    }


def _slope(step: int, rounds: Sequence[int], height: float = 1.0) -> float:
    """Up over a round's first steps, then down to nothing; rounds after the first are lower."""
    for steps in rounds:
        if step < steps:
            rise = min(1.0, (step + 1) / max(1.0, _WARMING * steps))
            return height * rise * (1 - step / steps)
        step, height = step - steps, _AGAIN
    return 0.0


def _input(pieces: Tokenizer, lessons: Sequence[Lesson]) -> dict[str, torch.Tensor]:
    return network.batch(pieces, [(one.sought, one.said) for one in lessons])


def _loss(logits: torch.Tensor, lessons: Sequence[Lesson]) -> torch.Tensor:
    wanted = torch.tensor([float(one.earned) for one in lessons], device=logits.device)
    weights = torch.tensor([one.weight for one in lessons], device=logits.device)
    each = nn.functional.binary_cross_entropy_with_logits(
        logits, wanted * (1 - 2 * _SOFT) + _SOFT, reduction="none"
    )
    return (each * weights).sum() / weights.sum()


def _save(
    file: Path,
    step: int,
    net: Network,
    learning: torch.optim.Optimizer,
    slope: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    """The whole state, written beside and moved over: never half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    state = {
        "step": step,
        "net": net.state_dict(),
        "learning": learning.state_dict(),
        "slope": slope.state_dict(),
    }
    torch.save(state, beside)
    beside.replace(file)


def _resumed(
    file: Path,
    net: Network,
    learning: torch.optim.Optimizer,
    slope: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    """The step to go on with: 0 where there is no checkpoint."""
    if not file.is_file():
        return 0
    state = torch.load(file, weights_only=True)
    net.load_state_dict(state["net"])
    learning.load_state_dict(state["learning"])
    slope.load_state_dict(state["slope"])
    for rates, highest in zip(learning.param_groups, slope.base_lrs, strict=True):
        rates["lr"] = highest * slope.lr_lambdas[0](state["step"])
    return int(state["step"])


def logits(net: Network, lessons: Sequence[Lesson]) -> npt.NDArray[np.float32]:
    """What the network says of each lesson, in order."""
    pieces, found = network.tokenizer(), np.zeros(len(lessons), dtype=np.float32)
    order = sorted(range(len(lessons)), key=lambda at: len(lessons[at].sought + lessons[at].said))
    with torch.no_grad():
        for start in range(0, len(order), _BATCH):
            some = order[start : start + _BATCH]
            found[some] = net(**_input(pieces, [lessons[at] for at in some])).numpy()
    return found


def accuracy(net: Network, lessons: Sequence[Lesson]) -> float:
    """The share of lessons of which the network says rightly whether the point is earned."""
    said = logits(net, lessons) > 0
    return float((said == np.array([one.earned for one in lessons])).mean())
