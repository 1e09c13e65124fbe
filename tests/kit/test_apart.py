"""Apart: a function is computed in another process, within limits, and its end is never ours."""

from __future__ import annotations

import os
import threading
import time

import pytest

from contracts.base import Refusal
from contracts.refusals import NotOneOf
from kit.work.apart import Died, Limits, OutOfTime, apart
from tests.kit import thinking

LIMITS = Limits(seconds=30, memory=2**31)


def wanted(_done: int, _total: int) -> None:
    """Go on."""


def test_a_function_is_computed_in_another_process_which_is_kept_for_the_next() -> None:
    first = apart(LIMITS, wanted, thinking.process_id)
    second = apart(LIMITS, wanted, thinking.process_id)

    assert apart(LIMITS, wanted, thinking.double, number=21) == 42
    assert first == second != os.getpid()


def test_what_it_raises_is_raised_here_with_where_it_happened() -> None:
    with pytest.raises(ValueError, match="no such thing") as error:
        apart(LIMITS, wanted, thinking.fail, "no such thing")
    assert "thinking.py" in error.value.__notes__[0]

    with pytest.raises(RuntimeError, match="cannot be pickled"):
        apart(LIMITS, wanted, thinking.fail_unspeakably)


def test_a_refusal_comes_back_as_it_was_raised() -> None:
    with pytest.raises(Refusal) as refused:
        apart(LIMITS, wanted, refuse, "mediaType")

    assert refused.value.problems() == [{"code": "NOT_ONE_OF", "field": "mediaType", "params": {"choices": "a, b"}}]


def refuse(field: str) -> None:
    raise NotOneOf(field, choices="a, b")


def test_what_takes_too_long_is_ended_by_the_kernel() -> None:
    with pytest.raises(OutOfTime):
        apart(Limits(1, 2**31), wanted, thinking.burn, 30)

    assert apart(LIMITS, wanted, thinking.double, 2) == 4


def test_what_takes_too_much_memory_fails_alone() -> None:
    with pytest.raises(MemoryError):
        apart(Limits(30, 2**29), wanted, thinking.eat, 2**30)

    assert apart(LIMITS, wanted, thinking.eat, 2**30) == 2**30


def test_a_child_that_dies_is_told_apart_from_an_answer() -> None:
    with pytest.raises(Died):
        apart(LIMITS, wanted, thinking.die)

    assert apart(LIMITS, wanted, thinking.double, 2) == 4


def test_progress_is_told_on_the_way() -> None:
    told: list[tuple[int, int]] = []

    assert apart(LIMITS, lambda done, of: told.append((done, of)), thinking.count, 4) == "counted"

    # A busy machine may tell before the first step, and pass over steps.
    assert set(told) <= {(0, 0), (1, 4), (2, 4), (3, 4), (4, 4)}
    assert told == sorted(told) and told[-1] != (0, 0)


def test_what_is_wanted_no_longer_is_ended_at_once() -> None:
    child = apart(LIMITS, wanted, thinking.process_id)

    def unwanted(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(LIMITS, unwanted, thinking.burn, 20)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_others_go_on_while_it_holds_the_lock_of_its_own_process() -> None:
    turns = 0
    burning = threading.Thread(target=apart, args=(LIMITS, wanted, thinking.burn, 1))
    burning.start()
    while burning.is_alive():
        turns += 1
        time.sleep(0.001)

    assert turns > 20
