"""Who may import whom, and through which door a vendor comes in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "adapters", "knowledge", "prompts")

# The longest matching prefix of a module decides what of ours it may import; itself it always may.
CORE = (
    "bot.messages",
    "bot.marking",
    "bot.appeals",
    "bot.dialogue",
    "bot.learners",
    "bot.actions",
    "bot.commands",
    "bot.rounds",
    "bot.routines",
    "bot.streaks",
    "bot.pushes",
)
SPOKEN = ("bot.speech", "knowledge.later")  # for whoever tells a learner something
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "knowledge": (),
    "prompts": (),
    "adapters": ("bot.messages", "bot.commands"),
    "adapters.telegram": (
        "bot.messages",
        "bot.commands",
        "adapters.markup",
        "adapters.formulas",
        "adapters.html",
        "adapters.patience",
        "adapters.rich",
    ),
    "adapters.discord": ("bot.messages", "bot.commands", "adapters.markup", "adapters.patience"),
    "bot": ("knowledge",),
    "bot.messages": ("knowledge",),
    "bot.speech": ("knowledge",),
    "bot.marking": ("knowledge",),
    "bot.dialogue": ("bot.marking", "knowledge"),
    "bot.appeals": ("bot.marking", "bot.messages", "knowledge"),
    "bot.rounds": ("bot.messages", "bot.routines", "knowledge"),
    "bot.learners": (
        "bot.marking",
        "bot.appeals",
        "bot.messages",
        "bot.rounds",
        "bot.routines",
        "bot.streaks",
        "knowledge",
    ),
    "bot.routines": ("bot.messages",),
    "bot.streaks": (),
    "bot.pushes": (*CORE, "knowledge"),
    "bot.places": (),
    "bot.translating": ("knowledge",),
    "bot.wishes": ("bot.routines", "bot.translating"),
    "bot.inviting": (*CORE, "bot.phrases", "bot.places"),
    "bot.gatherings": (*CORE, "bot.inviting", "bot.places"),
    "bot.actions": ("knowledge",),
    "bot.ports": (*CORE, "knowledge"),
    "bot.asker": ("bot.messages",),
    "bot.ledger": ("bot.asker", "bot.ports"),
    "bot.phrases": (*CORE, "knowledge"),
    "bot.questions": (*CORE, "bot.phrases", "knowledge"),
    "bot.feedback": (*CORE, "bot.phrases", "bot.questions", "knowledge"),
    "bot.follow_ups": ("bot.translating",),
    "bot.rulings": (*CORE, "bot.phrases", "bot.questions", "bot.feedback", "knowledge"),
    "bot.joining": (*CORE, "bot.phrases"),
    "bot.boards": ("bot.rounds",),
    "bot.refereeing": (*CORE, "bot.boards", "bot.phrases", "bot.questions", "knowledge"),
    "bot.arrangements": (*CORE, "bot.phrases", "knowledge"),
    "bot.deep_links": ("knowledge",),
    "bot.couriers": ("bot.messages",),
    "bot.door": ("bot.messages", "bot.arrangements"),
    "bot.terms": (*CORE, "knowledge"),
    "bot.transcribing": ("bot.ports", "knowledge", "prompts"),
    "bot.transcripts": ("bot.messages",),
    "bot.offers": (*CORE, "bot.deep_links", "bot.ports", "bot.questions", "knowledge"),
    "bot.suggestions": (*CORE, "bot.ports", "knowledge"),
    "bot.schedule": ("bot.learners",),
    "bot.lessons": (
        *CORE,
        "bot.ports",
        "bot.phrases",
        "bot.questions",
        "bot.feedback",
        "bot.follow_ups",
        "bot.rulings",
        "bot.joining",
        "bot.inviting",
        "bot.gatherings",
        "bot.places",
        "bot.wishes",
        "bot.boards",
        "bot.refereeing",
        "bot.arrangements",
        "bot.deep_links",
        "bot.terms",
        "bot.transcripts",
        "bot.schedule",
        "knowledge",
        "prompts",
    ),
    "bot.switchboard": (
        *CORE,
        "bot.asker",
        "bot.ports",
        "bot.phrases",
        "bot.arrangements",
        "bot.deep_links",
        "bot.refereeing",
        "bot.follow_ups",
        "bot.translating",
        "bot.lessons",
        "knowledge",
    ),
    "bot.tutor": (
        *CORE,
        "bot.asker",
        "bot.ports",
        "bot.phrases",
        "bot.arrangements",
        "bot.switchboard",
        "bot.lessons.turn",
        "knowledge",
    ),
    "bot.desk": (*CORE, "bot.ports", "bot.couriers", "bot.door"),
    "bot.daily": (*CORE, "bot.ports", "bot.desk", "bot.lessons.pushing"),
    "bot.llm": ("bot.ports",),
    "bot.storage": (*CORE, "bot.ports", "knowledge"),
    "bot.examiners": (
        "bot.asker",
        "bot.marking",
        "bot.appeals",
        "bot.ports",
        "knowledge",
        "prompts",
    ),
    "bot.app": ROOMS,
    "bot.__main__": ROOMS,
    "bot.cli": ROOMS,
}

DOORS: dict[str, tuple[str, ...]] = {
    "telegram": ("adapters.telegram",),
    "tornado": ("adapters.telegram",),
    "discord": ("adapters.discord",),
    "langchain": ("bot.llm",),
    "langchain_core": ("bot.llm",),
    "langchain_openai": ("bot.llm",),
    "openai": ("bot.llm",),
    "sqlalchemy": ("bot.storage",),
    "alembic": ("bot.storage",),
    "chromadb": ("knowledge.index",),
    "bm25s": ("knowledge",),
    "onnxruntime": ("knowledge.onnx", "bot.examiners.training"),
    "tokenizers": ("knowledge.onnx", "bot.examiners.training"),
    "torch": ("bot.examiners.training",),
    "transformers": ("bot.examiners.training",),
    "sentence_transformers": ("bot.examiners.training", "knowledge.embedding"),
    "fsrs": ("bot.schedule",),
    "markdown_it": ("adapters.markup", "adapters.rich"),
    "resvg_py": ("knowledge.figures",),
    "PIL": ("knowledge.figures", "knowledge.documents"),
    "rapidocr": ("knowledge.documents",),
    "pint": ("knowledge.conversion",),
    "simpleeval": ("knowledge.calculation",),
    "pypdf": ("knowledge.documents",),
    "docx": ("knowledge.documents",),
    "pptx": ("knowledge.documents",),
    "bs4": ("knowledge.documents",),
    "babel": ("bot.speech",),
    "prompt_toolkit": ("adapters.console",),
    "typer": ("bot.__main__",),
}


def _modules() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def imports(source: str, package: str) -> Iterator[str]:
    """The modules that a source text imports, wherever in it, and the names taken from them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{package} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def forbidden(module: str, imported: str) -> str:
    """Why `module` may not import `imported`; '' where it may."""
    top = imported.split(".", maxsplit=1)[0]
    if top in ROOMS:
        rule = max((rule for rule in MAY_IMPORT if _within(module, rule)), key=len)
        allowed = (rule, *MAY_IMPORT[rule]) if rule != "bot" else (module, *MAY_IMPORT["bot"])
        spoken = SPOKEN if not _within(module, "knowledge") else ()
        fine = any(_within(imported, room) for room in (*allowed, *spoken))
        return "" if fine else f"{module} may not import {imported}"
    doors = DOORS.get(top)
    if doors is None or any(_within(module, door) for door in doors):
        return ""
    return f"{module} imports {top}, whose only door is {' or '.join(doors)}"


def test_every_import_keeps_to_its_room_and_every_vendor_to_its_door() -> None:
    problems = [
        why
        for module, path in _modules()
        for imported in imports(path.read_text(encoding="utf-8"), module)
        if (why := forbidden(module, imported))
    ]

    assert problems == []


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("bot.marking", "telegram"),
        ("bot.tutor", "bot.storage.records"),
        ("knowledge.library", "bot.marking"),
        ("adapters.telegram.inbound", "bot.tutor.Tutor"),
        ("adapters.markup", "bot.lessons"),
        ("adapters.discord.courier", "adapters.telegram.courier"),
        ("adapters.console", "discord"),
        ("bot.lessons.asking", "bot.app"),
        ("bot.phrases", "bot.tutor"),
    ],
)
def test_an_import_that_breaks_a_rule_is_found(module: str, imported: str) -> None:
    assert forbidden(module, imported)


def test_nothing_imports_the_composition_root() -> None:
    users = [
        module
        for module, path in _modules()
        for imported in imports(path.read_text(encoding="utf-8"), module)
        if _within(imported, "bot.app") and not _within(module, "bot.cli")
    ]

    assert users == []
