"""Choices as rows of buttons under a message."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import Choice

MOST_IN_A_ROW = 4
SHORT = 12  # characters of a label that may stand beside others
WIDEST_ROW = 30  # characters of a row's labels together


def keyboard(choices: tuple[Choice, ...], bot: str = "") -> InlineKeyboardMarkup | None:
    """One button a row, but short ones side by side; None without choices.

    In a group, an answer is a reply to the question: no button asks for text here. What others
    shall not read leads to the private chat with `bot`, its user name; '' where this is it.
    """
    rows: list[list[Choice]] = []
    for choice in choices:
        if choice.with_text and not (choice.start and bot):
            continue
        if rows and _fits_beside(rows[-1], choice):
            rows[-1].append(choice)
        else:
            rows.append([choice])
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(choice, bot) for choice in row] for row in rows])


def _fits_beside(row: Sequence[Choice], choice: Choice) -> bool:
    labels = [one.label for one in (*row, choice)]
    return (
        len(labels) <= MOST_IN_A_ROW
        and max(map(len, labels)) <= SHORT
        and sum(map(len, labels)) <= WIDEST_ROW
    )


def _button(choice: Choice, bot: str) -> InlineKeyboardButton:
    if choice.with_text:
        return InlineKeyboardButton(choice.label, url=f"https://t.me/{bot}?start={choice.start}")
    return InlineKeyboardButton(choice.label, callback_data=choice.action)
