"""Naming: whatever is entered and struck out in whatever order, every day has the name that was last entered for it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.alliances.registry.naming import FirstNameStands, NoNameSince
from contracts.refusals import NothingChanged, TooLong
from contracts.times import FIRST_DAY
from services.alliances.registry.naming import MOST_NAMES, Renamed, period_on
from services.alliances.registry.organizations.model import OfficialName

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(6)]


class Body(Renamed):
    """Something with names, and without a database."""

    dated = OfficialName

    def __init__(self) -> None:
        self.name_zh, self.name_en, self.official = "初", "First", []


def oracle(entered: dict[date, str], day: date) -> str:
    return entered[max(since for since in entered if since <= day)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["bear", "strike"]), st.sampled_from(DAYS), st.sampled_from("甲乙丙")), max_size=12
    )
)
def test_every_day_has_the_name_that_was_last_entered_for_it(steps: list[tuple[str, date, str]]) -> None:
    body, entered = Body(), {FIRST_DAY: "初"}
    for step, since, name in steps:
        try:
            if step == "bear":
                body.bear_since(since, name, name, "", today=START)
                body.take_names_of(START)
                entered[since] = name
            else:
                body.strike_out(since)
                body.take_names_of(START)
                del entered[since]
        except (NothingChanged, NoNameSince) as refusal:
            unchanged = step == "bear" and oracle(entered, since) == name
            assert unchanged if isinstance(refusal, NothingChanged) else since not in entered
    periods: list[Any] = body.periods
    assert [period_on(periods, day).name_zh for day in DAYS] == [oracle(entered, day) for day in DAYS]
    assert (periods[0].since, periods[-1].until) == (None, None)
    assert all(before.until + timedelta(days=1) == after.since for before, after in pairwise(periods))


def test_the_first_name_stands_and_names_are_bounded() -> None:
    body = Body()
    for number in range(MOST_NAMES - 1):
        body.bear_since(START + timedelta(days=number), f"名{number}", "", "", today=START)

    with pytest.raises(TooLong):
        body.bear_since(date(2030, 1, 1), "太多", "", "", today=START)
    with pytest.raises(FirstNameStands):
        body.strike_out(FIRST_DAY)
