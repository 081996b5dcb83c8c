"""The language model marks, and for as long as it may not be asked, the trained examiner."""

from __future__ import annotations

from dataclasses import replace

from bot.marking import AllowanceSpent, CouldNotMark, Examiner, Script, Verdict, noticed


class Fallback:
    """An Examiner. Who has used up the day's allowance is still marked, and told by whom."""

    def __init__(self, model: Examiner, trained: Examiner) -> None:
        self._model = model
        self._trained = trained

    @property
    def name(self) -> str:
        """The model's: the other one is asked only where a budget is used up."""
        return self._model.name

    async def mark(self, script: Script) -> Verdict:
        """The verdict. Raises CouldNotMark, which says 'tomorrow' where only the model can mark."""
        try:
            return await self._model.mark(script)
        except AllowanceSpent as spent:
            return await self._without(script, spent)

    async def _without(self, script: Script, spent: AllowanceSpent) -> Verdict:
        try:
            first = await self._trained.mark(script)
        except CouldNotMark:
            raise spent from None
        examiner = f"{first.examiner}, without {self._model.name}"
        return noticed(replace(first, examiner=examiner), spent.notice)
