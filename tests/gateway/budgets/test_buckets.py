"""Buckets: what is spent is gone, comes back with time, and no number of strangers makes them more than the bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.budgets.buckets import Buckets, Rate

RATES = {"p": Rate(10, 100), "a": Rate(1, 5)}


class Time:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def buckets(time: Time) -> Buckets:
    return Buckets(RATES, 100, time)


def test_what_is_spent_is_gone_and_comes_back_with_time(buckets: Buckets, time: Time) -> None:
    assert buckets.left(["pann"]) == 100

    buckets.take("pann", 70)
    assert buckets.left(["pann"]) == 30
    assert buckets.wait(["pann"], 30) == 0
    assert buckets.wait(["pann"], 50) == 2

    time.now += 2
    assert buckets.left(["pann"]) == 50
    time.now += 1_000
    assert buckets.left(["pann"]) == 100


def test_everybody_has_their_own(buckets: Buckets) -> None:
    buckets.take("pann", 70)

    assert buckets.left(["pbob"]) == 100
    assert buckets.left(["aann"]) == 5
    assert buckets.left(["pann", "pbob"]) == 30


def test_what_is_dearer_than_a_full_one_waits_for_a_full_one(buckets: Buckets) -> None:
    assert buckets.wait(["aann"], 1_000) == 0
    buckets.take("aann", 1_000)
    assert buckets.wait(["aann"], 1_000) == 10


def test_debts_end_at_one_brim(buckets: Buckets) -> None:
    for _ in range(50):
        buckets.take("aann", 1_000)

    assert buckets.left(["aann"]) == -5


def test_what_is_given_back_does_not_run_over(buckets: Buckets) -> None:
    buckets.take("pann", 10)
    buckets.take("pann", -50)

    assert buckets.left(["pann"]) == 100


def test_full_ones_are_forgotten(buckets: Buckets, time: Time) -> None:
    for number in range(50):
        buckets.take(f"a{number}", 2)
    assert len(buckets) == 50
    time.now += 2

    for _ in range(25):
        buckets.take("pann", 1)

    assert len(buckets) == 1
    assert buckets.left(["pann"]) == 75


def test_no_number_of_strangers_makes_them_more_than_the_bound(buckets: Buckets) -> None:
    for number in range(1_000):
        buckets.take(f"a{number}", 5)
        buckets.take("pann", 0.01)

    assert len(buckets) == 100
    assert buckets.left(["pann"]) == pytest.approx(90)  # who comes back is not the one to go
    assert buckets.left(["a0"]) == 5


@given(st.lists(st.tuples(st.sampled_from("pa"), st.integers(0, 5), st.floats(0, 30), st.floats(0, 20)), max_size=60))
def test_nobody_spends_more_than_came_in(spent: list[tuple[str, int, float, float]]) -> None:
    time = Time()
    buckets, total = Buckets(RATES, 3, time), dict.fromkeys("pa", 0.0)
    keys = {f"{kind}{who}" for kind, who, _, _ in spent}

    for kind, who, cost, pause in spent:
        time.now += pause
        if not buckets.wait([f"{kind}{who}"], cost):
            buckets.take(f"{kind}{who}", cost)
            total[kind] += min(cost, RATES[kind].most)

    lasted = time.now - 1_000
    for kind, rate in RATES.items():
        people = sum(key.startswith(kind) for key in keys)
        forgotten = people if len(keys) <= 3 else len(spent)  # who goes for want of room comes back with a full one
        assert total[kind] <= forgotten * (rate.most + lasted * rate.each_second) + 1e-6
