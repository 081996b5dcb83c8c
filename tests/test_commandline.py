"""The command `viva`, as an operator, a teacher or a script uses it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from bot import storage
from bot.__main__ import app, main
from bot.cli import doctor
from bot.cli.problems import Unusable
from bot.messages import Chat
from bot.settings import Settings
from tests.content import write_subject
from tests.postgres import Postgres

POTATO = {
    "id": "one",
    "question": "Explain why a potato chip in syrup becomes limp.",
    "max_marks": 2,
    "points": [
        {"id": "a", "text": "water leaves the cells", "marks": 1, "accept": [], "reject": []},
        {
            "id": "n",
            "text": "it loses 20 per cent",
            "marks": 1,
            "numeric": {"value": 20, "unit": "%", "tolerance_percent": 2},
        },
    ],
    "answer": "Water leaves the cells of the potato. The loss is 20 %.",
}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VIVA_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIVA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VIVA_CONTENT", str(small))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("subjects")
    write_subject(folder)
    return folder


def viva(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def marked(tmp_path: Path, *lines: str) -> list[dict[str, object]]:
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    done = viva("mark", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]


def test_the_version_and_every_command_are_told() -> None:
    assert viva("--version").output.startswith("viva 0.")
    assert all(name in viva("--help").output for name in ("chat", "run", "mark", "doctor"))


def test_a_doubt_is_answered_as_json_with_its_sources_best_first() -> None:
    done = viva("ask", "what is the water potential of pure water?", "--json")

    answer = json.loads(done.stdout)
    scores = [source["score"] for source in answer["sources"]]
    assert done.exit_code == 0
    assert answer["sources"][0]["subject"] == "biology"
    assert answer["sources"][0]["note"] == "biology/osmosis"
    assert answer["sources"][0]["heading"].startswith("Water potential")
    assert scores == sorted(scores, reverse=True)
    assert answer["answer"]


def test_a_doubt_that_is_not_covered_has_no_sources_and_is_no_error() -> None:
    done = viva("ask", "who won the football match last night?", "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["sources"] == []


def test_a_batch_is_marked_in_order_and_a_bad_line_stops_nothing(tmp_path: Path) -> None:
    bad = {**POTATO, "id": "two", "points": []}
    lines = marked(tmp_path, json.dumps(POTATO), "{nonsense", json.dumps(bad), json.dumps(POTATO))

    assert [line.get("id") for line in lines] == ["one", None, "two", "one"]
    assert lines[1]["line"] == 2
    assert "error" in lines[1]
    assert "error" in lines[2]
    assert lines[0] == lines[3]
    points = lines[0]["points"]
    assert isinstance(points, list)
    assert [point["id"] for point in points] == ["a", "n"]
    assert points[1]["awarded"] is True
    assert points[1]["quote"] in str(POTATO["answer"])


def test_a_batch_is_marked_without_the_model_whatever_is_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = marked(tmp_path, json.dumps(POTATO))
    monkeypatch.setenv("VIVA_MODEL", "openai:gpt-nowhere")
    monkeypatch.setenv("VIVA_MODEL_URL", "http://127.0.0.1:9/v1")

    assert marked(tmp_path, json.dumps(POTATO)) == before


def test_one_answer_is_marked_point_by_point() -> None:
    done = viva("mark", "biology/osmosis/direction", "B")

    assert done.exit_code == 0
    assert "1/1" in done.output


def test_the_content_is_checked_and_counted(small: Path) -> None:
    assert "osmosis" in viva("check", str(small), "--coverage").output


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    write_subject(tmp_path / "broken")
    file = tmp_path / "broken" / "biology" / "questions" / "osmosis" / "potato.md"
    file.write_text(file.read_text("utf-8").replace("marks: 2", "marks: two"), "utf-8")

    done = viva("check", str(tmp_path / "broken"))

    assert done.exit_code == 1
    assert "biology/questions/osmosis/potato.md:" in done.output


def test_own_files_are_indexed_and_a_broken_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("# Xylem\n\nXylem vessels carry water upwards.", "utf-8")
    (tmp_path / "empty.pdf").write_bytes(b"")

    done = viva("index", str(tmp_path / "mine.md"), str(tmp_path / "empty.pdf"))

    assert done.exit_code == 1
    assert "mine.md: 1 passages" in done.output
    assert "empty.pdf:" in done.output
    asked = json.loads(viva("ask", "what do xylem vessels carry?", "--json").stdout)
    assert asked["sources"][0]["note"] == "mine.md"


def test_the_doctor_finds_a_healthy_tutor_and_what_is_switched_off() -> None:
    done = viva("doctor")

    assert "examiner" in done.output
    assert "no token" in done.output


def test_the_doctor_says_what_keeps_the_tutor_from_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VIVA_DATA", str(tmp_path / "file" / "data"))

    done = viva("doctor")

    assert done.exit_code == 1
    assert "cannot run" in done.output
    assert "VIVA_DATA" in done.output


def test_a_wrong_setting_is_a_sentence_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIVA_EXAMINER", "magic")
    monkeypatch.setattr("sys.argv", ["viva", "ask", "anything"])

    with pytest.raises(SystemExit) as stop:
        main()

    said = capsys.readouterr().err
    assert stop.value.code == 1
    assert "VIVA_EXAMINER" in said
    assert "Traceback" not in said


def test_without_a_token_run_says_where_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["viva", "run"])

    with pytest.raises(SystemExit):
        main()

    assert "VIVA_TELEGRAM_TOKEN" in capsys.readouterr().err


TELEGRAM = {"VIVA_TELEGRAM_TOKEN": "123:token"}
DISCORD = {"VIVA_DISCORD_TOKEN": "token"}


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        ("--only telegram", DISCORD, "VIVA_TELEGRAM_TOKEN"),
        ("--only discord", TELEGRAM, "VIVA_DISCORD_TOKEN"),
        ("--only webhook", TELEGRAM, "VIVA_TELEGRAM_WEBHOOK_URL"),
        ("--shards 0,1", DISCORD, "--only discord"),
        ("--only discord --shards 0,1", DISCORD, "VIVA_DISCORD_SHARDS"),
        ("--only discord --shards 0,x", DISCORD, "--shards 0,1"),
        ("--only discord --shards 1,2", DISCORD | {"VIVA_DISCORD_SHARDS": "2"}, "are 0 to 1"),
    ],
)
def test_a_share_that_cannot_be_served_is_refused_with_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    given: dict[str, str],
    says: str,
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["viva", "run", *words.split()])

    with pytest.raises(SystemExit) as stop:
        main()

    assert stop.value.code == 1
    assert says in capsys.readouterr().err


def test_an_operator_upgrades_by_hand(tmp_path: Path) -> None:
    done = viva("upgrade")

    assert done.output.endswith("viva.db is up to date\n")
    assert (tmp_path / "data" / "viva.db").exists()


async def test_the_doctor_names_the_servers_and_never_their_password(
    monkeypatch: pytest.MonkeyPatch, postgres: Postgres
) -> None:
    monkeypatch.setenv("VIVA_DATABASE_URL", await postgres.empty())
    monkeypatch.setenv("VIVA_CHROMA_URL", "http://127.0.0.1:1")
    screen = Console(record=True, width=200)

    fine = await doctor.examined(screen)

    said = screen.export_text()
    assert not fine
    assert f"127.0.0.1:{postgres.port}/viva_" in said
    assert "Chroma server at http://127.0.0.1:1 cannot be used" in said
    assert postgres.password not in said


class TestBroadcast:
    """A message of the operator's to every learner."""

    @pytest.fixture
    def letter(self, tmp_path: Path) -> str:
        """What is to be said."""
        (tmp_path / "letter.md").write_text("**Term starts** on Monday.", "utf-8")
        return str(tmp_path / "letter.md")

    @pytest.fixture
    async def learners(self, tmp_path: Path) -> Path:
        """A database with two who write from Telegram, and one from a terminal."""
        file = tmp_path / "data" / "viva.db"
        file.parent.mkdir()
        async with storage.opened(f"sqlite+aiosqlite:///{file}") as open, open() as records:
            for platform, person in (("telegram", "1"), ("telegram", "2"), ("terminal", "me")):
                await records.learner(Chat(platform, person, person))
            await records.commit()
        return file

    def test_a_dry_run_shows_it_and_sends_nothing(self, learners: Path, letter: str) -> None:
        shown = viva("broadcast", letter, "--name", "term")
        again = viva("broadcast", letter, "--name", "term")

        assert shown.exit_code == 0
        assert "Term starts" in shown.output
        assert "would go to 2 learners of 2: telegram 2" in shown.output
        assert again.output == shown.output

    def test_it_is_put_into_the_outbox_once_for_each(self, learners: Path, letter: str) -> None:
        first = viva("broadcast", letter, "--name", "term", "--send")
        second = viva("broadcast", letter, "--name", "term", "--send")

        assert "on its way to 2 learners" in first.output
        assert "on its way to 0 learners" in second.output
        with sqlite3.connect(learners) as direct:
            rows = direct.execute("SELECT occasion, state FROM pushes").fetchall()
        direct.close()
        assert rows == [("term", "waiting")] * 2

    def test_another_text_needs_another_name(self, learners: Path, letter: str) -> None:
        viva("broadcast", letter, "--name", "term", "--send")
        Path(letter).write_text("Something else.", "utf-8")

        with pytest.raises(Unusable, match="another text"):
            viva_or_raise("broadcast", letter, "--name", "term", "--send")

    @pytest.mark.parametrize(
        ("name", "text", "why"),
        [
            ("2026-03-01", "hello", "small letters"),
            ("term", "", "is empty"),
            ("term", "a" * 3001, "at most 3000"),
        ],
    )
    def test_what_cannot_be_sent_is_said(
        self, tmp_path: Path, name: str, text: str, why: str
    ) -> None:
        (tmp_path / "letter.md").write_text(text, "utf-8")

        with pytest.raises(Unusable, match=why):
            viva_or_raise("broadcast", str(tmp_path / "letter.md"), "--name", name)


def viva_or_raise(*words: str) -> None:
    """Run the command; what it raises is raised."""
    done = CliRunner().invoke(app, list(words))
    if done.exception:
        raise done.exception
