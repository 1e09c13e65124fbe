"""Tidying: what has run out goes in batches, once in a while and not each time that a pump looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kit.data.db import Database, Session
from kit.process.runtime import Runtime
from kit.settings import Keeping, read_settings
from kit.work.tidying import Tidying
from tests.clock import NOW, StandingClock
from tests.kit.contract.small_services import NotesService
from tests.kit.things import KEEPING, FakePublisher


def test_full_batches_follow_one_another_at_once_and_then_nothing_is_done_for_an_hour(sqlite: Database) -> None:
    left = {"answers": 3, "jobs": 0}
    transactions: list[int] = []

    def forget(session: Session, keeping: Keeping, of: str = "answers") -> int:
        transactions.append(id(session))
        dropped = min(left[of], keeping.tidy_batch)
        left[of] -= dropped
        return dropped

    tidying = Tidying(sqlite, KEEPING, [forget, lambda session, keeping: forget(session, keeping, "jobs")])

    assert (tidying.work(), left["answers"]) == (NOW, 1)
    assert (tidying.work(), left["answers"]) == (NOW + timedelta(hours=1), 0)
    assert len(transactions) == 4


def test_the_pump_that_tidies_sleeps_for_the_hour(url: str, clock: StandingClock) -> None:
    runtime = Runtime(NotesService, replace(read_settings(), databases={"notes": url}), clock, FakePublisher())
    [pump] = [each for each in runtime._pumps if each.name == "tidy"]

    outcome = pump._work_once()

    assert pump._pause(outcome) == pytest.approx(3600)
    runtime.database.close()
