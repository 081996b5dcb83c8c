"""What the language model used and what was saved, in words for an operator."""

from __future__ import annotations

from bot.ports import Amounts

_MILLION = 1_000_000


def spent(used: Amounts, limit: int) -> str:
    """Calls, tokens and, where prices are set, their cost; `limit` is in tokens, 0 for none."""
    read, written = used.get("read", 0), used.get("written", 0)
    of = f" of {limit:,}" if limit else ""
    cost = used.get("cost", 0) / _MILLION
    paid = f", cost {cost:.4f}" if cost else ""
    return (
        f"{used.get('calls', 0):,} calls, {read + written:,}{of} tokens "
        f"({read:,} read, {written:,} written){paid}."
    )


def saved(used: Amounts) -> str:
    """How many calls were not needed, and why; '' where nothing was judged."""
    points, answers = used.get("points judged", 0), used.get("answers judged", 0)
    sure = points - used.get("points asked", 0)
    alone = answers - used.get("answers asked", 0)
    said = []
    if points:
        said.append(
            f"The trained examiner was sure of {sure:,} of {points:,} points, "
            f"which saved {alone:,} of {answers:,} calls."
        )
    if known := used.get("remembered", 0):
        said.append(f"What was judged before saved {known:,} more.")
    return " ".join(said)
