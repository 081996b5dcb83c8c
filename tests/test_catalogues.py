"""The interface in every language: nothing is missing, and nothing bypasses the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.speech import FOLDER, NAMES
from knowledge.content import Language

ROOT = Path(__file__).parent.parent
KEYWORDS = {"say": None, "say_many": (1, 2), "later": None, "Unreadable": None}
TRANSLATED: tuple[Language, ...] = tuple(one for one in NAMES if one != "en")

# Rooms in which a text of several words is for learners, and what is not for them all the same.
SPEAKING = (
    *("arrangements", "commands", "feedback", "gatherings", "inviting", "joining"),
    *("phrases", "questions", "refereeing", "rulings", "terms", "transcribing", "transcripts"),
    *("lessons/appointing", "lessons/asking", "lessons/handing_in", "lessons/progress"),
    *("lessons/quizzing", "examiners/algebra", "examiners/exact", "examiners/rules"),
    *("examiners/surveys", "examiners/tolerances"),
)
NOT_SAID = re.compile(
    r"[a-z-]+:.*|to what extent|a day|.*by a teacher|.* again by .*", re.DOTALL
)  # actions of buttons, keys, and the names of examiners


def _texts(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _wanted() -> dict[str, tuple[str, ...]]:
    """Every text in the code, by its first form."""
    found: dict[str, tuple[str, ...]] = {}
    for room in ("bot", "adapters", "knowledge"):
        for _, _, text, _, _ in extract_from_dir(ROOT / room, keywords=KEYWORDS):
            found[_texts(text)[0]] = _texts(text)
    return found


def _catalogue(language: Language) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "viva.po").open("rb") as file:
        return read_po(file, locale=language)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_in_the_code_has_a_translation_and_no_other_has(language: Language) -> None:
    known = {_texts(message.id)[0]: message for message in _messages(_catalogue(language))}
    wanted = _wanted()

    assert sorted(known) == sorted(wanted), "run: make catalogues"
    untranslated = [text for text, one in known.items() if not all(_texts(one.string))]
    assert not untranslated
    assert not [text for text, one in known.items() if one.fuzzy]
    assert all(len(_texts(one.id)) == len(wanted[text]) for text, one in known.items())


def _fields(text: str) -> set[tuple[str, str]]:
    if not re.search(r"\{\w+[^{}]*\}", text):
        return set()
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name}


def _shape(text: str) -> tuple[object, ...]:
    """What a translation leaves as it is."""
    ends = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return (sorted(re.findall(r"`[^`]*`", text)), text.count("**"), text.count("\n\n"), ends)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_values_commands_and_marks(language: Language) -> None:
    for message in _messages(_catalogue(language)):
        ids, strings = _texts(message.id), _texts(message.string)
        one, many = ids[0], ids[-1]

        assert _fields(strings[-1]) == _fields(many), many
        assert _fields(strings[0]) <= _fields(many), many
        assert _fields(strings[0]) >= _fields(one) - {("count", "")}, one
        assert [_shape(text) for text in strings] == [_shape(one), *[_shape(many)] * (len(ids) - 1)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_no_copy_of_the_english(language: Language) -> None:
    copied = [
        message.id
        for message in _messages(_catalogue(language))
        if _texts(message.string) == _texts(message.id)
        and len(re.findall(r"[a-z]{4,}", re.sub(r"`[^`]*`|\{\w+\}", "", _texts(message.id)[0]))) > 2
    ]

    assert not copied


class _Unsaid(ast.NodeVisitor):
    """Texts of several words that no `say` and no `later` is around."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if name not in {"say", "say_many", "later", "re.compile"} and not name.startswith("_log."):
            self.generic_visit(node)
        for value in node.keywords if name in {"say", "say_many"} else ():
            self.visit(value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arguments(self, node: ast.arguments) -> None:
        for default in node.defaults:
            self.visit(default)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        told = [str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values]
        self._look("".join(told))
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                self.visit(one.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._look(node.value)

    def _look(self, text: str) -> None:
        words = re.findall(r"[A-Za-z]{2,}", text)
        if len(words) > 1 and " " in text.strip() and not NOT_SAID.fullmatch(text):
            self.found.append(text)


@pytest.mark.parametrize("room", SPEAKING)
def test_nothing_is_said_past_the_catalogues(room: str) -> None:
    unsaid = _Unsaid()
    unsaid.visit(ast.parse((ROOT / "bot" / f"{room}.py").read_text(encoding="utf-8")))

    assert not unsaid.found
