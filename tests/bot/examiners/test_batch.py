"""Files of answers: one line in, one line out, whatever stands in the lines."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.examiners.batch import mark_lines
from bot.examiners.exact import ExactJudge
from bot.examiners.trained import TrainedExaminer
from bot.marking import CouldNotMark, PointMark, Script, Verdict
from knowledge.content import PointScheme
from knowledge.embedding import embedding

LINE: dict[str, object] = {
    "id": "one",
    "question": "Why does the potato chip lose mass?",
    "max_marks": 2,
    "points": [
        {"id": "p1", "text": "water leaves the cells", "marks": 1, "accept": [], "reject": []},
        {"id": "p2", "text": "by osmosis", "marks": 1},
    ],
    "answer": "Water leaves the cells.",
}


class ByWords:
    """An examiner that awards a point whose text stands in the answer; slower on 'slow' answers."""

    name = "by words"

    def __init__(self) -> None:
        self.busy = 0
        self.most_busy = 0

    async def mark(self, script: Script) -> Verdict:
        """The verdict, unless the answer says that it cannot be marked."""
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        for _ in range(50 if "slow" in script.answer else 1):
            await asyncio.sleep(0)
        self.busy -= 1
        if "unmarkable" in script.answer:
            raise CouldNotMark("This is beyond me.")
        scheme = script.part.scheme
        assert isinstance(scheme, PointScheme)
        marks = tuple(
            PointMark(point, said, point.text if said else "", certainty=0.9 if said else 0.1)
            for point in scheme.points
            for said in [point.text in script.answer.lower()]
        )
        return Verdict(script.question.id, "", scheme, script.answer, marks, examiner=self.name)


def line(**changed: object) -> str:
    """The line above with something changed."""
    return json.dumps(LINE | changed)


async def marked(*lines: str) -> list[dict[str, object]]:
    """What comes out for these lines."""
    return [json.loads(out) async for _, out in mark_lines(lines, ByWords())]


async def test_a_line_is_marked_point_by_point() -> None:
    [out] = await marked(line())

    assert out == {
        "id": "one",
        "marks": 1,
        "awarded": ["p1"],
        "points": [
            {"id": "p1", "awarded": True, "quote": "water leaves the cells", "certainty": 0.9},
            {"id": "p2", "awarded": False, "quote": "", "certainty": 0.1},
        ],
        "examiner": "by words",
    }


async def test_lines_come_out_in_the_order_they_went_in_while_several_are_marked() -> None:
    examiner = ByWords()
    lines = [line(id=number, answer="slow" if number % 3 == 0 else "") for number in range(40)]

    out = [(number, json.loads(text)["id"]) async for number, text in mark_lines(lines, examiner)]

    assert out == [(number + 1, number) for number in range(40)]
    assert 1 < examiner.most_busy <= 8


async def test_blank_lines_give_no_output_but_count_as_read() -> None:
    out = [number async for number, _ in mark_lines(["", line(), "  \n", line()], ByWords())]

    assert out == [2, 4]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "no 'id'"),
        (json.dumps({**LINE, "id": None}), "no 'id'"),
        (json.dumps({**LINE, "id": True}), "no 'id'"),
        (json.dumps({**LINE, "id": ["a"]}), "no 'id'"),
        (json.dumps({**LINE, "answer": "\ud800"}), "half a character"),
    ],
)
async def test_a_line_that_cannot_be_read_is_named_by_its_number(broken: str, why: str) -> None:
    bad, good = await marked(broken, line())

    assert bad["id"] is None
    assert bad["line"] == 1
    assert why in str(bad["error"])
    assert good["marks"] == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"answer": None}, "'answer'"),
        ({"answer": 5}, "'answer'"),
        ({"question": None}, "'question'"),
        ({"max_marks": -1}, "'max_marks'"),
        ({"max_marks": "2"}, "'max_marks'"),
        ({"max_marks": True}, "'max_marks'"),
        ({"points": []}, "'points'"),
        ({"points": "p1"}, "'points'"),
        ({"points": [{"id": "p1"}]}, "needs a 'text'"),
        ({"points": [{"text": "water"}]}, "'points.0.id'"),
        ({"points": [{"id": "p1", "text": "water", "marks": -1}]}, "'points.0.marks'"),
        ({"points": [{"id": "p1", "text": "w"}, {"id": "p1", "text": "o"}]}, "Two points"),
        ({"points": [{"id": "p1", "numeric": {"unit": "g"}}]}, "'points.0.numeric.value'"),
        (
            {"points": [{"id": "p1", "numeric": {"value": float("nan")}}]},
            "'points.0.numeric.value'",
        ),
        ({"answer": "unmarkable"}, "beyond me"),
    ],
)
async def test_what_cannot_be_marked_keeps_its_id_and_says_why(
    changed: dict[str, object], why: str
) -> None:
    bad, good = await marked(line(**changed), line())

    assert bad.keys() == {"id", "error"}
    assert bad["id"] == "one"
    assert why in str(bad["error"])
    assert good["marks"] == 1


async def test_keys_that_nobody_knows_are_tolerated() -> None:
    points = [{"id": "p1", "text": "water", "colour": "blue"}]

    [out] = await marked(line(points=points, teacher="Ms Okafor", answer="water"))

    assert out["marks"] == 1


async def test_marks_never_exceed_the_most_there_are() -> None:
    points = [{"id": id, "text": "water", "marks": 3} for id in ("p1", "p2")]

    [out] = await marked(line(points=points, answer="water", max_marks=4))

    assert out["marks"] == 4
    assert out["awarded"] == ["p1", "p2"]


async def test_words_and_numbers_of_a_line_are_marked_by_the_shipped_examiner() -> None:
    points = [
        {"id": "why", "text": "water leaves the cells by osmosis"},
        {"id": "rate", "text": "0.5 g", "numeric": {"value": 0.5, "unit": "g"}},
    ]
    answer = "Water leaves the cells by osmosis. The loss is 500 mg."
    examiner = TrainedExaminer(embedding(), ExactJudge())

    [out] = [
        json.loads(text)
        async for _, text in mark_lines([line(points=points, answer=answer)], examiner)
    ]

    assert out["awarded"] == ["why", "rate"]
    assert all(point["quote"] in answer for point in out["points"])
    assert out["examiner"] == examiner.name


async def test_leaving_early_leaves_nothing_running() -> None:
    lines = mark_lines([line(id=number, answer="slow") for number in range(20)], ByWords())

    async for _ in lines:
        break
    await lines.aclose()
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == {asyncio.current_task()}


@given(st.lists(st.text(max_size=60).filter(lambda text: "\n" not in text), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_lines_give_one_line_each_but_for_blank_ones(lines: list[str]) -> None:
    out = asyncio.run(marked(*lines))

    assert len(out) == sum(bool(text.strip()) for text in lines)
    assert all("error" in one for one in out)
