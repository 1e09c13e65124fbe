"""Conflicts of interest: none is missed, none is invented, and each says by which dated facts it came about."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.events.judging.judges import CONFLICT_WORDS, TIE_WORDS, ConflictKind, TieKind
from procedures.conflicts.conflicts import (
    OF_ENTRY,
    OF_INSTITUTION,
    OF_PROVINCE,
    Conflict,
    Judge,
    Terms,
    Tie,
    Work,
    conflicts,
    years_before,
)

TODAY = date(2026, 5, 1)
TERMS = Terms(years=3, same_delegation=True)
INSTITUTIONS, PROVINCES, ENTRIES = ("university", "school", "bureau"), ("310000", "340000"), ("e1", "e2", "e3")
days = st.none() | st.integers(-2500, 60).map(lambda by: TODAY + timedelta(days=by))


def ties(kinds: object, targets: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[Tie, ...]]:
    one = st.builds(Tie, st.sampled_from(sorted(kinds)), st.sampled_from(targets), days, days)  # type: ignore[call-overload]
    return st.lists(one, max_size=most).map(tuple)


judges = st.lists(
    st.builds(
        Judge,
        st.sampled_from(["j1", "j2", "j3"]),
        ties(OF_INSTITUTION, INSTITUTIONS),
        ties(OF_ENTRY, ENTRIES, most=2),
        ties(OF_PROVINCE, PROVINCES, most=2),
    ),
    max_size=3,
    unique_by=lambda judge: judge.id,
)
works = st.lists(
    st.builds(
        Work,
        st.sampled_from(ENTRIES),
        ties([TieKind.ENTERED_BY, TieKind.MEMBER_FROM], INSTITUTIONS),
        st.builds(Tie, st.just(TieKind.OF_DELEGATION), st.sampled_from(PROVINCES)),
    ),
    max_size=3,
    unique_by=lambda work: work.id,
)


def by_brute_force(judge: Judge, work: Work, terms: Terms) -> set[ConflictKind]:
    """The kinds of conflict of one pair, by the words of the rule and nothing else."""
    earliest = years_before(TODAY, terms.years)

    def counts(tie: Tie) -> bool:
        if tie.since is not None and tie.since > TODAY:
            return False
        return tie.until is None or not tie.until < earliest

    found = set()
    for tie in judge.entries:
        if counts(tie) and tie.target == work.id:
            found.add(OF_ENTRY[tie.kind])
    for mine, theirs in product(judge.institutions, work.institutions):
        if counts(mine) and mine.target == theirs.target:
            found.add(OF_INSTITUTION[mine.kind])
    for tie in judge.provinces:
        if terms.same_delegation and counts(tie) and tie.target == work.province.target:
            found.add(OF_PROVINCE[tie.kind])
    return found


@settings(max_examples=500, deadline=None)
@given(judges, works, st.integers(0, 6), st.booleans())
def test_none_is_missed_and_none_is_invented(
    judges: list[Judge], works: list[Work], years: int, same_delegation: bool
) -> None:
    terms = Terms(years, same_delegation)

    found = conflicts(judges, works, terms, TODAY)

    by_pair = {(judge.id, work.id): by_brute_force(judge, work, terms) for judge in judges for work in works}
    told = {pair: {each.kind for each in found if (each.judge, each.entry) == pair} for pair in by_pair}
    assert told == by_pair
    assert all((each.judge, each.entry) in by_pair for each in found)


@given(judges, works)
def test_the_path_of_a_conflict_leads_from_the_judge_to_the_entry(judges: list[Judge], works: list[Work]) -> None:
    by_judge = {judge.id: judge for judge in judges}
    by_work = {work.id: work for work in works}

    for conflict in conflicts(judges, works, TERMS, TODAY):
        judge, work = by_judge[conflict.judge], by_work[conflict.entry]
        match conflict.path:
            case (direct,):
                assert direct in judge.entries and direct.target == work.id
            case (mine, theirs):
                assert mine in (*judge.institutions, *judge.provinces)
                assert theirs in (*work.institutions, work.province)
                assert mine.target == theirs.target


A_WORK = Work(
    "e1",
    (Tie(TieKind.ENTERED_BY, "university", date(2026, 3, 3)), Tie(TieKind.MEMBER_FROM, "school", date(2026, 3, 3))),
    Tie(TieKind.OF_DELEGATION, "310000", date(2026, 3, 3)),
)


@pytest.mark.parametrize(
    ("judge", "kind", "steps"),
    [
        (
            Judge("j", institutions=(Tie(TieKind.REPRESENTS, "university", date(2024, 1, 1)),)),
            ConflictKind.SAME_INSTITUTION,
            [TieKind.REPRESENTS, TieKind.ENTERED_BY],
        ),
        (
            Judge("j", institutions=(Tie(TieKind.WORKED_AT, "school", None, date(2025, 1, 1)),)),
            ConflictKind.SAME_INSTITUTION,
            [TieKind.WORKED_AT, TieKind.MEMBER_FROM],
        ),
        (Judge("j", entries=(Tie(TieKind.ADVISES, "e1"),)), ConflictKind.ADVISER, [TieKind.ADVISES]),
        (Judge("j", entries=(Tie(TieKind.COMPETES_IN, "e1"),)), ConflictKind.CONTESTANT, [TieKind.COMPETES_IN]),
        (
            Judge("j", provinces=(Tie(TieKind.LEADS, "310000"),)),
            ConflictKind.SAME_DELEGATION,
            [TieKind.LEADS, TieKind.OF_DELEGATION],
        ),
        (
            Judge("j", institutions=(Tie(TieKind.DECLARED_BY_ORGANIZER, "university"),)),
            ConflictKind.DECLARED,
            [TieKind.DECLARED_BY_ORGANIZER, TieKind.ENTERED_BY],
        ),
    ],
)
def test_a_conflict_says_of_which_kind_it_is_and_by_which_steps(
    judge: Judge, kind: ConflictKind, steps: list[TieKind]
) -> None:
    (found,) = conflicts([judge], [A_WORK], TERMS, TODAY)

    assert (found.judge, found.entry, found.kind) == ("j", "e1", kind)
    assert [tie.kind for tie in found.path] == steps


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (None, date(2023, 5, 1), True),
        (None, date(2023, 4, 30), False),
        (date(2020, 1, 1), TODAY + timedelta(days=30), True),
    ],
)
def test_a_tie_counts_from_its_first_day_until_so_many_years_after_its_last(
    since: date | None, until: date | None, counts: bool
) -> None:
    judge = Judge("j", institutions=(Tie(TieKind.WORKED_AT, "university", since, until),))

    assert bool(conflicts([judge], [A_WORK], TERMS, TODAY)) is counts


def test_years_are_counted_back_from_a_leap_day_too() -> None:
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(3, 1, 1), 50) == date(1, 1, 1)


def test_without_the_rule_a_delegation_is_no_conflict() -> None:
    judge = Judge("j", provinces=(Tie(TieKind.NOMINATED_FROM, "310000"),))

    assert conflicts([judge], [A_WORK], Terms(years=3, same_delegation=False), TODAY) == []


def test_an_institution_that_both_entered_and_sends_a_member_is_one_conflict() -> None:
    work = Work("e1", (Tie(TieKind.ENTERED_BY, "u"), Tie(TieKind.MEMBER_FROM, "u")), A_WORK.province)
    judge = Judge("j", institutions=(Tie(TieKind.NOMINATED_FROM, "u"),))

    assert conflicts([judge], [work], TERMS, TODAY) == [
        Conflict("j", "e1", ConflictKind.SAME_INSTITUTION, (judge.institutions[0], work.institutions[0]))
    ]


def test_every_kind_has_words_in_both_languages() -> None:
    assert set(CONFLICT_WORDS) == set(ConflictKind)
    assert set(TIE_WORDS) == set(TieKind)
