"""Prospects: how far a waiting entry is from a place, and how likely it is to get one."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.admission.waiting.prospects import estimated_chance

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_chance_is_that_of_a_poisson_process_as_fast_as_so_far() -> None:
    week = {"since": NOON - 7 * DAY, "now": NOON, "until": NOON + 7 * DAY}

    first = estimated_chance(freed=2, ahead=0, **week)
    third = estimated_chance(freed=2, ahead=2, **week)

    assert first == pytest.approx(1 - math.exp(-2))
    assert third == pytest.approx(1 - math.exp(-2) * (1 + 2 + 2))


def test_without_data_there_is_no_chance_to_tell() -> None:
    assert estimated_chance(freed=0, since=NOON - DAY, now=NOON, until=NOON + DAY, ahead=0) is None
    assert estimated_chance(freed=1, since=NOON, now=NOON, until=NOON + DAY, ahead=0) is None


def test_when_no_time_is_left_there_is_no_chance_left() -> None:
    assert estimated_chance(freed=5, since=NOON - DAY, now=NOON, until=NOON - DAY, ahead=0) == 0


@given(freed=st.integers(1, 100_000), ahead=st.integers(0, 5_000), hours=st.integers(0, 10_000))
def test_a_chance_lies_between_0_and_1_and_is_smaller_with_more_ahead(freed: int, ahead: int, hours: int) -> None:
    times = {"since": NOON - DAY, "now": NOON, "until": NOON + timedelta(hours=hours)}

    chance = estimated_chance(freed=freed, ahead=ahead, **times)
    behind = estimated_chance(freed=freed, ahead=ahead + 1, **times)

    assert chance is not None and behind is not None
    assert 0 <= behind <= chance + 1e-9 <= 1 + 2e-9
