"""What an operator can set: read once from the environment and `.env`, and checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PLACE = re.compile(r"telegram:-\d+|discord:(guild|channel):\d+")
_DATABASES = ("sqlite+aiosqlite://", "postgresql+asyncpg://")
_SERVER = re.compile(r"https?://[^\s/@?#]+/?")
_LIBRARY = Path(__file__).parent.parent / "knowledge" / "subjects"


class SettingsProblem(Exception):
    """A setting is wrong; the message names the variable and says what to do, never its value."""


class Settings(BaseSettings):
    """Every setting, as `VIVA_<NAME>`; each stands in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix="VIVA_", env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    data: Path = Field(default_factory=lambda: user_data_path("viva", appauthor=False))
    database_url: SecretStr | None = None  # it may hold a password
    chroma_url: str = ""
    content: Path = _LIBRARY
    embedding: str = "all-minilm-l6-v2"
    examiner: Literal["auto", "trained", "llm", "panel"] = "auto"
    model: str = ""
    model_url: str = ""
    model_key: SecretStr | None = None
    model_sees: bool = False
    voice_model: str = ""
    voice_url: str = ""
    voice_key: SecretStr | None = None
    model_timeout: float = Field(default=60, gt=0, le=600)
    model_tokens_per_learner: int = Field(default=0, ge=0)
    model_tokens_per_group: int = Field(default=0, ge=0)
    model_tokens_per_day: int = Field(default=0, ge=0)
    model_price_read: float = Field(default=0, ge=0, allow_inf_nan=False)
    model_price_written: float = Field(default=0, ge=0, allow_inf_nan=False)
    allowed_chats: str = ""
    discord_token: SecretStr | None = None
    discord_shards: int = Field(default=0, ge=0)
    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_listen: str = "127.0.0.1:8443"
    telegram_webhook_secret: SecretStr | None = None
    telegram_rich: Literal["off", "needed", "always"] = "off"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @field_validator(
        "database_url",
        "discord_token",
        "telegram_token",
        "model_key",
        "voice_key",
        "telegram_webhook_secret",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator(
        "model_tokens_per_learner",
        "model_tokens_per_group",
        "model_tokens_per_day",
        "model_price_read",
        "model_price_written",
        "discord_shards",
        mode="before",
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return 0 if value == "" else value

    @field_validator("model_sees", mode="before")
    @classmethod
    def _empty_is_no(cls, value: object) -> object:
        return False if value == "" else value

    @field_validator("telegram_rich", mode="before")
    @classmethod
    def _empty_is_off(cls, value: object) -> object:
        return "off" if value == "" else value

    @field_validator("model_url", "voice_url", "telegram_base_url", "telegram_webhook_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must be an address that begins with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(_DATABASES):
            raise ValueError(f"must begin with {_DATABASES[0]}/ or {_DATABASES[1]}")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _is_server(cls, value: str) -> str:
        if not value:
            return value
        if not _SERVER.fullmatch(value):
            raise ValueError("must be http://HOST:PORT or https://HOST:PORT, with no user or path")
        return value.rstrip("/")

    @field_validator("telegram_webhook_listen")
    @classmethod
    def _is_host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65_535:  # noqa: PLR2004  the highest port
            raise ValueError("must be HOST:PORT, for example 127.0.0.1:8443")
        return value

    @field_validator("allowed_chats")
    @classmethod
    def _are_places(cls, value: str) -> str:
        wrong = [place for place in _listed(value) if not _PLACE.fullmatch(place)]
        if wrong:
            raise ValueError(
                "must list groups as telegram:-100123, discord:guild:123 or discord:channel:123, "
                "with commas between"
            )
        return value

    @field_validator("content")
    @classmethod
    def _is_folder(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError("must be a folder with subjects in it")
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        if self.examiner in ("llm", "panel") and not self.model:
            raise ValueError(
                f"VIVA_EXAMINER={self.examiner} needs VIVA_MODEL, for example openai:gpt-5-mini"
            )
        if self.model_sees and not self.model:
            raise ValueError(
                "VIVA_MODEL_SEES needs VIVA_MODEL, a model that takes pictures, for example "
                "openai:gpt-5-mini"
            )
        if self.voice_url and not self.voice_model:
            raise ValueError("VIVA_VOICE_URL needs VIVA_VOICE_MODEL, for example whisper-1")
        if self.telegram_webhook_url and self.telegram_webhook_secret is None:
            raise ValueError("VIVA_TELEGRAM_WEBHOOK_URL needs VIVA_TELEGRAM_WEBHOOK_SECRET")
        return self

    @property
    def served(self) -> tuple[str, ...]:
        """The groups that are served; none is no limit."""
        return _listed(self.allowed_chats)

    @property
    def database(self) -> str:
        """The URL of the learners' database, its password in it: never to be shown."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data / 'viva.db'}"

    @property
    def index(self) -> Path | str:
        """Where the search index is: a folder, or the URL of a Chroma server."""
        return self.chroma_url or self.data / "chroma"


def _listed(places: str) -> tuple[str, ...]:
    return tuple(place.strip() for place in places.split(",") if place.strip())


def read() -> Settings:
    """The settings. Raises SettingsProblem, naming every wrong variable at once."""
    try:
        return Settings()
    except ValidationError as problems:
        lines = [_sentence(problem["loc"], problem["msg"]) for problem in problems.errors()]
        raise SettingsProblem("\n".join(lines)) from None  # the values may be secrets


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ").removeprefix("Input ")
    if not where:
        return said
    return f"VIVA_{str(where[0]).upper()}: {said}"
