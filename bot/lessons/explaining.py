"""A follow-up on a verdict, worded by a language model where there is one."""

from __future__ import annotations

from bot.marking import Script, Verdict
from bot.ports import LanguageModel, ModelUnavailable
from prompts.library import Prompt


class Explainer:
    """A language model that explains a verdict in its own words; it cannot change a mark."""

    def __init__(self, model: LanguageModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt

    async def worded(self, script: Script, verdict: Verdict, words: str) -> str:
        """The explanation; '' where the model is unavailable."""
        own = script.part.stem if script.part.label else ""
        turns = self._prompt.fill(stem=script.question.told, task=own, verdict=verdict, words=words)
        try:
            return await self._model.write(turns)
        except ModelUnavailable:
            return ""
