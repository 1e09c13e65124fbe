"""The difference of two rankings leads from the one to the other, and says nothing else."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from services.events.judging.rejudging.difference import Change, difference, digest
from services.events.judging.results.rows import Row
from tests.services.events.judging.results.rankings import rankings, scored


def test_an_entry_that_moves_moves_others_too() -> None:
    changes = difference(scored("90", "80", "70"), scored("90", "80", "85"))

    assert changes == [
        Change(entry_id="3", place_before=3, place_after=2, score_before=Decimal(70), score_after=Decimal(85)),
        Change(entry_id="2", place_before=2, place_after=3, score_before=Decimal(80), score_after=Decimal(80)),
    ]


@given(rankings, rankings)
def test_a_difference_leads_from_one_ranking_to_the_other(before: list[Row], after: list[Row]) -> None:
    changes = difference(before, after)

    stands = {row.entry_id: (row.place, row.score) for row in before}
    for change in changes:
        assert stands.get(change.entry_id, (None, None)) == (change.place_before, change.score_before)
        stands[change.entry_id] = (change.place_after, change.score_after)
    nothing = (None, None)
    reached = {row.entry_id: (row.place, row.score) for row in after}
    assert {entry: stood for entry, stood in stands.items() if stood != nothing} == {
        entry: stood for entry, stood in reached.items() if stood != nothing
    }


@given(rankings)
def test_a_ranking_does_not_differ_from_itself(rows: list[Row]) -> None:
    assert difference(rows, list(reversed(rows))) == []


def test_the_digest_of_a_difference_is_that_of_one_rejudging_of_one_result() -> None:
    before, after = scored("90", "80"), scored("80", "90")
    changes = difference(before, after)

    digests = {
        digest(changes, rejudging_id=rejudging, based_on=based_on, rows=rows)
        for rejudging in "ab"
        for based_on in "cd"
        for rows in (before, after)
    }

    assert len(digests) == 8
