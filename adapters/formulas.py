"""LaTeX formulas in Unicode, where that says exactly the same. The door to pylatexenc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pylatexenc.latex2text import (  # type: ignore[import-untyped]  # it ships no types
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import (  # type: ignore[import-untyped]  # it ships no types
    LatexCharsNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerError,
)

from bot.messages import literal

FORMULA = re.compile(
    r"\$\$(?P<display>(?:[^$\\]|\\.)+)\$\$"
    r"|\$(?!\s)(?P<inline>(?:[^$\\]|\\.)+)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
"""`$…$` or `$$…$$`; '$5 and $10' holds none, for a space stands before the second sign."""

LONGEST = 400  # characters; what is longer is an exercise in typesetting, not a line of chat

_SUPER = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ∘′∗*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ°′**",
        strict=True,
    )
)
_SUB = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_ACCENTS = {
    "bar": "\u0304",
    "overline": "\u0304",
    "hat": "\u0302",
    "tilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
_OWN = {
    "ne": "≠",
    "degree": "°",
    "iff": "⇔",
    "implies": "⇒",
    "land": "∧",
    "lor": "∨",
    "neg": "¬",
    "%": "%",
    "|": "‖",
    "left": "",
    "right": "",
    "displaystyle": "",
    "!": "",
    "quad": "  ",
    "prime": "′",
}
_WORDS = {
    *("sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan"),
    *("sinh", "cosh", "tanh", "log", "ln", "exp", "lim", "max", "min", "det", "gcd"),
}
_BLACKBOARD = dict(zip("NZQRCP", "ℕℤℚℝℂℙ", strict=True))
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_SCRIPT_GROUP = re.compile(r"([_^])\{([^{}\\]{2,})\}")
_MACRO = re.compile(r"\\([a-zA-Z]+)(?: (?=[a-zA-Z]))?")
_MARKS = f"{''.join(_SUPER.values())}{''.join(_SUB.values())}{''.join(_ACCENTS.values())}"
_ONE_TERM = re.compile(rf"(\d+(\.\d+)?|Δ?[^\W\d_])[{re.escape(_MARKS)}]*")
_FACTORS = re.compile(rf"(\d+(\.\d+)?|[^\W\d_]|[{re.escape(_MARKS)}])+")


_CODE_OR_FORMULA = re.compile(rf"(?P<ticks>`+).+?(?P=ticks)|\\.|{FORMULA.pattern}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of a formula. A quotient or a root needs brackets where something stands close by."""

    text: str
    kind: Literal["text", "word", "script", "space", "quotient", "root"] = "text"


class _Inexact(Exception):
    """Unicode has no way to say this."""


@lru_cache(maxsize=2048)  # a subject's notes and questions use the same formulas
def unicode(latex: str) -> str | None:
    """The formula in Unicode; None where that could not be exact, or where the LaTeX is broken."""
    if len(latex) > LONGEST:
        return None
    try:
        nodes, _, _ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
        return _text(nodes).strip() or None
    except (LatexWalkerError, _Inexact, RecursionError):
        return None


def source(latex: str) -> str:
    """The LaTeX on one line, its symbols as characters: to be shown as code.

    Raised and lowered groups stand in brackets, e^(−0.04t), as people type them.
    """
    typed = _SCRIPT_GROUP.sub(r"\1(\2)", _MACRO.sub(_as_symbol, latex))
    return " ".join(typed.split())


def _as_symbol(match: re.Match[str]) -> str:
    try:
        return _symbols(match[1])
    except _Inexact:
        return match[0]


def readable(markdown: str) -> str:
    """Markdown with its formulas in Unicode, or as code where that could not be exact."""
    return _CODE_OR_FORMULA.sub(_replaced, markdown)


def _replaced(match: re.Match[str]) -> str:
    latex = match["display"] or match["inline"]
    if latex is None:  # code, or an escaped character
        return match[0]
    exact = unicode(latex)
    return f"`{source(latex)}`" if exact is None else literal(exact)


def _text(nodes: Iterable[LatexNode]) -> str:
    atoms = _scripted([atom for node in nodes for atom in _atoms(node)])
    said = "".join(_bracketed(atoms, at) for at in range(len(atoms)))
    return re.sub(r" {2,}", "  ", said)


def _atoms(node: LatexNode) -> Iterator[_Atom]:
    if isinstance(node, LatexCharsNode):
        yield from (_char(char) for char in str(node.chars))
    elif isinstance(node, LatexGroupNode) and node.delimiters == ("{", "}"):
        yield _Atom(_text(node.nodelist))
    elif isinstance(node, LatexMacroNode):
        yield from _macro(node)
    elif isinstance(node, LatexSpecialsNode) and node.specials_chars == "~":
        yield _Atom(" ", "space")
    else:
        raise _Inexact


def _char(char: str) -> _Atom:
    if char in "^_":
        return _Atom(char, "script")
    if char.isspace():
        return _Atom(" ", "space")
    return _Atom({"-": "−", "'": "′"}.get(char, char))


def _macro(node: LatexMacroNode) -> Iterator[_Atom]:
    name = str(node.macroname)
    match name:
        case "frac" | "dfrac" | "tfrac":
            top, bottom = (_text([part]) for part in _arguments(node, 2))
            over = top if _FACTORS.fullmatch(top) else f"({top})"
            under = bottom if _ONE_TERM.fullmatch(bottom) else f"({bottom})"
            yield _Atom(f"{over}/{under}", "quotient")
        case "sqrt":
            yield _root(node)
        case "text" | "textrm" | "mathrm" | "operatorname":
            (inside,) = _arguments(node, 1)
            yield _Atom(_verbatim(inside) if name.startswith("text") else _text([inside]))
        case "mathbb":
            yield _Atom(_mapped(_text(_arguments(node, 1)), _BLACKBOARD))
        case accent if accent in _ACCENTS:
            letter = _text(_arguments(node, 1))
            if len(letter) != 1:
                raise _Inexact
            yield _Atom(letter + _ACCENTS[accent])
        case _:
            yield from _symbol(name, str(node.macro_post_space))


def _arguments(node: LatexMacroNode, count: int) -> list[LatexNode]:
    given = _given(node)
    if len(given) != count or None in given:
        raise _Inexact
    return given


def _given(node: LatexMacroNode) -> list[LatexNode | None]:
    """A macro's arguments; an optional one may be None, and broken LaTeX has none at all."""
    return list(node.nodeargd.argnlist or []) if node.nodeargd else []


def _root(node: LatexMacroNode) -> _Atom:
    match _given(node):
        case [degree, inside] if inside is not None:
            pass
        case _:
            raise _Inexact
    sign = _ROOTS.get(_text(degree.nodelist) if degree else "")
    if sign is None:
        raise _Inexact
    under = _text([inside])
    return _Atom(sign + (under if _ONE_TERM.fullmatch(under) else f"({under})"), "root")


def _verbatim(node: LatexNode) -> str:
    """Words inside a formula, which keep their spaces and hyphens."""
    parts = node.nodelist if isinstance(node, LatexGroupNode) else [node]
    if not all(isinstance(part, LatexCharsNode) for part in parts):
        raise _Inexact
    said = "".join(str(part.chars) for part in parts)
    if set(said) & set("^_"):
        raise _Inexact
    return said


def _symbol(name: str, space_behind: str) -> Iterator[_Atom]:
    if name in _WORDS:
        yield _Atom(name, "word")
        return
    said = _symbols(name)
    yield _Atom(said, "space" if said and said.isspace() else "text")
    if space_behind and not said.isalpha():
        yield _Atom(" ", "space")


@cache
def _symbols(name: str) -> str:
    """The character that a macro without arguments stands for."""
    if name in _OWN:
        return _OWN[name]
    known = get_default_latex_context_db().get_macro_spec(name)
    said = getattr(known, "simplify_repl", None)
    if not isinstance(said, str) or len(said) != 1:
        raise _Inexact
    return said


def _scripted(atoms: list[_Atom]) -> list[_Atom]:
    """The atoms with every `^` and `_` applied to what follows it."""
    said: list[_Atom] = []
    waiting = iter(atoms)
    for atom in waiting:
        if atom.kind != "script":
            said.append(atom)
            continue
        raised = next((next_one for next_one in waiting if next_one.kind != "space"), None)
        if raised is None or raised.kind == "script" or not raised.text:
            raise _Inexact
        said.append(
            _Atom(_mapped(raised.text.replace(" ", ""), _SUPER if atom.text == "^" else _SUB))
        )
    return said


def _mapped(said: str, letters: dict[str, str]) -> str:
    try:
        return "".join(letters[char] for char in said)
    except KeyError:
        raise _Inexact from None


def _bracketed(atoms: list[_Atom], at: int) -> str:
    """An atom's text, set off from its neighbours where they would read as a part of it."""
    atom = atoms[at]
    before = at > 0 and _close(atoms[at - 1], -1)
    behind = at + 1 < len(atoms) and _close(atoms[at + 1], 0)
    match atom.kind:
        case "quotient" if before or behind:
            return f"({atom.text})"
        case "root" if behind:
            return f"({atom.text})"
        case "word":
            return f"{' ' if before else ''}{atom.text}{' ' if _reads_on(atoms, at) else ''}"
        case _:
            return atom.text


def _close(atom: _Atom, end: Literal[-1, 0]) -> bool:
    """Whether a neighbour's nearer end is a letter, a digit or a bracket around a factor."""
    if atom.kind in ("quotient", "root", "word"):
        return True
    return bool(atom.text) and (
        atom.text[end].isalnum() or atom.text[end] in (")" if end else "(") + _MARKS
    )


def _reads_on(atoms: list[_Atom], at: int) -> bool:
    """Whether an argument follows a function's name, rather than a bracket or an index."""
    behind = atoms[at + 1] if at + 1 < len(atoms) else None
    return (
        behind is not None
        and behind.kind != "space"
        and behind.text[:1].isalnum()
        and behind.text[0] not in _MARKS
    )
