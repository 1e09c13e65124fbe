"""Withdrawing entries: the place comes back, once, and can be taken again."""

from __future__ import annotations

from functools import partial

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import CLOSES, OPENS, a_track, opened, places
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub, Refused, at_once, eventually

TEACHER = "teacher@normal"


def entered(events: EventsHub, track_id: str, organization_id: str, contestant: str = "第一队") -> str:
    arguments = {"track_id": track_id, "organization_id": organization_id, "contestant": contestant}
    return str(events.ask("submit_entry", **arguments)["id"])


def test_withdraw_entry_gives_the_place_back_and_says_so(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization(representative=TEACHER)
    entry_id = entered(events, track_id, organization_id)
    submitted = events.said()[-1][1]

    entry = events.ask("withdraw_entry", TEACHER, entry_id=entry_id)

    assert (entry["status"], entry["withdrawn_at"]) == ("withdrawn", OPENS.isoformat())
    assert places(events, track_id)[SHANGHAI] == (2, 0, 2)
    assert events.said()[-1] == ("events.entry_withdrawn", submitted)


def test_a_place_given_back_can_be_taken_again_also_by_the_same_contestant(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=1)])
    organization_id = events.organization()
    entry_id = entered(events, track_id, organization_id)

    events.ask("withdraw_entry", entry_id=entry_id)
    again = entered(events, track_id, organization_id)

    assert again != entry_id
    assert places(events, track_id) == {SHANGHAI: (1, 1, 0)}
    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        entered(events, track_id, organization_id, "第二队")


def test_withdraw_entry_refuses_a_second_time(events: EventsHub) -> None:
    track_id = opened(events)
    entry_id = entered(events, track_id, events.organization())
    events.ask("withdraw_entry", entry_id=entry_id)

    with events.refuses("ENTRY_ENDED", "entryId"):
        events.ask("withdraw_entry", entry_id=entry_id)


def test_withdraw_entry_by_many_at_once_gives_one_place_back(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    entry_id = entered(events, track_id, organization_id)
    entered(events, track_id, organization_id, "第二队")

    outcomes = at_once(*[partial(events.ask, "withdraw_entry", entry_id=entry_id)] * 6)

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 5
    assert places(events, track_id)[SHANGHAI] == (2, 1, 1)
    assert [type_ for type_, _ in events.said()].count("events.entry_withdrawn") == 1


def test_withdraw_entry_is_for_the_organization_and_its_province(events: EventsHub) -> None:
    entry_id = entered(events, opened(events), events.organization())
    events.organization(representative=TEACHER)
    events.grant("anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("withdraw_entry", "", entry_id=entry_id)
    for viewer in (TEACHER, "anhui", "organizer"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("withdraw_entry", viewer, entry_id=entry_id)


def test_withdraw_entry_refuses_one_that_does_not_exist(events: EventsHub) -> None:
    with events.refuses("NOT_FOUND", "entryId"):
        events.ask("withdraw_entry", entry_id=new_id())


def test_withdraw_entry_after_the_closing_gives_a_place_back_that_nobody_can_take(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    entry_id = entered(events, track_id, organization_id)
    events.clock.move_to(CLOSES)
    eventually(lambda: "events.entries_closed" in [type_ for type_, _ in events.said()])

    events.ask("withdraw_entry", entry_id=entry_id)

    assert places(events, track_id)[SHANGHAI] == (2, 0, 2)
    with events.refuses("ENTRIES_NOT_OPEN"):
        entered(events, track_id, organization_id)
