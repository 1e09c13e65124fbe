"""Re-judging changes the evidence of a ranking sheet by sheet, and the evidence before it stays as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.events.judging.rejudging.changes import Changes, NewSheet, Sheet, changed
from services.events.judging.results.evidence import Line, Sheets, Standings, ranked, read_evidence, written_evidence
from services.events.judging.scoring.ranking import CountedSheet
from tests.services.events.judging.scoring.scored import CRITERIA, a_section, expecting, sections, sheet, stages


def an_evidence(*sheets: CountedSheet) -> Sheets:
    return Sheets(sheets=sheets, expected=expecting(sheets), seed="0")


def the_sheet(seat: str, code: str) -> Sheet:
    return Sheet(assignment_id=f"{seat}/{code}", seat_id=seat, code=code)


def judged(seat: str, code: str, idea: str, *, appointed: bool = False) -> NewSheet:
    points = {"idea": Decimal(idea), "craft": Decimal(0)}
    return NewSheet(sheet=the_sheet(seat, code), appointed=appointed, points=points)


def order(evidence: Any, **section: Any) -> list[tuple[str, int | None, str | None]]:
    return [(line.key, line.place, line.score and str(line.score)) for line in ranked(evidence, a_section(**section))]


BEFORE = an_evidence(sheet("s1", "A", 40), sheet("s2", "A", 40), sheet("s1", "B", 30), sheet("s2", "B", 30))


def test_a_sheet_judged_again_takes_the_place_of_the_one_before() -> None:
    after = changed(BEFORE, Changes(judged=(judged("s1", "B", "50"), judged("s2", "B", "48", appointed=True))))

    assert order(after) == [("B", 1, "49.00"), ("A", 2, "40.00")]
    assert order(BEFORE) == [("A", 1, "40.00"), ("B", 2, "30.00")]


def test_a_second_rejudging_replaces_the_sheet_of_the_first() -> None:
    once = changed(BEFORE, Changes(judged=(judged("s1", "B", "50", appointed=True),)))

    assert order(changed(once, Changes(judged=(judged("s1", "B", "20"),)))) == [("A", 1, "40.00"), ("B", 2, "25.00")]
    assert order(changed(once, Changes(excluded=(the_sheet("s1", "B"),)))) == [("A", 1, "40.00"), ("B", 2, "30.00")]


def test_an_excluded_sheet_is_not_one_that_is_missing() -> None:
    excluded = Changes(excluded=(the_sheet("s1", "A"),))

    once = changed(BEFORE, excluded)

    assert order(once, missing_sheets="unplaced") == [("A", 1, "40.00"), ("B", 2, "30.00")]
    assert changed(once, excluded) == once


def test_who_is_disqualified_has_no_place_and_the_others_move_up() -> None:
    assert order(changed(BEFORE, Changes(disqualified=frozenset("A")))) == [("B", 1, "30.00"), ("A", None, None)]


def test_in_standings_too_the_others_move_up() -> None:
    lines = tuple(Line(key=key, place=place, score=None) for place, key in enumerate("xyz", 1))

    after = changed(Standings(lines=lines), Changes(disqualified=frozenset("y")))

    assert order(after) == [("x", 1, None), ("z", 2, None), ("y", None, None)]


@given(stages(), sections(), st.data())
def test_evidence_is_read_as_it_was_written_and_ranks_the_same(
    sheets: list[CountedSheet], section: dict[str, Any], data: st.DataObject
) -> None:
    evidence = an_evidence(*sheets)
    shuffled = Sheets(sheets=tuple(data.draw(st.permutations(sheets))), expected=evidence.expected, seed="0")

    again = read_evidence(written_evidence(shuffled))

    assert written_evidence(again) == written_evidence(evidence)
    assert ranked(again, section) == ranked(evidence, section)


@given(stages(), sections(), st.data())
def test_only_what_a_rejudging_touches_changes_a_sheet(
    sheets: list[CountedSheet], section: dict[str, Any], data: st.DataObject
) -> None:
    evidence = an_evidence(*sheets)
    one = data.draw(st.sampled_from(sheets))
    points = {key: Decimal(data.draw(st.integers(0, 50))) for key in CRITERIA}
    new = NewSheet(sheet=the_sheet(one.seat_id, one.code), appointed=data.draw(st.booleans()), points=points)

    after = changed(evidence, Changes(judged=(new,)))

    assert set(map(repr, after.sheets)) - {repr(each) for each in sheets} <= {repr(new.counted)}
