"""Ladder: its laws against counting the days one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from procedures.terms.ladder import Ladder, Standing, coming, missed, rungs, standing_on

END = date(2026, 12, 31)
DAY = timedelta(days=1)
ladders = st.builds(
    Ladder,
    st.lists(st.integers(1, 60), max_size=4, unique=True).map(tuple),
    st.integers(0, 40),
    lapses=st.booleans(),
)
shifts = st.integers(-80, 80)
LADDER = Ladder((90, 30, 7), 30, lapses=True)


def test_a_year_ends() -> None:
    assert [(rung.day.isoformat(), rung.standing) for rung in rungs(END, LADDER)] == [
        ("2026-10-02", "renewal_due"),
        ("2026-12-01", "renewal_due"),
        ("2026-12-24", "renewal_due"),
        ("2027-01-01", "in_grace"),
        ("2027-01-31", "lapsed"),
    ]


@given(ladders, shifts)
def test_the_standing_is_that_of_the_newest_rung_that_has_come(ladder: Ladder, shift: int) -> None:
    day = END + shift * DAY
    come = [rung for rung in rungs(END, ladder) if rung.day <= day]
    over = Standing.IN_GRACE if day > END and not (come and come[-1].standing == Standing.LAPSED) else None
    expected = over or (come[-1].standing if come else Standing.CURRENT)
    assert standing_on(END, ladder, day) == expected


@given(ladders)
def test_rungs_come_in_order_each_on_a_day_of_its_own(ladder: Ladder) -> None:
    days = [rung.day for rung in rungs(END, ladder)]
    assert days == sorted(set(days))


@given(ladders, st.lists(st.integers(0, 50), max_size=12))
def test_who_looks_now_and_then_is_told_only_the_newest_and_nothing_twice(ladder: Ladder, waits: list[int]) -> None:
    """Looked at every day, each rung is told on its day; looked at less often, of those missed together the newest."""
    day, last, told = END - 70 * DAY, None, []
    for wait in waits:
        before, day = day, day + wait * DAY
        if rung := missed(END, ladder, told=last, today=day):
            told.append(rung)
            last = rung.day
        newest = [each for each in rungs(END, ladder) if each.day <= day][-1:]
        assert told[-1:] == newest
        assert before <= day
    assert len({rung.day for rung in told}) == len(told)


@given(ladders, shifts)
def test_what_comes_next_is_the_first_that_has_not_come(ladder: Ladder, shift: int) -> None:
    day = END + shift * DAY
    rung = coming(END, ladder, today=day)
    later = [each for each in rungs(END, ladder) if each.day > day]
    assert rung == (later[0] if later else None)
