"""Who marks: the trained examiner, a language model, or both as a panel."""

from __future__ import annotations

from typing import Literal

from bot.examiners.fallback import Fallback
from bot.marking import Examiner
from bot.ports import Tally

Name = Literal["trained", "llm", "panel"]


def build(
    kind: Name, trained: Examiner, language: Examiner | None, tally: Tally | None = None
) -> Examiner:
    """The examiner of this kind. Raises ValueError where it needs a language model and has none.

    `tally` is told how often a panel had to ask the model.
    """
    if kind == "trained":
        return trained
    if language is None:
        raise ValueError(
            f"The examiner {kind!r} needs a language model: set VIVA_MODEL, "
            "or set VIVA_EXAMINER=trained to mark without one."
        )
    if kind == "llm":
        return Fallback(language, trained)
    from bot.examiners.panel import Panel  # noqa: PLC0415 - brings the prompts along

    return Panel(trained, language, tally)
