"""What is suggested behind a command while it is typed."""

from __future__ import annotations

import pytest

from bot.messages import Chat, Command
from bot.storage import Database
from bot.suggestions import Suggestions
from knowledge.exams.facts import Exams
from knowledge.library import Library
from tests.silence import NoNotes

ADA = Chat("test", "ada", "ada")


@pytest.mark.parametrize(
    ("command", "typed", "first"),
    [
        ("subject", "bio", "Biology"),
        ("subject", "Biology", "Biology SL"),
        ("note", "OSM", "Osmosis"),
        ("quiz", "paper", "paper 1A"),
        ("quiz", "expl", "explain"),
        ("terms", "disc", "discuss"),
        ("round", "bo", "board"),
        ("notation", "ec", "ECF"),
    ],
)
async def test_what_fits_the_beginning_comes_first(  # noqa: PLR0917  three are fixtures
    library: Library, exams: Exams, records: Database, command: str, typed: str, first: str
) -> None:
    suggest = Suggestions(library, exams, NoNotes(), records).suggest

    assert (await suggest(ADA, Command(command, typed)))[0] == first


@pytest.mark.parametrize(
    ("command", "typed"),
    [("help", ""), ("nonsense", "x"), ("note", "quantum gravity"), ("files", "")],
)
async def test_nothing_is_suggested_where_nothing_fits(
    library: Library, exams: Exams, records: Database, command: str, typed: str
) -> None:
    suggest = Suggestions(library, exams, NoNotes(), records).suggest

    assert await suggest(ADA, Command(command, typed)) == ()


async def test_typing_enrols_nobody(library: Library, exams: Exams, records: Database) -> None:
    suggest = Suggestions(library, exams, NoNotes(), records).suggest
    await suggest(ADA, Command("note", "o"))

    async with records() as transaction:
        assert await transaction.platforms((await transaction.learner(ADA)).id) == ("test",)
    await suggest(ADA, Command("note", "o"))
    async with records() as transaction:
        first = await transaction.learner(ADA)
    async with records() as transaction:
        assert (await transaction.learner(ADA)).id == first.id  # still the next free one
