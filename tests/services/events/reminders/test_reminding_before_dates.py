"""Before entries close and works are due, those are told who have not entered or handed in; nobody else, and once a date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.alliances.membership.memberships import MemberAdmitted
from contracts.base import Named
from kit.ids import new_id
from services.events.editions.editions.model import Edition
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, drafted
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub
from tests.services.events.judging.works.handing_in import WORKS_CLOSE, entered
from tests.services.ringing import at

DAY = timedelta(days=1)


def said(events: EventsHub, type_: str) -> list[dict[str, Any]]:
    return [data for said, data in events.said() if said == f"events.{type_}"]


def member(events: EventsHub, alliance_id: str) -> str:
    """A new member of an alliance."""
    organization_id, membership_id = events.organization(), new_id()
    of = Named(id=alliance_id, zh="联盟", en="Alliance"), Named(id=organization_id, zh="单位", en="Body")
    told = MemberAdmitted(
        membership_id=membership_id, alliance=of[0], organization=of[1], region="310115", status="member"
    )
    events.hear(told, subject_id=membership_id)
    return organization_id


def move(events: EventsHub, competition_id: str, days: int) -> None:
    closes_at = (CLOSES + days * DAY).isoformat()
    events.ask("move_entry_window", ORGANIZER, competition_id=competition_id, closes_at=closes_at, reason="x")


def test_members_and_delegations_without_entries_are_told_once_for_each_date(events: EventsHub) -> None:
    alliance_id = events.alliance()
    has_entered, has_not = member(events, alliance_id), member(events, alliance_id)
    draft = drafted(events)
    with events.runtime.database.transaction() as session:
        session.get_one(Edition, draft["id"]).alliance_id = alliance_id
    competition = events.ask("publish_competition", competition_id=draft["id"])
    at(events, CLOSES - 20 * DAY)
    track_id = competition["tracks"][0]["id"]
    events.ask("submit_entry", track_id=track_id, organization_id=has_entered, contestant="第一队")

    move(events, draft["id"], 30)
    at(events, CLOSES - 3 * DAY)
    assert said(events, "entries_due") == []
    move(events, draft["id"], 0)
    at(events, CLOSES - DAY)
    [due] = said(events, "entries_due")
    assert (due["organization_ids"], due["provinces"]) == ([has_not], [ANHUI])
    assert SHANGHAI not in due["provinces"] and due["closes_at"] == CLOSES.isoformat()

    move(events, draft["id"], 1)
    move(events, draft["id"], 0)
    at(events, CLOSES + DAY)
    assert len(said(events, "entries_due")) == 1


def test_what_is_cancelled_is_not_told_of_unless_it_is_reinstated(events: EventsHub) -> None:
    competition = events.ask("publish_competition", competition_id=drafted(events)["id"])
    given = {"competition_id": competition["id"], "reason": "x"}
    at(events, CLOSES - 7 * DAY)
    events.ask("cancel_competition", ORGANIZER, **given)
    at(events, CLOSES - 2 * DAY)
    assert said(events, "entries_due") == []
    assert events.ask("my_dates", "somebody")["nodes"] == []

    events.ask("reinstate_competition", ORGANIZER, **given)
    at(events, CLOSES)
    assert [each["provinces"] for each in said(events, "entries_due")] == [[SHANGHAI, ANHUI]]


def test_organisations_that_have_handed_in_are_left_alone(events: EventsHub) -> None:
    one = entered(events)
    other = one.another()
    one.hand_in(b"%PDF-1.4")
    at(events, WORKS_CLOSE - 4 * DAY)
    [due] = said(events, "works_due")
    assert due["organization_ids"] == [other.organization_id]
    assert due["closes_at"] == WORKS_CLOSE.isoformat()


def test_nobody_is_told_where_every_work_is_there(events: EventsHub) -> None:
    entered(events).hand_in(b"%PDF-1.4")
    at(events, WORKS_CLOSE + DAY)
    assert said(events, "works_due") == []
