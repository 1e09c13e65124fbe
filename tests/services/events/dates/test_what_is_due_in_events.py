"""What is due in events: to enter, to take a place, to hand in, to judge, to decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from contracts.alliances.membership.memberships import MemberAdmitted
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.ids import new_id
from services.events.editions.editions.model import Edition
from tests.services.events.admission.waiting.waiting import TEACHER as WAITING_TEACHER
from tests.services.events.admission.waiting.waiting import a_full_track, waits
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, drafted
from tests.services.events.events_hub import NOW, SHANGHAI, EventsHub
from tests.services.events.judging.scoring.judging import JUDGING_CLOSES, Judging
from tests.services.events.judging.works.handing_in import TEACHER, WORKS_CLOSE, entered

LEADER, OTHER_LEADER, OFFICE_OF_SHANGHAI = "leader", "leader-of-another", "office-of-shanghai"


def dates(events: EventsHub, viewer: str, kind: str = "", **which: Any) -> list[tuple[str, str, bool, str | None]]:
    """Kind, moment, whether done and action of what is due within 300 days."""
    page = events.ask("my_dates", viewer, until=(events.clock.now() + timedelta(days=300)).isoformat(), **which)
    found = [(each["kind"], each["due_at"], each["done"], each["action"]) for each in page["nodes"]]
    return [each for each in found if kind in ("", each[0])]


def entries(until: datetime, *, done: bool = False) -> list[tuple[str, str, bool, str | None]]:
    return [("entries", until.isoformat(), done, None if done else "submit_entry")]


def test_entries_close_for_those_who_may_enter_and_are_done_once_they_have(events: EventsHub) -> None:
    mine = events.organization(representative=TEACHER)
    draft = drafted(events)
    assert dates(events, TEACHER) == []

    competition = events.ask("publish_competition", competition_id=draft["id"])
    series, track_id = competition["series"]["id"], competition["tracks"][0]["id"]
    events.grant(LEADER, Role.DELEGATION_LEADER, Scope.delegation(series, SHANGHAI))
    events.grant(OTHER_LEADER, Role.DELEGATION_LEADER, Scope.delegation(new_id(), SHANGHAI))
    events.grant(OFFICE_OF_SHANGHAI, Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))
    for person in (TEACHER, LEADER, OFFICE_OF_SHANGHAI):
        assert dates(events, person, "entries") == entries(CLOSES), person
    for person in (OTHER_LEADER, ORGANIZER, "somebody"):
        assert dates(events, person, "entries") == [], person

    events.clock.move_to(NOW + timedelta(days=2))
    given = {"track_id": track_id, "organization_id": mine, "contestant": "第一队"}
    entry = events.ask("submit_entry", TEACHER, **given)
    for person in (TEACHER, LEADER, OFFICE_OF_SHANGHAI):
        assert dates(events, person, "entries") == entries(CLOSES, done=True), person
        assert dates(events, person, "entries", undone=True) == []

    events.ask("withdraw_entry", TEACHER, entry_id=entry["id"])
    assert dates(events, TEACHER, "entries") == entries(CLOSES)


def test_a_competition_of_an_alliance_concerns_its_members(events: EventsHub) -> None:
    mine, alliance_id = events.organization(representative=TEACHER), events.alliance()
    competition = drafted(events)
    with events.runtime.database.transaction() as session:
        session.get_one(Edition, competition["id"]).alliance_id = alliance_id
    events.ask("publish_competition", competition_id=competition["id"])
    assert dates(events, TEACHER) == []

    named = Named(id=alliance_id, zh="联盟", en="Alliance"), Named(id=mine, zh="单位", en="Body")
    membership_id = new_id()
    admitted = MemberAdmitted(
        membership_id=membership_id,
        alliance=named[0],
        organization=named[1],
        region="310115",
        status="member",
        reason="",
    )
    events.hear(admitted, subject_id=membership_id)
    assert dates(events, TEACHER) == entries(CLOSES)


def test_works_are_due_until_one_is_handed_in(events: EventsHub) -> None:
    one = entered(events)
    due = ("works", WORKS_CLOSE.isoformat(), False, "begin_upload")
    assert dates(events, TEACHER, "works") == [due]
    assert dates(events, "somebody") == []
    assert dates(events, ORGANIZER) == [("phase", WORKS_CLOSE.isoformat(), False, None)]

    one.hand_in(b"%PDF-1.4")
    assert dates(events, TEACHER, "works") == [("works", WORKS_CLOSE.isoformat(), True, None)]


def test_sheets_are_due_until_all_are_submitted_and_move_with_their_phase(events: EventsHub) -> None:
    judging = Judging(events, entries=1, judges=2)
    due = ("sheets", JUDGING_CLOSES.isoformat(), False, "submit_sheet")
    assert dates(events, "judge-1", "sheets") == [due]

    later = JUDGING_CLOSES + timedelta(days=3)
    judging.move_phase(later)
    assert dates(events, "judge-1", "sheets") == [("sheets", later.isoformat(), False, "submit_sheet")]

    [sheet] = judging.my_sheets()
    judging.submit("judge-1", sheet["id"])
    assert dates(events, "judge-1", "sheets") == [("sheets", later.isoformat(), True, None)]
    assert dates(events, "judge-2", "sheets", undone=True) == [("sheets", later.isoformat(), False, "submit_sheet")]


def test_a_place_on_offer_is_due(events: EventsHub) -> None:
    track_id, organization_id, [first] = a_full_track(events)
    second = waits(events, track_id, organization_id, "第二队")
    assert dates(events, WAITING_TEACHER, "offer") == []

    events.ask("withdraw_entry", WAITING_TEACHER, entry_id=first)
    [offered] = events.ask("entries_by_id", WAITING_TEACHER, ids=[second])
    assert dates(events, WAITING_TEACHER, "offer") == [("offer", offered["offered_until"], False, "accept_offer")]
    events.ask("accept_offer", WAITING_TEACHER, entry_id=second)
    assert dates(events, WAITING_TEACHER, "offer") == []
