"""What an operator sets wrong is said by name, and never with its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsProblem, read

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VIVA_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_tutor_can_run() -> None:
    settings = read()

    assert settings.content.is_dir()
    assert settings.telegram_token is None
    assert settings.database.startswith("sqlite+aiosqlite:///")


def test_groups_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_ALLOWED_CHATS", "telegram:-100123, discord:guild:1,discord:channel:2,")

    assert read().served == ("telegram:-100123", "discord:guild:1", "discord:channel:2")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("VIVA_EXAMINER", "magic", "VIVA_EXAMINER"),
        ("VIVA_EXAMINER", "llm", "needs VIVA_MODEL"),
        ("VIVA_CONTENT", "/nowhere", "VIVA_CONTENT: must be a folder"),
        ("VIVA_MODEL_URL", "localhost:8080", "VIVA_MODEL_URL: must be an address"),
        ("VIVA_MODEL_TIMEOUT", "-1", "VIVA_MODEL_TIMEOUT"),
        ("VIVA_TELEGRAM_WEBHOOK_URL", "https://a.example", "VIVA_TELEGRAM_WEBHOOK_SECRET"),
        ("VIVA_TELEGRAM_WEBHOOK_LISTEN", "8443", "VIVA_TELEGRAM_WEBHOOK_LISTEN: must be HOST:PORT"),
        ("VIVA_ALLOWED_CHATS", "telegram:-100, @ourclass", "VIVA_ALLOWED_CHATS: must list groups"),
        ("VIVA_LOG_LEVEL", "LOUD", "VIVA_LOG_LEVEL"),
        ("VIVA_DATABASE_URL", "postgres://a:b@host/viva", "VIVA_DATABASE_URL: must begin with"),
        ("VIVA_CHROMA_URL", "chroma:8000", "VIVA_CHROMA_URL: must be http://HOST:PORT"),
        ("VIVA_CHROMA_URL", "http://ada:pw@chroma:8000", "with no user or path"),
        ("VIVA_DISCORD_SHARDS", "-1", "VIVA_DISCORD_SHARDS"),
    ],
)
def test_a_wrong_value_is_said_with_the_variables_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsProblem) as problem:
        read()

    assert says in str(problem.value)


def test_two_urls_put_the_database_and_the_index_on_servers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIVA_DATABASE_URL", "postgresql+asyncpg://viva:hush-hush@db/viva")
    monkeypatch.setenv("VIVA_CHROMA_URL", "http://chroma:8000/")

    settings = read()

    assert settings.database == "postgresql+asyncpg://viva:hush-hush@db/viva"
    assert settings.index == "http://chroma:8000"
    assert "hush-hush" not in repr(settings) + str(settings)


def test_empty_urls_are_the_files_of_a_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_DATABASE_URL", "")
    monkeypatch.setenv("VIVA_CHROMA_URL", "")

    settings = read()

    assert settings.database.endswith("viva.db")
    assert settings.index == settings.data / "chroma"


def test_rich_messages_are_off_unless_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_TELEGRAM_RICH", "")

    assert read().telegram_rich == "off"


def test_every_problem_is_said_at_once_and_no_secret_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIVA_TELEGRAM_TOKEN", "123:very-secret")
    monkeypatch.setenv("VIVA_DATABASE_URL", "mysql://viva:very-secret@db/viva")
    monkeypatch.setenv("VIVA_EXAMINER", "magic")
    monkeypatch.setenv("VIVA_LOG_LEVEL", "LOUD")

    with pytest.raises(SettingsProblem) as problem:
        read()

    assert "VIVA_EXAMINER" in str(problem.value)
    assert "VIVA_LOG_LEVEL" in str(problem.value)
    assert "very-secret" not in str(problem.value)
    assert problem.value.__cause__ is None


def test_the_env_file_is_read_and_an_empty_token_is_none(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("VIVA_LOG_LEVEL=INFO\nVIVA_TELEGRAM_TOKEN=\n")

    settings = read()

    assert settings.log_level == "INFO"
    assert settings.telegram_token is None


def test_every_setting_stands_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")

    missing = [name for name in Settings.model_fields if f"VIVA_{name.upper()}=" not in example]

    assert missing == []
