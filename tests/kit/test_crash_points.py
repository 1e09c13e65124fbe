"""Crash points: whichever statement of relay and inbox is the last of its process, nothing is lost and nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from tests.kit.crashing import ALL_IS_WELL, Fault, Overlap, Schedule, World, schedules
from tests.kit.things import Silence

BATCH, HANDLER_FAILS = 2, 1
FEWEST = 50  # schedules of each kind, so that the search for them cannot end early unseen


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("kit.messages.inbox.log", lambda _: Silence())  # of the many failures that are meant
    world = World(tmp_path)
    yield world
    world.close()


def test_without_a_fault_every_message_takes_effect_once(world: World) -> None:
    for overlap, handler_fails in product(get_args(Overlap), (0, HANDLER_FAILS)):
        world.run(Schedule(overlap, BATCH, handler_fails, "kill", 0))

        assert world.outcome() == ALL_IS_WELL


@pytest.mark.parametrize("fault", get_args(Fault))
@pytest.mark.parametrize("overlap", get_args(Overlap))
def test_no_step_is_a_bad_moment(world: World, overlap: Overlap, fault: Fault) -> None:
    broken, run = [], 0

    for schedule in schedules(world, overlap, BATCH, HANDLER_FAILS, fault):
        world.run(schedule)
        run += 1
        if world.outcome() != ALL_IS_WELL:
            broken.append((schedule, world.outcome()))

    print(f"{run} schedules, {len(broken)} of them bad")
    assert broken == []
    assert run >= FEWEST
