"""`givens` of a question: the numbers that may be drawn for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from knowledge.calculation import RESERVED
from knowledge.content import Given
from knowledge.fields import Form

MOST_VALUES = 1000  # of one given: nobody meets more
FEWEST_VALUES = 2

Amount = Annotated[Decimal, Field(max_digits=15, decimal_places=9)]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class GivenForm(Form):
    """Numbers from one to another in steps, or one of a list."""

    start: Amount | None = Field(default=None, alias="from")
    to: Amount | None = None
    step: Annotated[Amount, Field(gt=0)] | None = None
    one_of: tuple[Amount, ...] | None = None
    unit: str = ""

    @model_validator(mode="after")
    def has_several_values(self) -> Self:
        if self.one_of is None:
            self._steps()
        elif any(key is not None for key in (self.start, self.to, self.step)):
            raise ValueError('"one_of" stands alone, or "from", "to" and "step" do')
        elif len(set(self.one_of)) < max(FEWEST_VALUES, len(self.one_of)):
            raise ValueError('"one_of" should be two numbers or more, each of them once')
        return self

    def given(self, name: str) -> Given:
        """The given of this name; every value has the decimals of `from` or of `step`."""
        if self.one_of is not None:
            return Given(name, tuple(f"{value:f}" for value in self.one_of), self.unit)
        start, step, count = self._steps()
        places = max(_places(start), _places(step))
        values = (f"{start + number * step:.{places}f}" for number in range(count))
        return Given(name, tuple(values), self.unit)

    def _steps(self) -> tuple[Decimal, Decimal, int]:
        """Where the numbers begin, how far apart they are, how many there are."""
        if self.start is None or self.to is None or self.step is None:
            raise ValueError('"from", "to" and "step" are needed, or "one_of"')
        count = int((self.to - self.start) / self.step) + 1
        if self.to <= self.start or count < FEWEST_VALUES:
            raise ValueError('"to" should be a step or more above "from"')
        if count > MOST_VALUES:
            raise ValueError(f'"step" makes {count} numbers: {MOST_VALUES} are enough')
        return self.start, self.step, count


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _named(forms: Mapping[str, GivenForm]) -> Mapping[str, GivenForm]:
    for name in forms:
        if not _NAME.fullmatch(name):
            raise ValueError(
                f'the name "{name}" may have only letters, digits and _, a letter first'
            )
        if name in RESERVED:
            raise ValueError(f'the name "{name}" means something else in a formula')
    return forms


Givens = Annotated[dict[str, GivenForm], AfterValidator(_named)]
