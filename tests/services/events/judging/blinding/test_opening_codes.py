"""Opening codes: an organiser and a supervisor, two people, one after the other, once sheets are locked."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.editions.editions.queries import stage as find_stage
from services.events.judging.blinding.commands import deal_codes
from services.events.judging.blinding.model import BlindCode, Seal
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, at_once
from tests.services.events.judging.scoring.judging import SUPERVISOR, Judging

METHODS = ("open_codes", "take_back_opening", "seal", "opened_codes")


def locked(events: EventsHub) -> Judging:
    judging = Judging(events, entries=3, judges=1)
    judging.judge_all()
    judging.lock()
    return judging


def pairs(events: EventsHub) -> dict[str, str]:
    with events.runtime.database.transaction(writes=False) as session:
        return {row.code: row.entry_id for row in session.scalars(select(BlindCode))}


def test_every_entry_has_a_code_that_begins_with_its_track(events: EventsHub) -> None:
    judging = Judging(events, entries=5)

    dealt = pairs(events)

    assert sorted(dealt.values()) == sorted(judging.entry_ids)
    assert all(re.fullmatch(r"A-[2-9A-Z]{5}", code) for code in dealt)
    assert [each["codes"] for each in judging.messages("codes_dealt")] == [5]


def test_codes_are_dealt_once_and_to_newcomers_only(events: EventsHub) -> None:
    judging = Judging(events, entries=3)
    before = pairs(events)

    with events.runtime.database.transaction() as session:
        deal_codes(session, find_stage(session, judging.stage_id))
        gone = session.scalars(select(BlindCode)).first()
        session.delete(gone)
    with events.runtime.database.transaction() as session:
        deal_codes(session, find_stage(session, judging.stage_id))

    after = pairs(events)
    assert gone is not None
    assert {code: entry for code, entry in before.items() if code != gone.code}.items() <= after.items()
    assert sorted(after.values()) == sorted(judging.entry_ids)
    assert [each["codes"] for each in judging.messages("codes_dealt")] == [3, 1]


def test_the_order_of_codes_says_nothing_of_the_order_of_entries(events: EventsHub) -> None:
    judging = Judging(events, entries=12, judges=0)
    with events.runtime.database.transaction(writes=False) as session:
        rows = [row.entry_id for row in session.scalars(select(BlindCode).order_by(BlindCode.code))]

    assert rows != sorted(judging.entry_ids)


def test_an_organiser_asks_and_a_supervisor_opens(events: EventsHub) -> None:
    judging = locked(events)

    asked = events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)
    opened = events.ask("open_codes", SUPERVISOR, stage_id=judging.stage_id)

    now = events.clock.now().isoformat()
    request = {"stage_id": judging.stage_id, "codes": 3, "requested_role": "organizer", "requested_at": now}
    assert asked == {**request, "opened_at": None}
    assert opened == {**request, "opened_at": now}
    assert [each["role"] for each in judging.messages("opening_requested")] == ["organizer"]
    assert [each["role"] for each in judging.messages("codes_opened")] == ["supervisor"]
    history = events.ask("history", subject_type="seal", subject_id=judging.stage_id)
    assert [(row["type"], row["actor"]) for row in history][-2:] == [
        ("events.opening_requested", ORGANIZER),
        ("events.codes_opened", SUPERVISOR),
    ]


def test_a_supervisor_can_ask_first(events: EventsHub) -> None:
    judging = locked(events)

    events.ask("open_codes", SUPERVISOR, stage_id=judging.stage_id)

    assert events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)["opened_at"] is not None


def test_one_person_never_opens_alone_whatever_their_roles(events: EventsHub) -> None:
    judging = locked(events)
    events.grant(ORGANIZER, Role.SUPERVISOR, Scope.event(judging.series_id))
    events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)

    with events.refuses("OTHER_PERSON_MUST_OPEN"):
        events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)


def test_two_people_of_one_role_do_not_open(events: EventsHub) -> None:
    judging = locked(events)
    events.grant("another", Role.ORGANIZER, Scope.event(judging.series_id))
    events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)

    for somebody in ("another", "hub-office"):
        with events.refuses("OTHER_ROLE_MUST_OPEN"):
            events.ask("open_codes", somebody, stage_id=judging.stage_id)


def test_who_holds_both_roles_opens_as_the_one_that_is_awaited(events: EventsHub) -> None:
    judging = locked(events)
    for role in (Role.ORGANIZER, Role.SUPERVISOR):
        events.grant("both", role, Scope.event(judging.series_id))
    events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)

    events.ask("open_codes", "both", stage_id=judging.stage_id)

    assert [each["role"] for each in judging.messages("codes_opened")] == ["supervisor"]


def test_a_request_can_be_taken_back_by_who_made_it(events: EventsHub) -> None:
    judging = locked(events)
    events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)

    with events.refuses("NO_OPENING_REQUESTED"):
        events.ask("take_back_opening", SUPERVISOR, stage_id=judging.stage_id)
    taken_back = events.ask("take_back_opening", ORGANIZER, stage_id=judging.stage_id)
    with events.refuses("NO_OPENING_REQUESTED"):
        events.ask("take_back_opening", ORGANIZER, stage_id=judging.stage_id)
    asked = events.ask("open_codes", SUPERVISOR, stage_id=judging.stage_id)

    assert (taken_back["requested_role"], taken_back["requested_at"]) == (None, None)
    assert (asked["requested_role"], asked["opened_at"]) == ("supervisor", None)
    assert [each["role"] for each in judging.messages("opening_taken_back")] == ["organizer"]


def test_codes_stay_sealed_until_the_sheets_are_locked(events: EventsHub) -> None:
    judging = Judging(events)
    judging.judge_all()

    with events.refuses("SHEETS_NOT_LOCKED", "stageId"):
        events.ask("open_codes", ORGANIZER, stage_id=judging.stage_id)


def test_what_is_opened_stays_open(events: EventsHub) -> None:
    judging = locked(events)
    judging.open_codes()

    for somebody in (ORGANIZER, SUPERVISOR):
        with events.refuses("CODES_OPEN_ALREADY"):
            events.ask("open_codes", somebody, stage_id=judging.stage_id)
    with events.refuses("CODES_OPEN_ALREADY"):
        events.ask("take_back_opening", ORGANIZER, stage_id=judging.stage_id)


def test_of_two_who_open_at_once_one_asks_and_one_opens(events: EventsHub) -> None:
    judging = locked(events)

    outcomes = at_once(
        *(lambda who=who: events.ask("open_codes", who, stage_id=judging.stage_id) for who in (ORGANIZER, SUPERVISOR))
    )

    assert not any(isinstance(outcome, Refused) for outcome in outcomes)
    assert sorted(outcome["opened_at"] is not None for outcome in outcomes) == [False, True]


def test_opened_codes_show_which_entry_is_behind_which_code(events: EventsHub) -> None:
    judging = locked(events)
    with events.refuses("CODES_SEALED", "stageId"):
        events.ask("opened_codes", ORGANIZER, stage_id=judging.stage_id)
    judging.open_codes()

    first = events.ask("opened_codes", SUPERVISOR, stage_id=judging.stage_id, first=2)
    rest = events.ask("opened_codes", ORGANIZER, stage_id=judging.stage_id, first=2, after=first["cursors"][-1])

    shown = first["nodes"] + rest["nodes"]
    assert [(each["code"], each["entry_id"]) for each in shown] == sorted(pairs(events).items())
    assert (first["has_next"], rest["has_next"]) == (True, False)


@pytest.mark.parametrize("method", METHODS)
def test_nobody_but_organisers_and_supervisors_has_to_do_with_the_seal(events: EventsHub, method: str) -> None:
    judging = locked(events)

    for somebody in ("judge-1", "passer-by"):
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, somebody, stage_id=judging.stage_id)
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask(method, "", stage_id=judging.stage_id)
    with events.refuses("NOT_FOUND", "stageId"):
        events.ask(method, ORGANIZER, stage_id=new_id())


@pytest.mark.parametrize("method", METHODS)
def test_a_stage_without_codes_has_no_seal(events: EventsHub, method: str) -> None:
    judging = Judging(events, judges=0)
    with events.runtime.database.transaction() as session:
        for row in [*session.scalars(select(BlindCode)), session.get_one(Seal, judging.stage_id)]:
            session.delete(row)

    with events.refuses("CODES_NOT_DEALT", "stageId"):
        events.ask(method, ORGANIZER, stage_id=judging.stage_id)
