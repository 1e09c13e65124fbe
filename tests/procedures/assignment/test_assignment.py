"""Assignment: every code has its judges, no excluded pair is assigned, loads are as even as can be, and what lacks is named."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from procedures.assignment import assignment
from procedures.assignment.assignment import Lacking, OutOfTime, Pair, Seated, Task, assign, bitten

SEED = "5e" * 32
PROVINCES = ("310000", "320000", "330000", "340000")


def a_task(
    size: int, judges: int, *, each: int = 3, most: int = 100, of_province: int | None = 1, **facts: Any
) -> Task:
    task = Task(
        codes=[f"{number:04}" for number in range(size)],
        seats=[Seated(f"seat-{n:02}", PROVINCES[n % 4], most) for n in range(judges)],
        excluded=frozenset(),
        judges_per_code=each,
        most_of_province=of_province,
        seed=SEED,
        seconds=30,
    )
    return replace(task, **facts)


def excluding(task: Task, share: float) -> Task:
    """The task with so large a share of its pairs excluded."""
    chosen = random.Random(7)
    pairs = product(task.codes, (seat.seat for seat in task.seats))
    return replace(task, excluded=frozenset(pair for pair in pairs if chosen.random() < share))


def check(task: Task, assigned: list[Pair]) -> Counter[str]:
    """Every hard constraint holds; returns the loads."""
    province = {seat.seat: seat.province for seat in task.seats}
    loads = Counter({seat.seat: 0 for seat in task.seats})
    loads.update(seat for _, seat in assigned)
    assert len(set(assigned)) == len(assigned)
    assert not set(assigned) & set(task.excluded)
    assert Counter(code for code, _ in assigned) == dict.fromkeys(task.codes, task.judges_per_code)
    assert all(loads[seat.seat] <= seat.most for seat in task.seats)
    if task.most_of_province is not None:
        together = Counter((code, province[seat]) for code, seat in assigned)
        assert max(together.values(), default=0) <= task.most_of_province
    return loads


@pytest.mark.parametrize(("codes", "seats", "each", "of_province"), [(240, 24, 3, 1), (240, 24, 5, 2), (600, 40, 5, 2)])
def test_a_season_is_assigned_evenly_within_seconds(codes: int, seats: int, each: int, of_province: int) -> None:
    task = excluding(a_task(codes, seats, each=each, of_province=of_province), 0.1)

    begun = time.perf_counter()
    assigned = assign(task)
    seconds = time.perf_counter() - begun

    assert not isinstance(assigned, Lacking)
    loads = check(task, assigned)
    print(
        f"{codes} codes x {seats} judges x {each}: {seconds:.2f} s, {len(task.excluded)} excluded pairs,"
        f" loads {min(loads.values())} to {max(loads.values())}"
    )
    assert max(loads.values()) - min(loads.values()) <= 1
    assert seconds < 60  # a few, where nobody else has the machine


def test_the_same_task_has_the_same_answer_in_whatever_order_it_is_given() -> None:
    task = excluding(a_task(60, 12), 0.1)
    turned = replace(task, codes=task.codes[::-1], seats=task.seats[::-1])

    assert assign(task) == assign(task) == assign(turned)


def test_another_seed_mixes_the_judges_otherwise_and_keeps_the_loads_even() -> None:
    task = a_task(60, 12)
    other = replace(task, seed="e5" * 32)

    first, second = assign(task), assign(other)

    assert not isinstance(first, Lacking) and not isinstance(second, Lacking)
    assert first != second
    assert set(check(task, first).values()) == set(check(other, second).values()) == {15}


def test_judges_meet_many_others_over_their_codes() -> None:
    task = a_task(120, 12)

    assigned = assign(task)

    assert not isinstance(assigned, Lacking)
    panels: dict[str, list[str]] = {}
    for code, seat in assigned:
        panels.setdefault(code, []).append(seat)
    met = {pair for panel in panels.values() for pair in combinations(sorted(panel), 2)}
    province = {seat.seat: seat.province for seat in task.seats}
    possible = {pair for pair in combinations(sorted(province), 2) if province[pair[0]] != province[pair[1]]}
    assert met == possible


def test_who_takes_few_has_few_and_the_others_are_even() -> None:
    task = a_task(40, 12, of_province=None)
    seats = [replace(task.seats[0], most=2), replace(task.seats[1], most=5), *task.seats[2:]]

    assigned = assign(replace(task, seats=seats))

    assert not isinstance(assigned, Lacking)
    loads = check(replace(task, seats=seats), assigned)
    assert (loads["seat-00"], loads["seat-01"]) == (2, 5)
    assert {loads[seat.seat] for seat in seats[2:]} == {11, 12}


def test_a_code_that_too_few_may_judge_is_named() -> None:
    task = a_task(10, 6, of_province=None)
    barred = frozenset(("0004", seat.seat) for seat in task.seats[:4])

    lacking = assign(replace(task, excluded=barred))

    assert lacking == Lacking(missing={"0004": 1}, needed=30, room=600)


def test_a_province_that_may_not_sit_twice_can_leave_a_code_lacking() -> None:
    lacking = assign(a_task(1, 2, each=2, seats=[Seated("a", "310000", 9), Seated("b", "310000", 9)]))

    assert lacking == Lacking(missing={"0000": 1}, needed=2, room=18)


def test_codes_that_lack_judges_only_together_are_found() -> None:
    task = a_task(4, 3, each=1, of_province=None, most=1)

    lacking = assign(task)

    assert isinstance(lacking, Lacking)
    assert (sum(lacking.missing.values()), lacking.needed, lacking.room) == (1, 4, 3)


def test_nothing_to_assign_and_nobody_to_assign_to() -> None:
    assert assign(a_task(0, 3)) == []
    assert assign(a_task(2, 0)) == Lacking(missing={"0000": 3, "0001": 3}, needed=6, room=0)


def test_exclusions_bite_where_they_change_the_answer() -> None:
    task = a_task(20, 8)
    free = assign(task)
    assert not isinstance(free, Lacking)
    unused = next(pair for pair in product(task.codes, [seat.seat for seat in task.seats]) if pair not in free)

    both = replace(task, excluded=frozenset([free[0], unused]))

    assert bitten(task) == 0
    assert bitten(both) == 1


def test_a_solver_that_is_out_of_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "TIMED_OUT", 0)

    with pytest.raises(OutOfTime):
        assign(a_task(3, 3, of_province=None))


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    codes = [f"{number:04}" for number in range(draw(st.integers(1, 4)))]
    names = [f"seat-{number}" for number in range(draw(st.integers(1, 4)))]
    seats = [Seated(name, draw(st.sampled_from(PROVINCES[:2])), draw(st.integers(0, 4))) for name in names]
    pairs = list(product(codes, names))
    excluded = draw(st.lists(st.sampled_from(pairs), max_size=6, unique=True))
    return a_task(
        0,
        0,
        each=draw(st.integers(1, 3)),
        of_province=draw(st.none() | st.integers(1, 2)),
        codes=codes,
        seats=seats,
        excluded=frozenset(excluded),
    )


def every_assignment(task: Task) -> list[list[Pair]]:
    """All that keep the hard constraints, by trying."""
    province = {seat.seat: seat.province for seat in task.seats}

    def allowed(code: str, panel: tuple[str, ...]) -> bool:
        of_province = Counter(province[seat] for seat in panel)
        most = task.most_of_province or len(panel)
        return max(of_province.values()) <= most and not any((code, seat) in task.excluded for seat in panel)

    panels = [
        [panel for panel in combinations(sorted(province), task.judges_per_code) if allowed(code, panel)]
        for code in task.codes
    ]
    every = [
        [(code, seat) for code, panel in zip(task.codes, chosen, strict=True) for seat in panel]
        for chosen in product(*panels)
    ]
    most = {seat.seat: seat.most for seat in task.seats}
    return [each for each in every if all(n <= most[seat] for seat, n in Counter(seat for _, seat in each).items())]


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_the_answer_is_the_most_even_and_there_is_none_only_where_there_is_none(task: Task) -> None:
    every = every_assignment(task)

    assigned = assign(task)

    if isinstance(assigned, Lacking):
        assert every == []
        assert sum(assigned.missing.values()) >= 1
        assert set(assigned.missing) <= set(task.codes)
        return
    loads = check(task, assigned)

    def squares(each: list[Pair]) -> int:
        return sum(n * n for n in Counter(seat for _, seat in each).values())

    assert squares(assigned) == min(map(squares, every))
    assert max(loads.values()) == min(max(Counter(seat for _, seat in each).values()) for each in every)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(tasks())
def test_of_equally_even_answers_the_cheapest_is_given(task: Task) -> None:
    assigned = assign(task)
    assume(not isinstance(assigned, Lacking))
    assert not isinstance(assigned, Lacking)
    loads = Counter(seat for _, seat in assigned)

    same = [each for each in every_assignment(task) if Counter(seat for _, seat in each) == loads]

    costs = [sum(assignment.cost(task.seed, pair) for pair in each) for each in (assigned, *same)]
    assert costs[0] == min(costs)
