"""The door to pint: which names are units, and what a value is in another unit.

Loading pint takes more than a second, so that waits until a unit needs it, or until `prepare`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pint import UnitRegistry


def prepare() -> None:
    """Load pint now, where nobody waits for it."""
    _registry()


def defined(name: str) -> bool:
    """Whether this is a unit, with or without a prefix: 'mmol', 'hectare'."""
    registry = _registry()
    from pint import PintError  # noqa: PLC0415 - see above

    try:
        registry.parse_units(name)
    except (PintError, ValueError):
        return False
    return True


def converted(value: float, given: str, wanted: str) -> float | None:
    """The value in another unit, both in pint's words; None where they measure different things."""
    registry = _registry()
    from pint import PintError  # noqa: PLC0415 - see above

    try:
        return float(registry.Quantity(value, given).to(wanted).magnitude)
    except (PintError, OverflowError):
        return None


@cache
def _registry() -> UnitRegistry:
    from pint import UnitRegistry  # noqa: PLC0415 - see above

    return UnitRegistry(cache_folder=None)
