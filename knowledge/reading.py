"""A content file read: YAML whose values are all the text that was typed, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from knowledge.problems import ContentProblems, Loc, Problem, said

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NEEDS_QUOTES = "text cannot begin with this character unless it stands between double quotes"
_FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # not every machine has the C parser

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Page:
    """A file's keys and body, which begins at `body_line`. `path` starts in the content folder."""

    path: str
    fields: Mapping[str, Tree]
    lines: Mapping[Loc, int]
    body: str = ""
    body_line: int = 1

    def line(self, loc: Loc) -> int:
        """The line of a key, or of the nearest thing around it that is written down."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, text: str) -> Problem:
        """A problem at a key, with its place in words."""
        return Problem(self.path, self.line(loc), said(loc, text))

    def at(self, loc: Loc, text: str) -> Problem:
        """A problem at a key whose text already names the place."""
        return Problem(self.path, self.line(loc), text)

    def in_body(self, offset: int, text: str) -> Problem:
        """A problem at the character `offset` of the body."""
        return Problem(self.path, self.body_line + self.body.count("\n", 0, offset), text)

    def leads_to(self, address: str) -> str:
        """Where a link's address on this page leads, as a path from the content folder."""
        steps = self.path.split("/")[:-1]
        for step in address.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step != ".":
                steps.append(step)
        return "/".join(steps)


def page(file: Path, path: str) -> Page:
    """A Markdown file with front matter. Raises ContentProblems."""
    text = _text(file, path)
    front = _FRONT.match(text)
    if front is None:
        raise _broken(path, 1, _no_front_matter(text))
    fields, lines = _keys(front[1], path, first_line=2)
    rest = text[front.end() :]
    body = rest.lstrip("\n")
    body_line = text.count("\n", 0, front.end()) + 1 + len(rest) - len(body)
    return Page(path, fields, lines, body.rstrip(), body_line)


def keys(file: Path, path: str) -> Page:
    """A plain YAML file. Raises ContentProblems."""
    fields, lines = _keys(_text(file, path), path, first_line=1)
    return Page(path, fields, lines)


def items(file: Path, path: str, name: str) -> Page:
    """A plain YAML list, as a page whose one key is `name`. Raises ContentProblems."""
    text = _text(file, path)
    planted = _Planted(path, first_line=1)
    match _root(text, path, first_line=1):
        case yaml.SequenceNode() as root:
            return Page(path, {name: planted.items(root, (name,))}, planted.lines)
    raise _broken(path, 1, "there should be a list here: begin each entry with a hyphen")


def _text(file: Path, path: str) -> str:
    raw = file.read_bytes()
    if raw.startswith(BOM):
        raise _broken(path, 1, "the file begins with a byte-order mark: save it as plain UTF-8")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _broken(
            path, line, "the file is not UTF-8: save it again with that encoding"
        ) from error
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise _broken(path, line, "lines end as on Windows (CRLF): save the file with LF endings")
    if not text.strip():
        raise _broken(path, 1, "the file is empty")
    return text


def _no_front_matter(text: str) -> str:
    if text.startswith("---"):
        return 'the keys at the top are never closed: put a line "---" below them'
    return 'the file should begin with a line "---", its keys, and another line "---"'


def _keys(text: str, path: str, first_line: int) -> tuple[dict[str, Tree], dict[Loc, int]]:
    root = _root(text, path, first_line)
    if not isinstance(root, yaml.MappingNode):
        raise _broken(path, first_line, "there should be keys with values here, as in 'title: …'")
    planted = _Planted(path, first_line)
    return planted.keys(root, ()), planted.lines


def _root(text: str, path: str, first_line: int) -> yaml.Node | None:
    try:
        return _composed(text)
    except yaml.MarkedYAMLError as error:
        simple_key = error.context == "while scanning a simple key"  # seen only a line later
        mark = error.context_mark if simple_key else error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise _broken(path, line, _slip(error)) from error
    except yaml.YAMLError as error:
        raise _broken(path, first_line, "there is a character here no text should have") from error


def _composed(text: str) -> yaml.Node | None:
    """The nodes of a YAML text. The fast parser words its complaints badly: then, the other's."""
    try:
        return yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.BaseLoader)


def _slip(error: yaml.MarkedYAMLError) -> str:
    what = error.problem or ""
    if "mapping values are not allowed" in what:
        return "there is a second colon in this line: put the text between double quotes"
    if "found character" in what or "alias" in what or "anchor" in what:
        return _NEEDS_QUOTES
    if "could not find expected ':'" in what:
        return "a key without its colon, or a line that is not indented as the text it belongs to"
    if "flow" in (error.context or ""):
        return (
            "[ ] or { } are not closed, or hold a text with one of , : ? [ ] { } that needs quotes"
        )
    return "the indentation or the quotes do not fit here: compare this line with those above it"


class _Planted:
    """Nodes turned into plain lists, keys and text, while the line of each is noted."""

    def __init__(self, path: str, first_line: int) -> None:
        self.lines: dict[Loc, int] = {(): first_line}
        self._path = path
        self._first = first_line
        self._seen: set[int] = set()

    def keys(self, node: yaml.MappingNode, at: Loc) -> dict[str, Tree]:
        """A node's keys with their values."""
        tree: dict[str, Tree] = {}
        for key, value in node.value:
            line = self._first + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise _broken(self._path, line, "a key should be one word")
            if key.value in tree:
                raise _broken(self._path, line, said(at, f'"{key.value}" is here twice'))
            self.lines[*at, key.value] = line
            tree[key.value] = self._tree(value, (*at, key.value))
        return tree

    def items(self, node: yaml.SequenceNode, at: Loc) -> list[Tree]:
        """A node's items in order."""
        return [self._item(item, (*at, place)) for place, item in enumerate(node.value)]

    def _tree(self, node: yaml.Node, at: Loc) -> Tree:
        if id(node) in self._seen:  # an alias; one that holds itself would never end
            raise _broken(self._path, self.lines[at], _NEEDS_QUOTES)
        self._seen.add(id(node))
        match node:
            case yaml.MappingNode():
                return self.keys(node, at)
            case yaml.SequenceNode():
                return self.items(node, at)
        return str(node.value)

    def _item(self, node: yaml.Node, at: Loc) -> Tree:
        self.lines[at] = self._first + node.start_mark.line
        return self._tree(node, at)


def _broken(path: str, line: int, text: str) -> ContentProblems:
    return ContentProblems([Problem(path, line, text)])
