"""Lanes: commands take a share of the workers at most, what waits begins in its turn, and what would wait in vain is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.broker.lanes import Busy, Call, Lanes
from kit.settings import LaneBounds

BOUNDS = LaneBounds(calls=3, share=0.67, waiting=3, waiting_bytes=100, together=5)
READ, WRITE = True, False


class Office:
    """Lanes whose calls are letters: lower case reads, upper case writes."""

    def __init__(self, bounds: LaneBounds = BOUNDS) -> None:
        self.lanes = Lanes(bounds)
        self.begun = self.dropped = ""

    def come(self, names: str, size: int = 1) -> Office:
        for name in names:
            self.lanes.enter(
                Call(name.islower(), size, lambda name=name: self._begin(name), lambda name=name: self._drop(name))
            )
        return self

    def _begin(self, name: str) -> None:
        self.begun += name

    def _drop(self, name: str) -> None:
        self.dropped += name


def test_commands_that_wait_hold_up_no_read() -> None:
    assert Office().come("ABCDr").begun == "ABr"


def test_what_waits_begins_in_its_turn() -> None:
    office = Office().come("ABCrsD")
    assert office.begun == "ABr"

    office.lanes.leave(reads=READ)
    office.lanes.leave(reads=WRITE)
    office.lanes.leave(reads=WRITE)

    assert office.begun == "ABrsCD"


def test_reads_may_take_all_places_and_a_command_that_came_first_goes_first() -> None:
    office = Office().come("rstAu")
    assert office.begun == "rst"

    office.lanes.leave(reads=READ)

    assert office.begun == "rstA"


def test_more_than_may_wait_are_told_at_once_each_lane_by_itself() -> None:
    office = Office().come("ABrCDE")

    with pytest.raises(Busy):
        office.come("F")

    office.come("stu")
    with pytest.raises(Busy):
        office.come("v")
    assert office.begun == "ABr"


def test_what_waits_has_so_many_bytes() -> None:
    office = Office().come("AB").come("C", size=90)

    with pytest.raises(Busy):
        office.come("D", size=11)

    office.come("D", size=10)
    office.lanes.leave(reads=WRITE)
    office.come("E", size=90)
    assert office.begun == "ABC"


def test_what_never_begins_is_told_and_its_place_is_free() -> None:
    office = Office().come("ABCDE", size=30)

    office.lanes.drop_waiting()
    office.come("FGH", size=30)
    office.lanes.leave(reads=WRITE)

    assert (office.dropped, office.begun) == ("CDE", "ABF")


@given(st.lists(st.sampled_from(["r", "W", "-r", "-W"]), max_size=80))
def test_places_are_neither_lost_nor_given_twice(steps: list[str]) -> None:
    office, running, refused, came = Office(), {READ: 0, WRITE: 0}, 0, 0
    for step in steps:
        before = len(office.begun)
        reads = step[-1].islower()
        if len(step) == 1:
            came += 1
            try:
                office.come(step)
            except Busy:
                refused += 1
        elif running[reads]:
            running[reads] -= 1
            office.lanes.leave(reads=reads)
        for name in office.begun[before:]:
            running[name.islower()] += 1
        assert sum(running.values()) <= BOUNDS.calls
        assert running[WRITE] <= BOUNDS.writers
    while sum(running.values()):
        reads = READ if running[READ] else WRITE
        before = len(office.begun)
        running[reads] -= 1
        office.lanes.leave(reads=reads)
        for name in office.begun[before:]:
            running[name.islower()] += 1
    assert len(office.begun) + refused == came
