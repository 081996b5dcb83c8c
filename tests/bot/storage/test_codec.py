"""Whatever is stored comes back as the same value, of the same type."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue import Answering, Choosing, Dialogue, Idle, InRound, Marked
from bot.marking import CriterionMark, PointMark, Verdict
from bot.messages import Choice, Command, Content, File, Image, Press, Reply, Upload, Words
from bot.storage import codec
from knowledge.content import BandScheme, Criterion, MarkPoint, Numeric, PointScheme

number = st.floats(allow_nan=False)  # NaN is unequal to itself
certain = st.floats(0, 1)
maybe_number = st.none() | number
numerics = st.builds(Numeric, value=number, tolerance_percent=maybe_number, tolerance=maybe_number)
mark_points = st.builds(MarkPoint, numeric=st.none() | numerics)


def few(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None to three of them."""
    return st.lists(items, max_size=3).map(tuple)


point_schemes = st.builds(PointScheme, points=few(mark_points))
band_schemes = st.builds(BandScheme)
point_marks = st.builds(PointMark, point=mark_points, certainty=certain)
verdicts = st.builds(
    Verdict,
    scheme=point_schemes | band_schemes,
    points=few(point_marks),
    criteria=few(st.builds(CriterionMark, criterion=st.builds(Criterion))),
)
contents = (
    st.builds(Command) | st.builds(Press) | st.builds(Words) | st.builds(Upload, data=st.binary())
)
choices = st.builds(
    Choice, label=st.text(min_size=1, max_size=80), action=st.text("añ€🧂", min_size=1, max_size=16)
)
attachments = st.builds(Image, data=st.binary()) | st.builds(File, data=st.binary())
replies = st.builds(Reply, choices=few(choices), attachments=few(attachments))
dialogues = st.one_of(
    st.just(Idle()),
    st.builds(Answering, asked_at=st.datetimes(timezones=st.just(UTC)), state=st.just("answering")),
    st.builds(Marked, verdict=verdicts, state=st.just("marked")),
    st.builds(Choosing, state=st.just("choosing")),
    st.builds(InRound, state=st.just("in round")),
)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=80)


@unhurried
@given(contents)
def test_what_a_learner_sends(content: Content) -> None:
    back = codec.content(codec.content_json(content))

    assert back == content
    assert type(back) is type(content)


@unhurried
@given(replies)
def test_what_the_tutor_says(reply: Reply) -> None:
    assert codec.reply(codec.reply_json(reply)) == reply


@unhurried
@given(dialogues)
def test_where_a_conversation_stands(dialogue: Dialogue) -> None:
    assert codec.dialogue(codec.dialogue_json(dialogue)) == dialogue


@unhurried
@given(verdicts)
def test_how_an_answer_was_marked(verdict: Verdict) -> None:
    assert codec.verdict(codec.verdict_json(verdict)) == verdict


@unhurried
@given(st.lists(st.tuples(st.text(), st.text())).map(tuple))
def test_what_was_answered_before(pairs: tuple[tuple[str, str], ...]) -> None:
    assert codec.pairs(codec.pairs_json(pairs)) == pairs


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"kind": "Thought"}', '{"text": "hi"}'])
def test_what_cannot_be_read_is_said_without_quoting_it(text: str) -> None:
    for read in (codec.content, codec.reply, codec.dialogue, codec.verdict):
        with pytest.raises(codec.Unreadable) as problem:
            read(text)

        assert "hi" not in str(problem.value).split()
