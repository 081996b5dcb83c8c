"""Choices as buttons, or as a list where there are many; and the box behind a button with text.

Each says in its id what it means, so that it outlives a restart: `tutor:hint:…`. Under a reply that
went elsewhere than to its room, the room stands before it: `tutor@1234:hint:…`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import discord
from discord import ButtonStyle, Interaction
from discord.ui import Button, DynamicItem, Item, Label, Modal, Select, TextInput, View

from bot.messages import Choice
from bot.speech import likeliest, say, speaking

MOST_BUTTONS = 10  # more of them are easier to read as a list
LONGEST_TITLE = 45  # characters of a box's title
LONGEST_ANSWER = 4000  # characters that Discord lets a learner type into a box
_FORGET_AFTER = 900.0  # seconds: what is typed later is heard all the same
_PRESS = r"tutor(?:@(?P<room>\d+))?:(?P<action>.+)"
_ASK = r"tutor-ask(?:@(?P<room>\d+))?:(?P<action>.+)"
_LIST = r"tutor-list(?:@(?P<room>\d+))?"
_SAID = re.compile(r"tutor-said(?:@(?P<room>\d+))?:(?P<action>.+)")
_ANY = (re.compile(_PRESS), re.compile(_ASK), re.compile(_LIST), _SAID)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed, the words typed behind it, and the room it is about; '' for where it is."""

    action: str
    text: str
    room: str


class PressButton(DynamicItem[Button[View]], template=_PRESS):
    """A button; what it says is told by its id. The client hears of it as the event `press`."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: Item[View], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, perhaps one from before a restart."""
        assert isinstance(item, Button)
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """It was pressed."""
        interaction.client.dispatch("press", interaction)


class AskButton(DynamicItem[Button[View]], template=_ASK):
    """A button that opens a box for text: at once, for Discord wants that."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: Item[View], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, perhaps one from before a restart."""
        assert isinstance(item, Button)
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """It was pressed."""
        said = self.custom_id.replace("tutor-ask", "tutor-said", 1)
        with speaking(likeliest(interaction.locale.value)):
            box = _box(self.item.label or "", said)
        await interaction.response.send_modal(box)


class ChoiceList(DynamicItem[Select[View]], template=_LIST):
    """A list to choose from; each of its values is an action."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: Item[View], match: re.Match[str], /
    ) -> Self:
        """The list that was used, perhaps one from before a restart."""
        assert isinstance(item, Select)
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Something was chosen."""
        interaction.client.dispatch("press", interaction)


ITEMS = (PressButton, AskButton, ChoiceList)


def view(choices: Sequence[Choice], room: str = "") -> View | None:
    """The buttons under a reply; None without choices. `room`: what they are about is elsewhere."""
    single = list({choice.action: choice for choice in choices}.values())  # ids must differ
    if not single:
        return None
    shown: View = View(timeout=None)
    at = f"@{room}" if room else ""
    typed = [choice for choice in single if choice.with_text]
    plain = [choice for choice in single if not choice.with_text]
    for choice in typed:
        id = f"tutor-ask{at}:{choice.action}"
        shown.add_item(AskButton(Button(label=choice.label, custom_id=id, style=_MAIN)))
    if len(plain) > MOST_BUTTONS:
        shown.add_item(ChoiceList(_list(plain, at)))
        return shown
    for choice in plain:
        id = f"tutor{at}:{choice.action}"
        shown.add_item(PressButton(Button(label=choice.label, custom_id=id)))
    return shown


_MAIN = ButtonStyle.primary


def _list(choices: Sequence[Choice], at: str) -> Select[View]:
    options = [discord.SelectOption(label=one.label, value=one.action) for one in choices]
    return Select(custom_id=f"tutor-list{at}", placeholder=say("Choose one"), options=options)


def _box(title: str, id: str) -> Modal:
    box = Modal(title=title[:LONGEST_TITLE], custom_id=id, timeout=_FORGET_AFTER)
    words: TextInput[Modal] = TextInput(
        style=discord.TextStyle.paragraph, max_length=LONGEST_ANSWER, custom_id="words"
    )
    box.add_item(Label(text=say("In your own words"), component=words))
    return box


def read(interaction: Interaction) -> Pressed | None:
    """What a component or a box that was filled in says; None if it is none of ours."""
    given: Mapping[str, object] = interaction.data or {}
    id = given.get("custom_id")
    found = next((match for form in _ANY if (match := form.fullmatch(str(id)))), None)
    if found is None:
        return None
    named = found.groupdict()
    values = given.get("values")
    chosen = str(values[0]) if isinstance(values, list) and values else ""
    return Pressed(named.get("action") or chosen, _typed(given), named["room"] or "")


def _typed(part: Mapping[str, object]) -> str:
    """The text in a box, wherever Discord put the field."""
    if part.get("custom_id") == "words":
        return str(part.get("value", "")).strip()
    inside = part.get("components") or []
    below = [*inside, part.get("component")] if isinstance(inside, list) else []
    return "".join(_typed(one) for one in below if isinstance(one, dict))
