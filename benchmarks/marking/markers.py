"""The markers that are measured, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.marking import baselines, papers
from bot import app, settings
from bot.examiners import card as cards
from bot.examiners.exact import ExactJudge
from bot.examiners.trained import TrainedExaminer
from bot.marking import Examiner
from knowledge.embedding import embedding


@dataclass(frozen=True, slots=True)
class Marker:
    """An examiner; `certain` if its certainties are meant as probabilities."""

    examiner: Examiner
    certain: bool


def has_model() -> bool:
    """Whether a language model is configured."""
    return bool(settings.read().model)


async def made(name: str, fp32: Path | None) -> Marker:
    """The marker of this name. Raises ValueError for one that there is not."""
    match name:
        case "commoner mark":
            return _baseline(name, baselines.commoner)
        case "words in common":
            return _baseline(name, baselines.overlap)
        case "embedding cosine":
            return _baseline(name, baselines.cosine(embedding()))
        case "trained":
            return Marker(TrainedExaminer(embedding(), ExactJudge()), certain=True)
        case "trained, fp32 reader" if fp32 is not None:
            return Marker(_exactly(fp32), certain=True)
        case "language model" | "panel":
            kind = "llm" if name == "language model" else "panel"
            return Marker(await _asking(kind), certain=False)
    raise ValueError(f"there is no marker called {name!r}")


def _baseline(name: str, score: baselines.Score) -> Marker:
    marker = baselines.Thresholded(name, score).fitted(papers.own(held_out=False))
    return Marker(marker, certain=False)


def _exactly(checkpoint: Path) -> Examiner:
    """The trained examiner with the reader before it was made coarse."""
    from benchmarks.marking.precise import Precise  # noqa: PLC0415 - torch is an extra

    reader = Precise(checkpoint)
    card = replace(cards.read(), reader=reader.name)
    return TrainedExaminer(embedding(), ExactJudge(), card, reader)


async def _asking(kind: str) -> Examiner:
    given = settings.read().model_copy(update={"examiner": kind})
    return app.examining(given, embedding(), await app.language_model(given))
