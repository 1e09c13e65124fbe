"""Gathering: what comes while a call is carried out goes together next, in the order in which it came; nobody is forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from kit.calls.gathering import Gathering
from kit.calls.group import Call
from kit.context import Context
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.kit.things import eventually


class Office:
    """Carries calls out while its door is open, and notes which of them went together."""

    def __init__(self, most: int = 50) -> None:
        self.gathering = Gathering(most)
        self.door = threading.Event()
        self.groups: list[list[str]] = []
        self._threads: list[threading.Thread] = []

    def come(self, *calls: Call) -> None:
        """Let these calls come one after another, each on a thread of its own."""
        for call in calls:
            waiting = self.waiting
            self._threads.append(threading.Thread(target=self.gathering.settle, args=(call, self.carry_out)))
            self._threads[-1].start()
            eventually(lambda waiting=waiting: self.waiting > waiting or len(self.groups) > 0)

    @property
    def waiting(self) -> int:
        return len(self.gathering._waiting)

    def carry_out(self, calls: Sequence[Call]) -> None:
        self.groups.append([call.request.method for call in calls])
        assert self.door.wait(60)
        if any(call.request.method == "broken" for call in calls):
            raise RuntimeError("broken")
        for call in calls:
            call.answer(call.request.method)

    def close(self) -> None:
        self.door.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()


def call(name: str, key: str | None = None, deadline: float | None = None) -> Call:
    return Call(Request(name, {}, Context(Viewer("ann")), deadline, key))


def held(office: Office, *calls: Call) -> list[list[str]]:
    """The groups in which these calls go that come while another is carried out."""
    office.come(call("first"))
    for each in calls:
        before = office.waiting
        office.come(each)
        eventually(lambda before=before: office.waiting > before)
    office.close()
    return office.groups


def test_a_call_that_comes_alone_is_carried_out_at_once() -> None:
    office, one = Office(), call("one")
    office.door.set()

    office.gathering.settle(one, office.carry_out)

    assert (office.groups, one.payload) == ([["one"]], {"result": "one", "error": None})


def test_what_comes_meanwhile_goes_together_in_the_order_in_which_it_came() -> None:
    calls = [call(name) for name in "abcdefgh"]

    assert held(Office(), *calls) == [["first"], list("abcdefgh")]
    assert [each.payload and each.payload["result"] for each in calls] == list("abcdefgh")


def test_no_more_go_together_than_may_and_the_others_next() -> None:
    assert held(Office(most=3), *(call(name) for name in "abcdefgh")) == [
        ["first"],
        list("abc"),
        list("def"),
        list("gh"),
    ]


def test_of_two_with_one_key_the_second_waits_for_the_answer_of_the_first() -> None:
    calls = [call("a", "k"), call("b", "k"), call("c"), call("d", "k"), call("e", "other")]

    assert held(Office(), *calls) == [["first"], ["a", "c", "e"], ["b"], ["d"]]


def test_who_came_too_late_is_dropped_and_holds_nobody_up() -> None:
    late = [call("late", deadline=time.time() - 1), call("too", deadline=time.time() - 1)]

    assert held(Office(), late[0], call("a"), late[1], call("b")) == [["first"], ["a", "b"]]
    assert [each.payload for each in late] == [None, None]


def test_a_fault_is_told_to_all_whom_it_concerned_and_what_waits_goes_on() -> None:
    calls = [call("a"), call("broken"), call("c"), call("d")]

    assert held(Office(most=3), *calls) == [["first"], ["a", "broken", "c"], ["d"]]
    assert [type(each.failed) for each in calls] == [RuntimeError, RuntimeError, RuntimeError, type(None)]
    assert [each.payload is None for each in calls] == [True, True, True, False]


def test_one_that_is_killed_hands_over_all_the_same() -> None:
    office, next_one = Office(), call("next")

    def killed(_: Sequence[Call]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.gathering.settle(call("killed"), killed)

    office.door.set()
    office.gathering.settle(next_one, office.carry_out)
    assert office.groups == [["next"]]
