"""Crash points: whichever statement of relay and inbox is the last of its process, nothing is lost and nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from structlog.testing import capture_logs

from tests.kit.crashing import ALL_IS_WELL, Overlap, Schedule, World, schedules

BATCHES = (2, 5)
KINDS = list(product(get_args(Overlap), BATCHES, (0, 2)))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    with capture_logs():  # thousands of expected failures
        yield world
    world.close()


def test_without_a_fault_every_message_takes_effect_once(world: World) -> None:
    for overlap, batch, handler_fails in KINDS:
        world.run(Schedule(overlap, batch, handler_fails, "kill", 0))

        assert world.outcome() == ALL_IS_WELL


def test_no_statement_is_a_bad_moment_to_die(world: World) -> None:
    broken, run = [], 0

    for overlap, batch, handler_fails in KINDS:
        for schedule in schedules(world, overlap, batch, handler_fails):
            world.run(schedule)
            run += 1
            if world.outcome() != ALL_IS_WELL:
                broken.append((schedule, world.outcome()))

    print(f"{run} schedules, {len(broken)} of them bad")
    assert broken == []
    assert run >= 500
