"""Answers: the same key returns the first answer, to the same person, for the same request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contracts.base import Refusal
from contracts.refusals import ChangedMeanwhile, IdempotencyKeyReused, IdempotencyKeysUsedUp, NotAllowed
from kit.calls.answers import Answer, digest, forget_old, keep, reserve
from kit.calls.group import Call
from kit.context import Context
from kit.data.db import Database
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.clock import StandingClock
from tests.kit.test_db import together
from tests.kit.things import KEEPING, Note, in_vain

ANN, BOB = Context(Viewer("ann")), Context(Viewer("bob"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)
ARGUMENTS = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), JSON, max_size=4)


def call(context: Context, key: str = "k", request: str = "r") -> Call:
    return Call(Request(request, {}, context, idempotency_key=key))


def once(database: Database, context: Context, key: str = "k", request: str = "r", result: Any = 1) -> dict[str, Any]:
    """What a command under this key answers."""
    [answer] = group(database, {call(context, key, request): result})
    return answer


def group(database: Database, results: dict[Call, Any]) -> list[dict[str, Any]]:
    """What commands are answered in one transaction that would have these results, a refusal among them."""
    with database.transaction(ANN) as session:
        new = reserve(session, list(results), KEEPING)
        for each in new:
            if isinstance(results[each], Refusal):
                each.refuse(results[each])
            else:
                session.add(Note(message_id=each.context.viewer.id))
                each.answer(results[each])
        keep(session, new)
    for each in results:
        if each.refusal and each not in new:
            raise each.refusal
    return [each.payload or {} for each in results]


def acts(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Note.message_id).order_by(Note.number)))


def test_the_same_key_returns_the_first_answer_and_does_nothing_again(database: Database) -> None:
    first = once(database, ANN, result={"id": "x", "名称": "黄山学院"})

    second = once(database, ANN, result="never looked at")

    assert second == first == {"result": {"id": "x", "名称": "黄山学院"}, "error": None}
    assert acts(database) == ["ann"]


def test_the_keys_of_two_people_have_nothing_to_do_with_each_other(database: Database) -> None:
    once(database, ANN, result="for ann")

    assert once(database, BOB, result="for bob") == {"result": "for bob", "error": None}
    assert acts(database) == ["ann", "bob"]


def test_a_key_cannot_be_used_for_another_request(database: Database) -> None:
    once(database, ANN, request="this")

    with pytest.raises(IdempotencyKeyReused):
        once(database, ANN, request="that")

    assert acts(database) == ["ann"]


def test_the_key_of_a_request_that_failed_is_free_again(database: Database) -> None:
    in_vain(database, lambda session: reserve(session, [call(ANN)], KEEPING), ANN)

    assert once(database, ANN) == {"result": 1, "error": None}


def test_of_many_requests_with_the_same_key_at_once_one_is_done_and_all_get_its_answer(database: Database) -> None:
    answers: list[dict[str, Any]] = []

    together([lambda number=number: answers.append(once(database, ANN, result=number)) for number in range(8)])

    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)
    assert acts(database) == ["ann"]


def test_keys_are_forgotten_after_a_day(database: Database, clock: StandingClock) -> None:
    once(database, ANN, key="old")
    clock.advance(timedelta(days=1))
    once(database, ANN, key="new")
    clock.advance(timedelta(seconds=1))

    with database.transaction() as session:
        forget_old(session, KEEPING)

    with database.transaction(writes=False) as session:
        assert session.scalars(select(Answer.key)).all() == ["new"]


def test_of_one_person_so_many_answers_are_kept_and_of_others_as_many_again(database: Database) -> None:
    for number in range(KEEPING.answers_each):
        once(database, ANN, key=str(number))

    with pytest.raises(IdempotencyKeysUsedUp):
        once(database, ANN, key="one more")

    assert once(database, ANN, key="0") == {"result": 1, "error": None}
    once(database, BOB, key="one more")
    assert acts(database) == ["ann"] * KEEPING.answers_each + ["bob"]


def test_of_a_group_as_many_new_keys_are_taken_as_there_is_room_for_in_the_order_of_arrival(database: Database) -> None:
    once(database, ANN, key="0")
    calls = [call(ANN, key=str(number)) for number in range(KEEPING.answers_each + 1)] + [call(BOB)]

    with pytest.raises(IdempotencyKeysUsedUp):
        group(database, dict.fromkeys(calls, 2))

    assert [each.refusal is None for each in calls] == [True] * KEEPING.answers_each + [False, True]
    assert calls[0].payload == {"result": 1, "error": None}
    with database.transaction(writes=False) as session:
        kept = session.execute(select(Answer.viewer, Answer.key).order_by(Answer.viewer, Answer.key)).all()
    assert kept == [("ann", "0"), ("ann", "1"), ("ann", "2"), ("bob", "k")]


def test_of_a_group_each_answer_is_kept_for_itself_and_what_is_not_kept_frees_its_key(database: Database) -> None:
    answers = group(
        database,
        {call(ANN, "done"): "x", call(ANN, "refused"): ChangedMeanwhile(), call(BOB, "not kept"): NotAllowed()},
    )

    assert [answer["error"] and answer["error"]["exc_type"] for answer in answers] == [
        None,
        "CHANGED_MEANWHILE",
        "NOT_ALLOWED",
    ]
    again = [once(database, who, key, result=2) for who, key in ((ANN, "done"), (ANN, "refused"), (BOB, "not kept"))]
    assert again == [*answers[:2], {"result": 2, "error": None}]


def test_of_one_person_so_many_bytes_are_kept(database: Database) -> None:
    once(database, ANN, key="large", result="x" * KEEPING.answers_bytes)

    with pytest.raises(IdempotencyKeysUsedUp):
        once(database, ANN, key="one more")

    once(database, BOB, key="small")


def test_a_day_later_new_keys_are_taken_whether_or_not_the_old_ones_have_gone(
    database: Database, clock: StandingClock
) -> None:
    once(database, ANN, key="large", result="x" * KEEPING.answers_bytes)
    clock.advance(timedelta(days=1, seconds=1))

    once(database, ANN, key="one more")

    assert acts(database) == ["ann", "ann"]


@given(arguments=ARGUMENTS, method=st.text(st.characters(codec="utf-8"), max_size=5))
def test_the_order_of_arguments_makes_no_other_request(arguments: dict[str, Any], method: str) -> None:
    assert digest(method, arguments) == digest(method, dict(reversed(arguments.items())))


@given(one=st.tuples(st.sampled_from("ab"), ARGUMENTS), other=st.tuples(st.sampled_from("ab"), ARGUMENTS))
def test_another_method_or_other_arguments_make_another_request(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert (digest(*one) == digest(*other)) == (repr_of(one) == repr_of(other))


def repr_of(value: Any) -> Any:
    """What tells JSON values apart in Python, where True == 1."""
    if isinstance(value, dict):
        return ("object", sorted((key, repr_of(inner)) for key, inner in value.items()).__repr__())
    if isinstance(value, list | tuple):
        return ("list", [repr_of(inner) for inner in value].__repr__())
    return (type(value).__name__, repr(value))
