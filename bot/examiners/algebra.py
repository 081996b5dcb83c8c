"""Whether a learner's algebra earns a point: in any equivalent form, and not as one of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.examiners import claims
from bot.examiners.claims import Claim
from bot.speech import listed, say
from knowledge.algebra import Relation, arranged, equal, letters, relation, same, shaped
from knowledge.content import Expression, Shape

_TO_SHOW = re.compile(r"\b(?:show|prove|verify)\b[^.\n]*", re.IGNORECASE)  # is not given
_LONGEST_TEXT = 4_000  # characters that are read, from the end: the answer stands there
_MOST_CLAIMS = 12  # statements that are looked at, the last ones: more is a list, not working


@dataclass(frozen=True, slots=True)
class Judgement:
    """`quote` is what earns the point; '' if nothing does, and then `why` says what is amiss."""

    quote: str
    why: str = ""


def judged(
    answer: str, expression: Expression, *, told: str = "", asked: int = 1, final: bool = False
) -> Judgement:
    """Whether an answer states the expression.

    `told` is the question's own text: what is only copied from it earns nothing, and where it has
    the equation that is wanted, only the arrangement wanted is more than that. `asked` is how
    many expressions the part asks for: of a longer row of different ones, none counts. `final`: it
    is what the answer comes to, so no later step of the same line may say otherwise.
    """
    answer = answer[-_LONGEST_TEXT:]
    known = letters((expression.value, *expression.also))
    wanted = [relation(text, known) for text in (expression.value, *expression.also)]
    copied = list(claims.claims(told, known, wanted[0]))
    found = claims.claims(answer, known, wanted[0])
    stated = [claim for claim in found if not claims.copies(claim, copied)][-_MOST_CLAIMS:]
    right = [claim for claim in stated if _is_right(claim, wanted)]
    if _is_given(wanted, _TO_SHOW.sub("", told), known):
        right = [claim for claim in right if _is_arranged(claim, wanted)]
    kept = claims.standing(answer, stated, asked)
    best = next((claim for claim in reversed(right) if claim in kept), None)
    if best is None:
        return Judgement("", _why(expression, stated, right))
    if not _in_form(best, wanted, expression.form):
        return Judgement(
            "", say("equal to the accepted answer, but not in {form} form", form=expression.form)
        )
    if final and _goes_wrong(best, wanted):
        return Judgement("", say("your last step says something else"))
    is_equation = len(wanted[0].sides) > 1
    start = best.start if is_equation else best.sides[0].start
    return Judgement(answer[start : best.end].strip(" =$"))


def _is_right(claim: Claim, wanted: Sequence[Relation]) -> bool:
    return any(same(one, claim.relation) or same(one, claim.tight) for one in wanted)


def _is_given(wanted: Sequence[Relation], told: str, known: frozenset[str]) -> bool:
    """Whether a question gives the very equation that is wanted, in whatever arrangement."""
    given = claims.claims(told, known, wanted[0])
    return len(wanted[0].sides) > 1 and any(_is_right(claim, wanted) for claim in given)


def _is_arranged(claim: Claim, wanted: Sequence[Relation]) -> bool:
    return any(arranged(one, claim.relation) or arranged(one, claim.tight) for one in wanted)


def _in_form(claim: Claim, wanted: Sequence[Relation], form: Shape) -> bool:
    """Whether the expression, or a side of the equation, has the form; all are to be expanded."""
    if len(wanted[0].sides) == 1:
        targets = [side.tree for one in wanted for side in one.sides if side]
        sides = (side for side in claim.sides if shaped(side.tree, form))
        return any(equal(target, side.tree) for side in sides for target in targets) or not form
    enough = all if form == "expanded" else any
    return enough(shaped(side.tree, form) for side in claim.sides)


def _goes_wrong(claim: Claim, wanted: Sequence[Relation]) -> bool:
    """Whether the last thing of its kind that a line of algebra comes to is not what is wanted."""
    targets = [one.sides[0].tree for one in wanted if len(one.sides) == 1 and one.sides[0]]
    last = claim.sides[-1].start
    sides = (*claim.relation.sides, *claim.tight.sides)
    said = [side.tree for side in sides if side and side.start == last]
    return (
        bool(targets)
        and bool(said)
        and not any(claims.agree(target, tree) for target in targets for tree in said)
    )


def _why(expression: Expression, stated: Sequence[Claim], right: Sequence[Claim]) -> str:
    if right:
        return say("several answers are given: decide for one")
    if "=" in expression.value and not any(len(claim.relation.sides) > 1 for claim in stated):
        return say("an equation is asked for, with both its sides")
    if not stated:
        about = sorted(letters((expression.value,)) - {"i"})
        if not about:
            return say("no algebra that could be taken as your answer")
        return say(
            "no algebra in {letters} that could be taken as your answer", letters=listed(about)
        )
    return say("your expression is not equal to the accepted one")
