"""The parameters of a call, however they were sent: address, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.web_request import FileField


@dataclass(frozen=True, slots=True)
class Params:
    """Values as text (JSON where they are not), and files by their field: (name, bytes)."""

    values: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; '' if it is missing."""
        return self.values.get(name, "")

    def number(self, name: str) -> int | None:
        """A whole number; None if it is missing, or none."""
        try:
            return int(self.values[name])
        except (KeyError, ValueError):
            return None

    def json(self, name: str) -> object:
        """A parsed value; None if it is missing."""
        return json.loads(self.values[name]) if self.values.get(name) else None

    def file(self, name: str) -> tuple[str, bytes] | None:
        """A file that was sent along, directly or by `attach://`; None if there is none."""
        attached = self.text(name).removeprefix("attach://")
        return self.files.get(name) or self.files.get(attached)


async def params(request: web.Request) -> Params:
    """Everything that a request says."""
    values = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        for name, value in (await request.json()).items():
            values[name] = value if isinstance(value, str) else json.dumps(value)
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                files[name] = (value.filename, value.file.read())
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, files)
