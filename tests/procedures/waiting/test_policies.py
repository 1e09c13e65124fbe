"""Policies: who is next, who was passed over and why; whatever the queue, nobody is skipped without a reason."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.admission.waiting import WaitingPolicy, WaitingReason
from procedures.waiting.policies import POLICIES, Decision, Filling, Waiting

P, R = WaitingPolicy, WaitingReason
SHANGHAI, ANHUI = "310000", "340000"


def one(name: str, position: int, **facts: object) -> Waiting:
    """An entry of Shanghai that waits for a place of the quota `q`."""
    given = {"province": SHANGHAI, "chain": ("q",), **facts}
    return Waiting(name, position, **given)  # type: ignore[arg-type]


def told(decisions: list[Decision]) -> list[tuple[str, WaitingReason, str | None]]:
    """Entry and reason of each decision, and for whom it was passed over."""
    return [(each.entry_id, each.reason, each.passed_for) for each in decisions]


def test_strict_offers_in_the_order_of_coming() -> None:
    queue = [one("second", 2), one("third", 3), one("first", 1)]

    decisions = POLICIES[P.STRICT].decide(queue, {"q": 2})

    assert decisions == [
        Decision("first", R.NEXT_IN_LINE, P.STRICT, 1, 2, quota_id="q"),
        Decision("second", R.NEXT_IN_LINE, P.STRICT, 1, 1, quota_id="q"),
    ]


def test_strict_keeps_a_place_for_the_first_for_whom_there_is_no_room_yet() -> None:
    queue = [one("two places", 1, needs=2), one("one place", 2), one("elsewhere", 3, chain=("other",))]

    decisions = POLICIES[P.STRICT].decide(queue, {"q": 1, "other": 1})

    assert told(decisions) == [("elsewhere", R.NEXT_IN_LINE, None)]


def test_best_fit_skips_who_does_not_fit_and_says_for_whom() -> None:
    queue = [one("two places", 1, needs=2), one("one place", 2), one("one more", 3)]

    decisions = POLICIES[P.BEST_FIT].decide(queue, {"q": 1})

    assert decisions == [
        Decision("one place", R.FITS, P.BEST_FIT, 1, 1, quota_id="q"),
        Decision("two places", R.DOES_NOT_FIT, P.BEST_FIT, 1, 1, passed_for="one place"),
    ]


def test_province_balanced_offers_to_the_province_whose_places_are_filled_least() -> None:
    queue = [one(f"上海{number}", number) for number in (1, 2, 3)]
    queue += [one(f"安徽{number}", number, province=ANHUI) for number in (4, 5)]
    filled = {SHANGHAI: Filling(8, 10), ANHUI: Filling(3, 5)}

    decisions = POLICIES[P.PROVINCE_BALANCED].decide(queue, {"q": 3}, filled)

    assert told(decisions) == [
        ("安徽4", R.PROVINCE_FILLED_LEAST, None),
        ("上海2", R.PROVINCE_FILLED_MORE, "安徽4"),
        ("上海3", R.PROVINCE_FILLED_MORE, "安徽4"),
        ("上海1", R.PROVINCE_FILLED_LEAST, None),  # 4 of 5 is as full as 8 of 10, and it came first
        ("安徽5", R.PROVINCE_FILLED_LEAST, None),
    ]


def test_a_province_without_places_of_its_own_counts_by_its_entries() -> None:
    assert [Filling(0, 0).share, Filling(3, 0).share, Filling(1, 4).share] == [0, 3, Fraction(1, 4)]


def test_whole_groups_offers_to_all_of_a_group_or_to_nobody() -> None:
    queue = [one("甲1", 1, group="甲"), one("alone", 2), one("甲2", 3, group="甲"), one("乙1", 4, group="乙")]

    with_two = POLICIES[P.WHOLE_GROUPS].decide(queue, {"q": 2})
    with_one = POLICIES[P.WHOLE_GROUPS].decide(queue, {"q": 1})

    assert told(with_two) == [
        ("甲1", R.WHOLE_GROUP_FITS, None),
        ("甲2", R.WHOLE_GROUP_FITS, None),
        ("alone", R.GROUP_DOES_NOT_FIT, "甲2"),
    ]
    assert told(with_one) == [("alone", R.WHOLE_GROUP_FITS, None), ("甲1", R.GROUP_DOES_NOT_FIT, "alone")]


def test_nobody_is_passed_over_for_a_place_that_was_not_for_them() -> None:
    queue = [one("安徽", 1, chain=("anhui",)), one("上海", 2)]

    for policy in POLICIES.values():
        assert [each.entry_id for each in policy.decide(queue, {"q": 1})] == ["上海"]


QUOTAS = ["a", "b", "c"]
queues = st.lists(
    st.tuples(
        st.lists(st.sampled_from(QUOTAS), min_size=1, max_size=2, unique=True).map(tuple),
        st.sampled_from([SHANGHAI, ANHUI, "320000"]),
        st.sampled_from([None, None, "甲", "乙"]),
        st.integers(1, 3),
    ),
    max_size=14,
).map(
    lambda rows: [
        Waiting(f"e{n}", n, province, chain, group, needs) for n, (chain, province, group, needs) in enumerate(rows)
    ]
)
frees = st.dictionaries(st.sampled_from(QUOTAS), st.integers(0, 6))
fillings = st.dictionaries(st.sampled_from([SHANGHAI, ANHUI]), st.builds(Filling, st.integers(0, 9), st.integers(0, 9)))
policies = pytest.mark.parametrize("policy", list(POLICIES.values()), ids=list(POLICIES))


@policies
@given(queue=queues, free=frees, filled=fillings)
def test_nobody_is_skipped_without_a_reason_and_no_place_is_offered_twice(policy, queue, free, filled) -> None:  # type: ignore[no-untyped-def]
    by_id = {each.entry_id: each for each in queue}

    decisions = policy.decide(queue, free, filled)

    offered = [each for each in decisions if each.is_offer]
    given_out = Counter[str]()
    for each in offered:
        given_out[str(each.quota_id)] += by_id[each.entry_id].needs
        assert each.quota_id in by_id[each.entry_id].chain
    assert all(count <= free.get(quota, 0) for quota, count in given_out.items())
    said = Counter(each.entry_id for each in decisions)
    assert all(times == 1 for times in said.values())
    for offer in offered:
        for entry in queue:
            if entry.position < by_id[offer.entry_id].position and offer.quota_id in entry.chain:
                assert entry.entry_id in said, "skipped without a reason"
    for passed in (each for each in decisions if not each.is_offer):
        other = by_id[str(passed.passed_for)]
        assert other.position > by_id[passed.entry_id].position
        assert (passed.policy, passed.version) == (policy.name, policy.version)


@policies
@given(queue=queues, free=frees, filled=fillings, order=st.randoms())
def test_a_decision_depends_on_nothing_but_the_queue_and_the_places(policy, queue, free, filled, order) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(queue)
    order.shuffle(shuffled)

    assert policy.decide(shuffled, free, filled) == policy.decide(queue, free, filled)


@policies
@given(queue=queues, free=frees)
def test_who_needs_one_place_gets_one_while_one_is_free(policy, queue, free) -> None:  # type: ignore[no-untyped-def]
    alone = [Waiting(each.entry_id, each.position, each.province, each.chain) for each in queue]

    offered = {each.entry_id for each in policy.decide(alone, free) if each.is_offer}

    left = Counter(free)
    left.subtract(str(each.quota_id) for each in policy.decide(alone, free) if each.is_offer)
    assert not [each for each in alone if each.entry_id not in offered and any(left[quota] for quota in each.chain)]


@given(queue=queues, free=frees)
def test_strict_passes_nobody_over(queue: list[Waiting], free: dict[str, int]) -> None:
    assert all(each.is_offer for each in POLICIES[P.STRICT].decide(queue, free))


@given(queue=queues, free=frees)
def test_whole_groups_breaks_no_group(queue: list[Waiting], free: dict[str, int]) -> None:
    offered = {each.entry_id for each in POLICIES[P.WHOLE_GROUPS].decide(queue, free) if each.is_offer}

    for group in {each.group for each in queue if each.group}:
        members = {each.entry_id for each in queue if each.group == group}
        assert members <= offered or not members & offered
