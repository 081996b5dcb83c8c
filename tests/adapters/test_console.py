"""The terminal translates: lines into messages, replies into text, pictures into files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from adapters.console import HERE, Terminal
from bot.messages import (
    Chat,
    Choice,
    Command,
    File,
    Image,
    Message,
    Press,
    Reply,
    Upload,
    Words,
    literal,
)


class Tutor:
    """Takes messages, and answers nothing by itself."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def receive(self, message: Message) -> None:
        self.heard.append(message)

    async def settled(self, chat: Chat) -> None:
        """There is nothing to wait for."""


@pytest.fixture
def tutor() -> Tutor:
    return Tutor()


@pytest.fixture
def screen() -> Console:
    return Console(file=io.StringIO(), width=80, force_terminal=False)


@pytest.fixture
def terminal(tutor: Tutor, screen: Console, tmp_path: Path) -> Terminal:
    return Terminal(tutor.receive, tutor.settled, tmp_path, screen)


def shown(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


async def typed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
    await terminal.run()


async def test_lines_are_words_and_commands_until_the_learner_leaves(
    terminal: Terminal, tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await typed(terminal, monkeypatch, "why is it negative?", "", "/Quiz osmosis", "/quit", "later")

    contents = [message.content for message in tutor.heard]
    assert contents == [Words("why is it negative?"), Command("quiz", "osmosis")]
    assert {message.chat for message in tutor.heard} == {HERE}
    assert len({message.update_id for message in tutor.heard}) == 2


async def test_a_button_is_pressed_by_its_number_and_a_bare_number_is_an_answer(
    terminal: Terminal, tutor: Tutor, screen: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = (Choice("Hint", "hint:b/t/q"), Choice("Skip", "skip:b/t/q"))
    await terminal.deliver(HERE, Reply("How many?", choices))

    await typed(terminal, monkeypatch, "2", "/2", "/3")

    assert [message.content for message in tutor.heard] == [Words("2"), Press("skip:b/t/q")]
    assert "/1 Hint" in shown(screen)
    assert "no button 3" in shown(screen)


async def test_a_picture_is_saved_and_named_with_what_it_shows(
    terminal: Terminal, screen: Console, tmp_path: Path
) -> None:
    picture = Image(b"\x89PNG", "An axon's membrane, with the pump in its middle")

    await terminal.deliver(HERE, Reply("See:", attachments=(picture, File("a/marks.csv", b"1"))))

    saved = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert saved == ["an-axon-s-membrane-with-the-pump-in-its-middle.png", "marks.csv"]
    assert "An axon's membrane" in shown(screen)


async def test_outside_text_shows_as_it_was_written(terminal: Terminal, screen: Console) -> None:
    await terminal.deliver(HERE, Reply(f"You wrote: {literal('2*3*4 = [b]24[/b] _and_ `x`')}"))

    assert "2*3*4 = [b]24[/b] _and_ `x`" in shown(screen)


async def test_formulas_read_as_unicode(terminal: Terminal, screen: Console) -> None:
    await terminal.deliver(HERE, Reply("$Na^+$ leaves, $K^+$ enters."))

    assert "Na⁺ leaves, K⁺ enters." in shown(screen)


async def test_a_file_is_sent_by_its_path(
    terminal: Terminal,
    tutor: Tutor,
    screen: Console,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "my notes.md"
    file.write_bytes(b"# Enzymes")

    await typed(terminal, monkeypatch, f"/send '{file}'", "/send nowhere.pdf")

    assert [message.content for message in tutor.heard] == [
        Upload("my notes.md", "text/markdown", b"# Enzymes")
    ]
    assert "no file “nowhere.pdf”" in " ".join(shown(screen).split())


async def test_a_covered_text_is_shown_when_it_is_asked_for(
    terminal: Terminal, tutor: Tutor, screen: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    await terminal.deliver(HERE, Reply("Listen.", hidden="**Ana:** Salgo a las seis."))
    await terminal.deliver(HERE, Reply("When?"))
    assert "Listen." in shown(screen)
    assert "/reveal" in shown(screen)
    assert "a las seis" not in shown(screen)

    await typed(terminal, monkeypatch, "/reveal")

    assert "Ana: Salgo a las seis." in shown(screen)
    assert tutor.heard == []


async def test_where_nothing_is_covered_reveal_says_so(
    terminal: Terminal, screen: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    await typed(terminal, monkeypatch, "/reveal")

    assert "Nothing is covered here." in shown(screen)
