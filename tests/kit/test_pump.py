"""Pump: works when woken, when a row falls due and when the clock is moved; backs off from failure; stops."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from kit.data.wakeups import Wakeups
from kit.work.pump import LONGEST_PAUSE, Pump, pump
from tests.clock import NOW, StandingClock
from tests.kit.things import eventually

HOUR = timedelta(hours=1)


class Rounds:
    """The work of a pump: what it returns or raises is taken from `says`, None when that has run out."""

    def __init__(self, *says: datetime | Exception | None) -> None:
        self.done = 0
        self._says = list(says)

    def __call__(self) -> datetime | None:
        self.done += 1
        outcome = self._says.pop(0) if self._says else None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture
def start(clock: StandingClock, wakeups: Wakeups) -> Iterator[Callable[..., Pump]]:
    """Starts a pump that is stopped after the test."""
    pumps: list[Pump] = []

    def start(work: Callable[[], datetime | None], **how: float) -> Pump:
        pumps.append(Pump("chores", work, clock=clock, wakeups=wakeups, **how))
        pumps[-1].start()
        return pumps[-1]

    yield start
    for each in pumps:
        each.stop(10)


def test_a_pump_works_once_at_its_start_and_then_sleeps(start: Callable[..., Pump], wakeups: Wakeups) -> None:
    work = Rounds()

    start(work)
    eventually(lambda: work.done == 1)

    wakeups.wake("another")
    assert work.done == 1


def test_every_wake_up_is_followed_by_work(start: Callable[..., Pump], wakeups: Wakeups) -> None:
    work = Rounds()
    start(work)

    for round_ in range(1, 20):
        eventually(lambda done=round_: work.done >= done)
        wakeups.wake("chores")

    eventually(lambda: work.done >= 20)


def test_a_wake_up_during_the_work_is_not_lost(start: Callable[..., Pump], wakeups: Wakeups) -> None:
    begun, go_on, rounds = threading.Event(), threading.Event(), []

    def work() -> None:
        rounds.append("round")
        begun.set()
        assert go_on.wait(60)

    start(work)
    assert begun.wait(60)

    wakeups.wake("chores")
    go_on.set()

    eventually(lambda: len(rounds) == 2)


def test_a_pump_goes_on_at_once_while_there_is_more(start: Callable[..., Pump]) -> None:
    work = Rounds(NOW, NOW - HOUR, NOW, None)

    start(work)

    eventually(lambda: work.done == 4)


def test_a_moved_clock_wakes_what_has_fallen_due(start: Callable[..., Pump], clock: StandingClock) -> None:
    work = Rounds(NOW + HOUR, NOW + 2 * HOUR)
    start(work)
    eventually(lambda: work.done == 1)

    clock.advance(HOUR)

    eventually(lambda: work.done == 2)


def test_a_row_that_falls_due_soon_is_waited_for(start: Callable[..., Pump]) -> None:
    work = Rounds(NOW + timedelta(milliseconds=20))

    start(work)

    eventually(lambda: work.done == 2)


def test_a_failure_never_ends_a_pump_and_is_told_once(
    start: Callable[..., Pump], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("kit.work.pump.log", lambda _: _Log(told))
    work = Rounds(ValueError("first"), ValueError("second"), None)

    start(work)

    eventually(lambda: work.done == 3)
    assert told == ["a pump failed and will try again"]


def test_a_pump_backs_off_further_with_every_failure_and_not_for_ever(clock: StandingClock, wakeups: Wakeups) -> None:
    broken = Pump("broken", Rounds(*[ValueError()] * 20), clock=clock, wakeups=wakeups)

    pauses = [broken._pause(broken._work_once()) for _ in range(20)]

    for failures, pause in enumerate(pauses, 1):
        longest = min(LONGEST_PAUSE, 0.1 * 2**failures)
        assert pause is not None and longest / 2 <= pause <= longest
    assert broken._pause(broken._work_once()) is None  # it works again, and sleeps until woken


def test_a_pump_that_could_miss_a_wake_up_sleeps_a_bounded_time_only(wakeups: Wakeups) -> None:
    def pause(outcome: datetime | None, every: float | None) -> float | None:
        made = Pump("any", Rounds(), clock=StandingClock(), wakeups=wakeups, at_least_every=every)
        return made._pause(outcome)

    assert pause(None, None) is None
    assert pause(None, 5) == 5
    assert pause(NOW + HOUR, 5) == 5
    assert pause(NOW + HOUR, None) == 3600
    assert pause(NOW - HOUR, None) == 0


def test_stop_lets_the_batch_in_hand_end(clock: StandingClock, wakeups: Wakeups) -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        assert go_on.wait(60)
        ended.append("batch")

    running = Pump("chores", work, clock=clock, wakeups=wakeups)
    running.start()
    assert begun.wait(60)
    stopping = threading.Thread(target=running.stop, args=[10])
    stopping.start()
    go_on.set()
    stopping.join(60)

    wakeups.wake("chores")

    assert ended == ["batch"]
    assert not running._thread.is_alive()


def test_stop_waits_a_bounded_time_for_a_batch_that_does_not_end(clock: StandingClock, wakeups: Wakeups) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(60)

    running = Pump("chores", work, clock=clock, wakeups=wakeups)
    running.start()
    assert begun.wait(60)

    running.stop(0.01)

    assert running._thread.is_alive()
    go_on.set()
    running.stop(10)
    assert not running._thread.is_alive()


def test_the_mark_of_a_pump_is_its_name() -> None:
    @pump("deliver")
    def deliver(_: object) -> None: ...

    assert deliver.pump == "deliver"  # type: ignore[attr-defined]


class _Log:
    """Takes down the sentences of warnings."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def warning(self, sentence: str, **_: object) -> None:
        self._told.append(sentence)
