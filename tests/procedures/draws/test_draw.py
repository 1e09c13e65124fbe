"""The draw: what anybody can repeat comes out the same, no candidate is favoured, and who goes is followed by the next."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from dataclasses import replace
from itertools import permutations
from math import sqrt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from kit.documents.digest import digest
from procedures.draws.draw import (
    Line,
    Quotas,
    Secret,
    commitment,
    frozen,
    order,
    seated,
    seats_that_can_be_filled,
    seed_of,
)

SEEDS = [hashlib.sha256(f"seed {number}".encode()).hexdigest() for number in range(10_000)]
PROVINCES = ("310000", "320000", "330000", "340000")
FREE = Quotas(seats=5, most_per_province=None, least_per_province={})
SECRETS = {"organizer": Secret("梅花三弄", "a1" * 32), "supervisor": Secret("20260302", "b2" * 32)}


def a_roster(size: int) -> list[Line]:
    return [Line(f"candidate-{n:02}", f"organization-{n % 7}", PROVINCES[n % 4]) for n in range(size)]


def ids(lines: list[Line]) -> list[str]:
    return [line.candidate for line in lines]


def chance(observed: list[int], expected: float, free: int, scale: float = 1) -> float:
    """How likely a deviation at least as large is where all is fair (chi-square)."""
    statistic = scale * sum((each - expected) ** 2 / expected for each in observed)
    probability = float(chi2.sf(statistic, free))
    print(f"chi-square {statistic:.1f} with {free} degrees of freedom, p = {probability:.3f}")
    return probability


# ---- unbiased -----------------------------------------------------------------------------------------------------------


def test_over_ten_thousand_seeds_each_candidate_is_drawn_first_equally_often() -> None:
    roster = a_roster(24)

    first = Counter(order(seed, roster)[0].candidate for seed in SEEDS)

    assert len(first) == 24
    assert chance(list(first.values()), 10_000 / 24, 23) > 0.001


def test_over_ten_thousand_seeds_each_candidate_is_seated_equally_often() -> None:
    roster = a_roster(24)

    seats = Counter(candidate for seed in SEEDS for candidate in ids(seated(order(seed, roster), FREE)))

    share = 5 / 24  # that one is seated makes it less likely that another is: hence 1 - share, and 23 of 24
    assert chance([seats[line.candidate] for line in roster], 10_000 * share, 23, 23 / 24 / (1 - share)) > 0.001


def test_over_ten_thousand_seeds_each_order_of_five_comes_equally_often() -> None:
    roster = a_roster(5)

    orders = Counter(tuple(ids(order(seed, roster))) for seed in SEEDS)

    observed = [orders[each] for each in permutations(ids(roster))]
    assert chance(observed, 10_000 / 120, 119) > 0.001


def test_within_a_province_quotas_favour_nobody() -> None:
    roster = a_roster(24)
    quotas = Quotas(seats=7, most_per_province=2, least_per_province={"310000": 2, "340000": 1})

    seats = Counter(candidate for seed in SEEDS for candidate in ids(seated(order(seed, roster), quotas)))

    shanghai = [seats[line.candidate] for line in roster if line.province == "310000"]
    assert sum(shanghai) == 2 * 10_000
    share = 2 / 6
    assert chance(shanghai, 10_000 * share, 5, 5 / 6 / (1 - share)) > 0.001


def test_the_order_in_which_candidates_were_entered_does_not_matter() -> None:
    roster = a_roster(24)

    assert all(order(seed, roster) == order(seed, roster[::-1]) for seed in SEEDS[:100])


def test_seeds_that_differ_in_one_bit_have_unlike_orders() -> None:
    roster = a_roster(200)
    seed = SEEDS[0]
    flipped = f"{int(seed, 16) ^ 1:064x}"

    places = [ids(order(each, roster)) for each in (seed, flipped)]

    agree = sum(a == b for a, b in zip(*places, strict=True))
    assert agree < 1 + 4 * sqrt(1)  # the number of fixed points has mean 1 and variance 1


# ---- commitments, digest and seed ---------------------------------------------------------------------------------------


def test_a_commitment_is_what_a_shell_makes_of_secret_and_nonce() -> None:
    # printf '%s%s' 20260302 b2…b2 | sha256sum
    assert commitment(SECRETS["supervisor"]) == hashlib.sha256(b"20260302" + b"b2" * 32).hexdigest()


def test_a_change_of_anything_frozen_changes_the_digest() -> None:
    roster = a_roster(6)
    quotas = Quotas(seats=3, most_per_province=2, least_per_province={"310000": 1})
    variants: list[tuple[Any, ...]] = [
        ("draw", "stage", quotas, roster),
        ("other", "stage", quotas, roster),
        ("draw", "other", quotas, roster),
        ("draw", "stage", replace(quotas, seats=4), roster),
        ("draw", "stage", replace(quotas, most_per_province=None), roster),
        ("draw", "stage", replace(quotas, least_per_province={}), roster),
        ("draw", "stage", quotas, roster[:-1]),
        ("draw", "stage", quotas, [replace(roster[0], candidate="candidate-0x"), *roster[1:]]),
        ("draw", "stage", quotas, [replace(roster[0], organization="another"), *roster[1:]]),
        ("draw", "stage", quotas, [replace(roster[0], province="340000"), *roster[1:]]),
    ]

    digests = [digest(frozen(*each)) for each in variants]

    assert len(set(digests)) == len(variants)
    assert digest(frozen("draw", "stage", quotas, roster[::-1])) == digests[0]


def test_the_seed_hangs_on_the_roster_and_on_every_part_of_both_secrets() -> None:
    mine, theirs = SECRETS["organizer"], SECRETS["supervisor"]
    variants = [
        ("00" * 32, SECRETS),
        ("01" * 32, SECRETS),
        ("00" * 32, SECRETS | {"organizer": replace(mine, secret="another")}),
        ("00" * 32, SECRETS | {"organizer": replace(mine, nonce="c3" * 32)}),
        ("00" * 32, SECRETS | {"supervisor": replace(theirs, secret="another")}),
        ("00" * 32, SECRETS | {"supervisor": replace(theirs, nonce="c3" * 32)}),
        ("00" * 32, {"organizer": theirs, "supervisor": mine}),
    ]

    assert len({seed_of(*each) for each in variants}) == len(variants)


def test_a_draw_can_be_repeated_from_its_description_alone() -> None:
    roster = a_roster(8)
    settled = {
        "draw": "draw",
        "stage": "stage",
        "quotas": {"seats": 3, "most_per_province": 1, "least_per_province": {"310000": 1}},
        "roster": [
            {"candidate": line.candidate, "organization": line.organization, "province": line.province}
            for line in roster
        ],
    }
    roster_digest = sha256(settled)
    seed = sha256(
        {
            "format": "delta-hub-draw/1",
            "roster_digest": roster_digest,
            "secrets": {party: {"secret": one.secret, "nonce": one.nonce} for party, one in SECRETS.items()},
        }
    )
    key = bytes.fromhex(seed)
    tickets = {each.candidate: hmac.new(key, each.candidate.encode(), hashlib.sha256).hexdigest() for each in roster}

    quotas = Quotas(seats=3, most_per_province=1, least_per_province={"310000": 1})

    assert digest(frozen("draw", "stage", quotas, roster)) == roster_digest
    assert seed_of(roster_digest, SECRETS) == seed
    assert ids(order(seed, roster)) == sorted(tickets, key=lambda each: tickets[each])
    assert seed == "384d1754150122d26890b61bb95f9ad0cf2c28c3e87f610cbf56f79c7023cfe9"


def sha256(value: Any) -> str:
    """As RFC 8785 has it where there are only texts, whole numbers, lists and mappings."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


# ---- the panel ----------------------------------------------------------------------------------------------------------


@st.composite
def panels(draw: st.DrawFn) -> tuple[list[Line], Quotas]:
    provinces = draw(st.lists(st.sampled_from(PROVINCES), min_size=1, max_size=14))
    lines = [Line(f"c{n}", "o", province) for n, province in enumerate(provinces)]
    most = draw(st.none() | st.integers(1, 4))
    least = draw(st.dictionaries(st.sampled_from(PROVINCES), st.integers(0, 3 if most is None else most), max_size=4))
    seats = draw(st.integers(max(1, sum(least.values())), 16))  # four provinces, at most four from each
    return draw(st.permutations(lines)), Quotas(seats=seats, most_per_province=most, least_per_province=least)


@given(panels())
def test_a_panel_keeps_to_its_quotas(case: tuple[list[Line], Quotas]) -> None:
    lines, quotas = case

    panel = seated(lines, quotas)

    held = Counter(line.province for line in panel)
    there = Counter(line.province for line in lines)
    most = quotas.seats if quotas.most_per_province is None else quotas.most_per_province
    assert len(panel) <= quotas.seats
    assert all(count <= most for count in held.values())
    assert all(held[code] >= min(least, there[code]) for code, least in quotas.least_per_province.items())
    owed = sum(max(0, least - held[code]) for code, least in quotas.least_per_province.items())
    waiting = [line for line in lines if line not in panel and held[line.province] < most]
    assert not waiting or len(panel) + owed == quotas.seats, "a seat that somebody could take is empty"


@given(panels(), st.randoms(use_true_random=False))
def test_how_many_seats_can_be_filled_does_not_hang_on_the_order(case: tuple[list[Line], Quotas], random: Any) -> None:
    lines, quotas = case
    shuffled = random.sample(lines, len(lines))

    assert len(seated(shuffled, quotas)) == seats_that_can_be_filled(lines, quotas)


@given(panels(), st.data())
def test_who_goes_is_followed_by_at_most_one_and_nobody_else_has_to_go(
    case: tuple[list[Line], Quotas], data: st.DataObject
) -> None:
    lines, quotas = case
    gone: set[str] = set()
    panel = seated(lines, quotas)

    while panel:
        leaving = data.draw(st.sampled_from(panel))
        gone.add(leaving.candidate)
        then = seated(lines, quotas, gone)

        stayed = [line for line in panel if line != leaving]
        assert [line for line in then if line in stayed] == stayed
        assert len(then) - len(stayed) <= 1
        panel = then


def test_the_next_in_the_order_steps_in() -> None:
    lines = [Line(name, "o", "310000") for name in "abcde"]
    quotas = Quotas(seats=2, most_per_province=None, least_per_province={})

    assert ids(seated(lines, quotas)) == ["a", "b"]
    assert ids(seated(lines, quotas, {"a"})) == ["b", "c"]
    assert ids(seated(lines, quotas, {"a", "c"})) == ["b", "d"]


def test_a_province_that_has_its_most_is_passed_over_and_one_that_is_owed_is_waited_for() -> None:
    lines = [Line("a", "o", "310000"), Line("b", "o", "310000"), Line("c", "o", "320000"), Line("d", "o", "340000")]

    most = Quotas(seats=2, most_per_province=1, least_per_province={})
    least = Quotas(seats=2, most_per_province=None, least_per_province={"340000": 1})

    assert ids(seated(lines, most)) == ["a", "c"]
    assert ids(seated(lines, least)) == ["a", "d"]
