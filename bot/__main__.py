"""The command `viva`. It imports late, so that help and completion come at once."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer
from rich.console import Console
from rich.markdown import Markdown

app = typer.Typer(
    name="viva",
    help="A chat tutor that asks exam questions and marks the answers like an examiner.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_screen = Console()
_errors = Console(stderr=True)
T = TypeVar("T")
Platform = Literal["telegram", "webhook", "discord", "push"]
ExaminerName = Literal["trained", "llm", "panel"]


def main() -> None:
    """Run the command line; a problem that an operator can mend is a sentence, not a traceback."""
    try:
        app()
    except Exception as problem:
        if not _is_ours(problem):
            raise
        _errors.print(str(problem), style="red", markup=False, highlight=False)
        sys.exit(1)


def _is_ours(problem: Exception) -> bool:
    """Whether the problem is one of our own, whose text was written for an operator."""
    home = type(problem).__module__.split(".")[0]
    return home in ("bot", "adapters", "knowledge", "prompts")


def _run(work: Coroutine[None, None, T]) -> T:
    return asyncio.run(work)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"viva {version('viva-tutor')}")
        raise typer.Exit


@app.callback()
def _viva(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command()
def chat() -> None:
    """Talk to the tutor in this terminal. No token and no key are needed."""
    from bot import settings

    given = settings.read()
    with _screen.status("Opening the notes…"):
        from bot.cli import talking
    _run(talking.in_terminal(given, _screen))


@app.command()
def run(
    only: Annotated[
        Platform | None,
        typer.Option(
            help="Serve one platform alone; webhook is Telegram, never by polling, and leaves the "
            "daily questions to push, which sends them and hears nothing."
        ),
    ] = None,
    shards: Annotated[
        str, typer.Option(help="With --only discord: its shards for this process, as in 0,1.")
    ] = "",
) -> None:
    """Serve every platform that has a token, until stopped."""
    from bot import settings
    from bot.cli import sharing, talking

    given = settings.read()
    mine = sharing.shards(given, only, shards)
    _run(talking.on_platforms(sharing.narrowed(given, only), mine, only))


@app.command()
def broadcast(
    file: Annotated[Path, typer.Argument(help="What to say, as Markdown.")],
    name: Annotated[
        str, typer.Option(help="What it is called: under one name nobody gets it twice.")
    ],
    send: Annotated[
        bool, typer.Option("--send", help="Send it. Without this, show who would get it.")
    ] = False,
) -> None:
    """Write to every learner once; a dry run unless you say --send."""
    from bot import settings
    from bot.cli import broadcasting

    for line in _run(broadcasting.announced(settings.read(), file, name, send=send)):
        _screen.print(line, markup=False, highlight=False)


@app.command()
def ask(
    doubt: Annotated[str, typer.Argument(help="A doubt, in plain words.")],
    subject: Annotated[str, typer.Option(help="Ask in this subject; otherwise in all.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print answer and sources as JSON.")
    ] = False,
) -> None:
    """Answer one doubt from the notes, with its sources."""
    from bot import settings
    from bot.cli import oneshot

    answer = _run(oneshot.asked(settings.read(), doubt, subject))
    if as_json:
        typer.echo(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        _screen.print(Markdown(answer.as_markdown()))


@app.command()
def mark(
    question: Annotated[
        str, typer.Argument(help="A question's id; `#b` behind it names a part.")
    ] = "",
    answer: Annotated[str, typer.Argument(help="The answer to mark.")] = "",
    batch: Annotated[Path | None, typer.Option(help="Mark a file of JSON lines instead.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the marked lines go.")] = None,
    examiner: Annotated[ExaminerName, typer.Option(help="Who marks.")] = "trained",
) -> None:
    """Mark one answer to a question of the library, or a whole file of answers."""
    from bot import settings
    from bot.cli import oneshot

    given = settings.read().model_copy(update={"examiner": examiner})
    if batch is not None:
        if out is None:
            raise typer.BadParameter("say where the marked lines go: --out OUT.jsonl")
        _run(oneshot.marked_batch(given, batch, out, _errors))
    elif question and answer:
        _screen.print(Markdown(_run(oneshot.marked(given, question, answer))))
    else:
        raise typer.BadParameter(
            "give a question's id and an answer, or --batch IN.jsonl --out OUT.jsonl"
        )


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of your own.")
    ] = None,
) -> None:
    """Bring the search index up to date, or add your own files to what `viva chat` searches."""
    from bot import settings
    from bot.cli import oneshot

    fine = _run(oneshot.indexed(settings.read(), tuple(paths or ()), _screen))
    raise typer.Exit(0 if fine else 1)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A content folder; default: the one in use.")
    ] = None,
    coverage: Annotated[bool, typer.Option(help="Show what is in the library.")] = False,
) -> None:
    """List every problem of every content file, or show what the library covers."""
    from bot import settings
    from bot.cli import checking

    where = folder or settings.read().content
    fine = checking.covered(where, _screen) if coverage else checking.checked(where, _screen)
    raise typer.Exit(0 if fine else 1)


@app.command()
def doctor() -> None:
    """Say what is configured, what is missing, and what to do about it."""
    from bot.cli import doctor as doctors

    raise typer.Exit(0 if _run(doctors.examined(_screen)) else 1)


@app.command()
def upgrade() -> None:
    """Bring the database's tables to the form that this version needs. Stop every Viva first."""
    from bot import settings
    from bot.cli import upgrading

    typer.echo(_run(upgrading.upgraded(settings.read())))


appeals = typer.Typer(
    name="appeals",
    help="What learners disagreed with, for a teacher to decide. Without a command: the queue.",
    invoke_without_command=True,
)
app.add_typer(appeals)


@appeals.callback()
def _queue(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        from bot import settings
        from bot.cli import appeals as queue

        _run(queue.listed(settings.read(), _screen))


@appeals.command()
def show(number: Annotated[int, typer.Argument(help="An appeal's number.")]) -> None:
    """One appeal with its question, the whole answer and both readings."""
    from bot import settings
    from bot.cli import appeals as queue

    _run(queue.shown(settings.read(), number, _screen))


@appeals.command()
def decide(
    number: Annotated[int, typer.Argument(help="An appeal's number.")],
    award: Annotated[
        bool | None, typer.Option("--award/--withhold", help="Whether the point is earned.")
    ] = None,
    note: Annotated[str, typer.Option(help="A sentence for the learner.")] = "",
    marks: Annotated[int | None, typer.Option(help="Of a criterion, with --award.")] = None,
) -> None:
    """Decide an appeal: the mark follows, and the learner is told, once."""
    from bot import settings
    from bot.appeals import Decision
    from bot.cli import appeals as queue

    if award is None:
        raise typer.BadParameter("say --award or --withhold")
    decision = Decision(award, datetime.now(UTC), note, marks)
    typer.echo(_run(queue.decided(settings.read(), number, decision)))


@appeals.command()
def export(file: Annotated[Path, typer.Argument(help="Where the examples go.")]) -> None:
    """Write decided appeals as examples that can be pasted into questions."""
    from bot import settings
    from bot.cli import exporting

    typer.echo(_run(exporting.exported(settings.read(), file)))


if __name__ == "__main__":
    main()
