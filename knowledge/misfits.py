"""Where a file does not fit its form: pydantic's errors in a teacher's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from knowledge.fields import Form
from knowledge.problems import ContentProblems, Loc, Problem, place, said
from knowledge.reading import Page, Tree

F = TypeVar("F", bound=Form)

NEAR_KEY = 60  # of 100: how alike a known key must be to be suggested
LONGEST_SHOWN = 60  # characters of a wrong value that are repeated

_NAMED_KEY = re.compile(r'"(\w+)"')  # our own complaints name the key they are about first


def fitted(form: type[F], page: Page, fields: Mapping[str, Tree], loc: Loc = ()) -> F:
    """The form filled with the keys that stand at `loc` of a page. Raises ContentProblems."""
    try:
        return form.model_validate(fields)
    except ValidationError as misfits:
        raise ContentProblems(_problem(page, error, loc, form) for error in misfits.errors()) from (
            misfits
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """': did you mean "marks"?', or '' where no known word is near."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=NEAR_KEY)
    return f': did you mean "{best[0]}"?' if best else ""


def _problem(page: Page, error: ErrorDetails, loc: Loc, form: type[Form]) -> Problem:
    at = (*loc, *error["loc"])
    text = _worded(error, at, form)
    named = _NAMED_KEY.search(text) if error["type"] == "value_error" else None
    return page.at((*at, named[1]) if named else at, text)


def _worded(error: ErrorDetails, loc: Loc, form: type[Form]) -> str:
    if error["type"] == "value_error":  # one of our own
        return said(loc, str(error["ctx"]["error"]))
    key = loc[-1]
    if error["type"] == "extra_forbidden":
        fields = _form_at(form, error["loc"][:-1]).model_fields
        known = [field.alias or name for name, field in fields.items()]
        return said(loc[:-1], _unknown(str(key), error["input"], known))
    if isinstance(key, int):
        return f"{place(loc)} {_fault(error)}"
    return said(loc[:-1], f'"{key}" {_fault(error)}')


def _form_at(form: type[Form], loc: Loc) -> type[Form]:
    """The form that the keys at a place are fitted to."""
    for step in loc:
        if isinstance(step, str) and step in form.model_fields:
            form = _form_in(form.model_fields[step].annotation) or form
    return form


def _form_in(annotation: object) -> type[Form] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    found = (_form_in(inner) for inner in get_args(annotation))
    return next((form for form in found if form), None)


def _unknown(key: str, value: object, known: Iterable[str]) -> str:
    if value == "" and " " in key:  # '{why: Yes, it does}': YAML cut the text at its comma
        return f'"{key}" stands after a comma: put the whole text between double quotes'
    return f'there is no key "{key}"{nearest(key, known) or " here"}'


def _fault(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    shown = _shown(error["input"])
    match kind:
        case "missing":
            return "is missing"
        case "string_too_short":
            return "is empty"
        case "literal_error":
            return f"should be one of {_listed(str(context['expected']))}, not {shown}"
        case "greater_than_equal":
            return f"should be {context['ge']} or more, not {shown}"
        case "greater_than":
            return f"should be more than {context['gt']}, not {shown}"
    return f"should be {_wanted(kind)}, not {shown}"


def _wanted(kind: str) -> str:
    first = kind.split("_", 1)[0]
    return {
        "int": "a whole number",
        "float": "a number",
        "finite": "a number",
        "decimal": "a number",
        "bool": "true or false",
        "date": "a day such as 2027-05-03",
        "string": "text",
        "tuple": "a list, as in [first, second]",
        "dict": "a set of keys with values",
        "model": "a set of keys with values",
    }.get(first, "something else")


def _listed(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _shown(value: object) -> str:
    match value:
        case "":
            return "empty"
        case str():
            short = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
            return f'"{short}"'
        case dict():
            first = next(iter(value), "")
            return f'keys and values: if "{first}:" is part of the text, put it between quotes'
    return "a list"
