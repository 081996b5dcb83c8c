"""Answers by photo, voice and document: shown as words, and marked when the learner says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import phrases
from bot.marking import CouldNotMark
from bot.messages import Press
from tests.chat import Learner
from tests.conftest import Opened
from tests.fakes import ScriptedExaminer
from tests.openai_server import Fails, OpenAIServer, Says
from tests.photos import photo
from tests.tutored import classroom

ANSWER = ("Water leaves the cells by osmosis,", "because the syrup is more concentrated.")
WORDS = " ".join(ANSWER)
PNG = "image/png"
OGG = b"OggS and what was said"


async def asked(school: Opened, examiner: ScriptedExaminer | None = None) -> Learner:
    """A learner who was asked to explain something."""
    ada = (await school(examiner or ScriptedExaminer(["p1"]))).learner()
    await ada.says("/quiz osmosis explain")
    return ada


async def test_a_photo_is_shown_as_words_and_marked_when_the_learner_says_so(
    school: Opened,
) -> None:
    examiner = ScriptedExaminer(["p1"])
    ada = await asked(school, examiner)

    shown = await ada.uploads("photo.jpg", photo(*ANSWER, kind="JPEG"), "image/jpeg")
    assert ANSWER[0] in shown
    assert not examiner.scripts
    marked = await ada.presses("Mark it")

    assert "1/2" in marked
    assert examiner.scripts[0].answer.split() == WORDS.split()


async def test_what_is_typed_instead_is_the_answer(school: Opened) -> None:
    examiner = ScriptedExaminer(["p1"])
    ada = await asked(school, examiner)
    await ada.uploads("photo.jpg", photo("Watr leevs"), PNG)
    late = ada.button("Mark it")

    await ada.says(WORDS)
    await ada.sends(Press(late.action))

    assert [script.answer for script in examiner.scripts] == [WORDS]
    assert ada.replies == [phrases.out_of_date()]


async def test_an_answer_by_another_way_leaves_no_photo_to_be_marked_later(school: Opened) -> None:
    ada = await asked(school, ScriptedExaminer(CouldNotMark(later=True)))
    await ada.uploads("photo.jpg", photo("Watr leevs"), PNG)
    late = ada.button("Mark it")

    await ada.says(f"/mark {WORDS}")
    await ada.sends(Press(late.action))

    assert ada.replies == [phrases.out_of_date()]


async def test_the_button_of_an_earlier_photo_marks_nothing(school: Opened) -> None:
    examiner = ScriptedExaminer(["p1"])
    ada = await asked(school, examiner)
    await ada.uploads("photo.jpg", photo("The first photo of mine"), PNG)
    first = ada.button("Mark it")
    await ada.uploads("photo.jpg", photo("Another photo of mine"), PNG)

    await ada.sends(Press(first.action))
    assert ada.replies == [phrases.out_of_date()]
    await ada.presses("Mark it")

    assert [script.answer for script in examiner.scripts] == ["Another photo of mine"]


async def test_words_beside_a_photo_belong_to_the_answer_and_markup_in_it_stays_words(
    school: Opened,
) -> None:
    ada = await asked(school)

    shown = await ada.uploads("photo.jpg", photo("# Water *leaves*"), PNG)

    assert "\\#" in shown or "\\*" in shown


@pytest.mark.parametrize("data", [photo(), b"\x89PNG\r\n\x1a\n and nothing more"])
async def test_a_photo_without_words_leaves_the_question_open(school: Opened, data: bytes) -> None:
    ada = await asked(school)

    said = await ada.uploads("photo.png", data, PNG)

    assert "take it again" in said or "damaged" in said
    assert "1/2" in await ada.says(WORDS)


async def test_a_recording_without_anybody_who_hears_is_asked_for_in_writing(
    school: Opened,
) -> None:
    ada = await asked(school)

    assert "type it" in await ada.uploads("voice.ogg", OGG, "audio/ogg")
    assert "1/2" in await ada.says(WORDS)


async def test_without_an_open_question_a_photo_is_no_answer(school: Opened) -> None:
    ada = (await school()).learner()
    await ada.says("/start")

    assert "/quiz" in await ada.uploads("photo.jpg", photo("hello"), PNG)


async def test_a_document_is_an_answer_or_notes_as_the_learner_says(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        essay = WORDS.encode()
        await ada.uploads("essay.txt", essay, "text/plain")
        kept = await ada.presses("Keep it as notes")
        notes = await ada.says("/files")
        await ada.uploads("answer.txt", essay, "text/plain")
        marked = await ada.presses("Mark it as my answer")
        left = await ada.says("/files")

    assert "stays in your notes" in kept
    assert "essay" in notes
    assert "/2" in marked
    assert "essay" in left
    assert "answer" not in left


async def test_in_a_round_a_photo_is_confirmed_before_it_enters(school: Opened) -> None:
    open = await school(ScriptedExaminer(["p1", "p2"]))
    host, ada = open.learner("host", "class"), open.learner("ada")
    await host.says("/round osmosis explain 90")
    await ada.says(f"/start {host.button('Answer').start}")

    assert ANSWER[0] in await ada.uploads("photo.jpg", photo(*ANSWER), PNG)
    assert "Your answer is in" in await ada.presses("Mark it")


async def test_a_photo_that_waits_for_its_yes_survives_a_restart(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        await ada.uploads("photo.jpg", photo(*ANSWER), PNG)
        action = ada.button("Mark it").action
    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        marked = await room.learner().sends(Press(action), "after the restart")

    assert "/2" in marked


async def test_a_model_that_sees_copies_handwriting_and_is_shown_the_photo(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says(WORDS))
    data = photo("as if by hand")

    async with classroom(tmp_path, server, monkeypatch, "trained", {"SEES": "true"}) as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        shown = await ada.uploads("photo.jpg", data, PNG)

    assert WORDS.rstrip(".") in shown
    assert server.requests[0].pictures == [data]
    assert "never guess" in server.requests[0].prompt


async def test_where_the_model_fails_print_is_read_all_the_same(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Fails(400, "no pictures here"))

    async with classroom(tmp_path, server, monkeypatch, "trained", {"SEES": "true"}) as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        shown = await ada.uploads("photo.jpg", photo(*ANSWER), PNG)

    assert ANSWER[1].rstrip(".") in shown
    assert "no pictures" not in shown


async def test_a_photo_with_nothing_written_is_not_marked(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(Says("[?]"))

    async with classroom(tmp_path, server, monkeypatch, "trained", {"SEES": "true"}) as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        shown = await ada.uploads("photo.jpg", photo("a cat"), PNG)

    assert "no words" in shown
    assert not ada.replies[0].choices


async def test_a_recording_is_heard_shown_and_marked(
    tmp_path: Path, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will_hear = WORDS
    monkeypatch.setenv("VIVA_VOICE_MODEL", "whisper-1")
    monkeypatch.setenv("VIVA_VOICE_URL", server.url)

    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        heard = await ada.uploads("voice.ogg", OGG, "audio/ogg")
        marked = await ada.presses("Mark it")

    assert f"I heard this:\n\n> {WORDS[:5]}" in heard
    assert server.recordings == [OGG]
    assert "/2" in marked


async def test_a_recording_that_cannot_be_heard_now_loses_nothing_and_tells_no_secret(
    tmp_path: Path,
    server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("VIVA_VOICE_MODEL", "whisper-1")
    monkeypatch.setenv("VIVA_VOICE_URL", server.url)
    monkeypatch.setenv("VIVA_VOICE_KEY", "sk-of-the-voice")

    async with classroom(tmp_path, server, monkeypatch, "trained") as room:
        ada = room.learner()
        await ada.says("/quiz osmosis explain")
        said = await ada.uploads("voice.ogg", OGG, "audio/ogg")
        marked = await ada.says(WORDS)

    assert "send it again" in said
    assert "/2" in marked
    assert "sk-of-the-voice" not in caplog.text + said
