"""The sums of mark schemes: one piece of arithmetic for examiners and for the check of content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.content import Cap, MarkPoint, PointScheme


def total(scheme: PointScheme, awarded: Iterable[str]) -> int:
    """The marks that the awarded points are worth together under the scheme's rules."""
    earned = set(awarded)
    counted = [point for point in scheme.points if point.id in earned and point.type != "AG"]
    return max(
        _within_caps(scheme, [point for point in counted if point.route in ("", route)], earned)
        for route in _routes(scheme)
    )


def _routes(scheme: PointScheme) -> Sequence[str]:
    return ["", *sorted({point.route for point in scheme.points if point.route})]


def _within_caps(scheme: PointScheme, points: Sequence[MarkPoint], earned: set[str]) -> int:
    worth = {point.id: point.marks for point in points}
    sums = sum(worth.values())
    whole = scheme.out_of
    for cap in scheme.caps:
        if _lifted(cap, earned):
            continue
        if cap.points:
            sums -= max(0, sum(worth.get(id, 0) for id in cap.points) - cap.max)
        else:
            whole = min(whole, cap.max)
    return min(sums, whole)


def _lifted(cap: Cap, earned: set[str]) -> bool:
    return bool(cap.unless) and earned.issuperset(cap.unless)
