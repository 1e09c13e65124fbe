"""Who advances is a pure function of the ranking and the rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.judging.results.advancement import advanced, taken
from services.events.judging.results.rows import Row
from services.events.judging.results.rules import Advance, Cut, Direct, Per, Rounding, Take, TiesAtCut
from tests.services.events.judging.results.rankings import a_cut, cuts, ranked, rankings, scored


def an_advance(cut: Cut | None = None, **facts: object) -> Advance:
    known = {"direct": None, "most_per_province": None, "most_per_institution": None, **facts}
    return Advance(cut=cut or a_cut(), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rounding", "number"), [(Rounding.DOWN, 2), (Rounding.UP, 3), (Rounding.NEAREST, 3)])
def test_a_share_that_is_no_whole_number_is_rounded_by_the_rule(rounding: Rounding, number: int) -> None:
    rows = scored("90", "80", "70", "60", "50")

    assert len(taken(rows, a_cut(Take.SHARE, "50", rounding=rounding))) == number


def test_a_share_is_one_of_those_who_are_placed() -> None:
    rows = scored("90", "80", "70", "60") + scored("1", "1")[:0] + ranked([("x", None, "310000", "a")])

    assert taken(rows, a_cut(Take.SHARE, "50")) == ["1", "2"]


@pytest.mark.parametrize(
    ("ties", "going"),
    [(TiesAtCut.ALL, ["1", "2", "3"]), (TiesAtCut.CHAIN, ["1", "2"]), (TiesAtCut.NONE, ["1"])],
)
def test_those_who_share_the_place_of_the_cut_go_as_the_rule_says(ties: TiesAtCut, going: list[str]) -> None:
    rows = scored("90", "80", "80", "60")

    assert taken(rows, a_cut(Take.COUNT, "2", ties=ties)) == going


def test_a_least_score_takes_whoever_reaches_it() -> None:
    assert taken(scored("90", "80", "79.9"), a_cut(Take.LEAST_SCORE, "80")) == ["1", "2"]


def test_who_has_no_place_is_never_taken() -> None:
    assert taken(ranked([("1", None, "310000", "a")]), a_cut(Take.ALL)) == []


def test_a_count_for_each_province_takes_the_best_of_each() -> None:
    rows = ranked([("1", "90", "310000", "a"), ("2", "80", "310000", "a"), ("3", "70", "340000", "b")])

    assert taken(rows, a_cut(Take.COUNT, "1", per=Per.PROVINCE)) == ["1", "3"]


def test_at_least_so_many_go_on_however_small_the_share() -> None:
    rows = ranked([("1", "90", "310000", "a"), ("2", "80", "310000", "a"), ("3", "70", "340000", "b")])

    assert taken(rows, a_cut(Take.SHARE, "10", per=Per.PROVINCE, at_least=1)) == ["1", "3"]


def test_those_behind_move_up_where_a_province_may_send_no_more() -> None:
    rows = ranked([("1", "90", "310000", "a"), ("2", "80", "310000", "b"), ("3", "70", "340000", "c")])

    assert advanced(rows, an_advance(most_per_province=1)) == ["1", "3"]


def test_those_behind_move_up_where_an_institution_may_send_no_more() -> None:
    rows = ranked([("1", "90", "310000", "a"), ("2", "80", "310000", "a"), ("3", "70", "310000", "b")])

    assert advanced(rows, an_advance(most_per_institution=1)) == ["1", "3"]


def test_a_direct_place_comes_on_top_of_the_cut_for_those_with_enough_entries() -> None:
    rows = ranked(
        [("1", "90", "310000", "a"), ("2", "80", "310000", "a"), ("3", "70", "340000", "b"), ("4", "60", "340000", "b")]
    )
    lone = ranked([("5", "50", "330000", "c")])

    rule = an_advance(a_cut(Take.COUNT, "1"), direct=Direct(per=Per.PROVINCE, from_entries=2, places=1))

    assert advanced([*rows, replace(lone[0], place=5)], rule) == ["1", "3"]


@given(rankings, cuts)
def test_without_ties_at_the_cut_each_group_sends_its_number(rows: list[Row], cut: Cut) -> None:
    cut = replace(cut, take=Take.COUNT, value=Decimal(int(cut.value)), ties=TiesAtCut.CHAIN)

    going = taken(rows, cut)

    key = {
        Per.TRACK: lambda row: "",
        Per.PROVINCE: lambda row: row.province,
        Per.INSTITUTION: lambda row: row.organization_id,
    }
    placed = [row for row in rows if row.place is not None]
    sizes = Counter(key[cut.per](row) for row in placed)
    sent = Counter(key[cut.per](row) for row in placed if row.entry_id in going)
    assert {group: sent[group] for group in sizes} == {
        group: min(size, max(cut.at_least, int(cut.value))) for group, size in sizes.items()
    }


@given(rankings, cuts)
def test_nobody_is_taken_before_somebody_better_of_the_same_group(rows: list[Row], cut: Cut) -> None:
    going = set(taken(rows, cut))

    for better, worse in ((one, two) for place, one in enumerate(rows) for two in rows[place + 1 :]):
        same = cut.per == Per.TRACK or (
            better.province == worse.province
            if cut.per == Per.PROVINCE
            else better.organization_id == worse.organization_id
        )
        assert not (same and worse.entry_id in going and better.entry_id not in going)


@given(rankings, cuts)
def test_joint_places_go_together_unless_the_chain_decides(rows: list[Row], cut: Cut) -> None:
    cut = replace(cut, per=Per.TRACK, ties=TiesAtCut.ALL if cut.ties == TiesAtCut.CHAIN else cut.ties)

    going = set(taken(rows, cut))

    for place in {row.place for row in rows if row.place is not None}:
        assert len({row.entry_id in going for row in rows if row.place == place}) == 1


@given(
    rankings,
    cuts,
    st.integers(1, 3),
    st.integers(1, 3),
    st.builds(Direct, per=st.sampled_from(Per), from_entries=st.integers(1, 4), places=st.integers(1, 3)),
)
def test_a_province_and_an_institution_never_send_more_than_they_may(
    rows: list[Row], cut: Cut, province: int, institution: int, direct: Direct
) -> None:
    cut = replace(cut, at_least=0)

    rule = Advance(cut=cut, direct=direct, most_per_province=province, most_per_institution=institution)
    going = [row for row in rows if row.entry_id in advanced(rows, rule)]

    assert all(count <= province for count in Counter(row.province for row in going).values())
    assert all(count <= institution for count in Counter(row.organization_id for row in going).values())
