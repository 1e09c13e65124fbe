"""Locking sheets: by the organiser when all are there, by the scheduler when judging ends; reminders before that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from services.events.judging.locks.model import SheetLock
from services.events.judging.scoring.model import Sheet
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, at_once
from tests.services.events.judging.scoring.judging import JUDGING_CLOSES, SUPERVISOR, Judging
from tests.services.events.judging.scoring.scored import a_criterion

JUDGE = "judge-1"


def statuses(events: EventsHub) -> list[str]:
    with events.runtime.database.transaction(writes=False) as session:
        return sorted(session.scalars(select(Sheet.status)))


def test_lock_sheets_locks_them_when_all_are_submitted(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()

    lock = judging.lock()

    assert lock == {"stage_id": judging.stage_id, "locked_at": events.clock.now().isoformat(), "rules_version": 1}
    assert statuses(events) == ["locked"] * 4
    told = judging.messages("sheets_locked")
    assert [(each["sheets"], each["missing"], each["rules_version"]) for each in told] == [(4, 0, 1)]


def test_lock_sheets_refuses_while_sheets_are_missing(events: EventsHub) -> None:
    judging = Judging(events)
    first, second = judging.my_sheets()
    judging.submit(JUDGE, first["id"])
    judging.save(JUDGE, second["id"])

    with events.refuses("SHEETS_MISSING", "stageId", missing=3):
        judging.lock()


def test_a_sheet_of_an_amended_rubric_counts_as_missing(events: EventsHub) -> None:
    judging = Judging(events, entries=1, judges=1)
    judging.judge_all()
    judging.amend(rubric={"version": 2, "criteria": [a_criterion("idea"), a_criterion("craft", most="60")]})

    with events.refuses("SHEETS_MISSING", "stageId", missing=1):
        judging.lock()
    assert events.ask("judging_progress", ORGANIZER, stage_id=judging.stage_id)["seats"][0]["outdated"] == 1


def test_nothing_changes_after_the_lock(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()
    judging.lock()
    sheet_id = judging.my_sheets()[0]["id"]

    with events.refuses("SHEET_LOCKED"):
        judging.save(JUDGE, sheet_id, "1", "1")
    with events.refuses("SHEET_LOCKED"):
        events.ask("submit_sheet", JUDGE, sheet_id=sheet_id)
    with events.refuses("SHEET_LOCKED"):
        events.ask("return_sheet", ORGANIZER, sheet_id=sheet_id, reason="请核对")
    with events.refuses("SHEET_LOCKED"):
        judging.lock()


def test_nobody_but_an_organiser_locks_sheets(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()

    for somebody in (JUDGE, SUPERVISOR, "passer-by"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("lock_sheets", somebody, stage_id=judging.stage_id)


def test_of_two_who_lock_at_once_one_does(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()

    outcomes = at_once(judging.lock, judging.lock)

    refused = [outcome.problems[0]["code"] for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused == ["SHEET_LOCKED"]
    assert len(judging.messages("sheets_locked")) == 1


def test_what_is_submitted_while_sheets_are_locked_is_counted_or_refused(events: EventsHub) -> None:
    judging = Judging(events, entries=1, judges=1)
    sheet_id = judging.my_sheets()[0]["id"]
    judging.submit(JUDGE, sheet_id)

    outcomes = at_once(judging.lock, lambda: events.ask("return_sheet", ORGANIZER, sheet_id=sheet_id, reason="请核对"))

    refused = [outcome.problems[0]["code"] for outcome in outcomes if isinstance(outcome, Refused)]
    assert (refused, statuses(events)) in [(["SHEET_LOCKED"], ["locked"]), (["SHEETS_MISSING"], ["draft"])]


def test_the_end_of_judging_locks_what_is_submitted_and_says_what_is_missing(events: EventsHub) -> None:
    judging = Judging(events)
    first, second = judging.my_sheets()
    judging.submit(JUDGE, first["id"])
    judging.save(JUDGE, second["id"])

    judging.move_to(JUDGING_CLOSES)

    assert statuses(events) == ["draft", "locked"]
    assert [(each["sheets"], each["missing"]) for each in judging.messages("sheets_locked")] == [(1, 3)]
    assert [(each["missing"], each["judges"]) for each in judging.messages("sheets_late")] == [(3, 2)]
    with events.refuses("SHEET_LOCKED"):
        judging.save(JUDGE, second["id"])


def test_the_end_of_judging_says_nothing_of_lateness_where_all_is_there(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()

    judging.move_to(JUDGING_CLOSES)

    assert len(judging.messages("sheets_locked")) == 1
    assert judging.messages("sheets_late") == []


def test_the_end_of_judging_leaves_alone_what_was_locked_before(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()
    judging.lock()

    judging.move_to(JUDGING_CLOSES)

    assert len(judging.messages("sheets_locked")) == 1


def test_a_stage_that_nobody_judges_is_not_locked(events: EventsHub) -> None:
    judging = Judging(events, judges=0)

    judging.move_to(JUDGING_CLOSES)

    with events.runtime.database.transaction(writes=False) as session:
        assert session.scalars(select(SheetLock)).all() == []


def test_judges_are_reminded_of_what_is_missing_at_each_of_the_hours_that_are_set(events: EventsHub) -> None:
    judging = Judging(events, reminder_hours=[72, 24])
    for sheet in judging.my_sheets():
        judging.submit(JUDGE, sheet["id"])
    judging.submit("judge-2", judging.my_sheets("judge-2")[0]["id"])

    judging.move_to(JUDGING_CLOSES - timedelta(hours=73))
    before = judging.messages("sheets_due")
    judging.move_to(JUDGING_CLOSES - timedelta(hours=72))
    first = judging.messages("sheets_due")
    judging.submit("judge-2", judging.my_sheets("judge-2")[1]["id"])
    judging.move_to(JUDGING_CLOSES - timedelta(hours=24))

    assert before == []
    assert [(each["person"], each["missing"], each["due_at"]) for each in first] == [
        ("judge-2", 1, JUDGING_CLOSES.isoformat())
    ]
    assert judging.messages("sheets_due") == first


def test_reminders_move_with_the_phase(events: EventsHub) -> None:
    judging = Judging(events, reminder_hours=[24])
    later = JUDGING_CLOSES + timedelta(days=3)
    judging.move_phase(later)

    judging.move_to(JUDGING_CLOSES - timedelta(hours=24))
    too_early = judging.messages("sheets_due")
    judging.move_to(later - timedelta(hours=24))

    assert too_early == []
    assert sorted(each["person"] for each in judging.messages("sheets_due")) == ["judge-1", "judge-2"]
    assert {each["due_at"] for each in judging.messages("sheets_due")} == {later.isoformat()}


def test_nobody_is_reminded_after_the_lock(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()
    judging.lock()

    judging.move_to(JUDGING_CLOSES - timedelta(hours=24))

    assert judging.messages("sheets_due") == []


@pytest.mark.parametrize("hours", [[], [1000]])
def test_reminders_that_are_not_set_or_past_already_remind_nobody(events: EventsHub, hours: list[int]) -> None:
    judging = Judging(events, reminder_hours=hours)

    judging.move_to(JUDGING_CLOSES)

    assert judging.messages("sheets_due") == []
