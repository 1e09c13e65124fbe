"""The team of a competition: who has a role or a seat there since when, for those who run or supervise it."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from contracts.events.judging.judges import SeatStatus
from contracts.regions import provinces
from kit.ids import new_id
from services.events.judging.judges.model import Seat
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import ANHUI, OFFICE, EventsHub
from tests.services.events.judging.scoring.judging import SUPERVISOR, Judging


def members(events: EventsHub, judging: Judging, viewer: str = ORGANIZER, **which: Any) -> list[dict[str, Any]]:
    """All of the team, read in pages of two."""
    found, after = [], None
    while True:
        more = {"after": after} if after else {}
        page = events.ask("team", viewer, competition_id=judging.competition_id, first=2, **which, **more)
        found += page["nodes"]
        if not page["has_next"]:
            counted = events.ask("team", viewer, competition_id=judging.competition_id, counted=True, **which)
            assert counted["total"] == len(found)
            return found
        after = page["cursors"][-1]


def who(found: list[dict[str, Any]]) -> set[tuple[str, str, str | None]]:
    return {(each["role"], each["person"], each["province"]) for each in found}


def test_everybody_with_a_role_or_a_seat_is_in_the_team_since_when_and_until_when(events: EventsHub) -> None:
    judging = Judging(events)
    series = judging.series_id
    events.grant("arbitrator", Role.ARBITRATOR, Scope.event(series))
    leader = events.grant("leader", Role.DELEGATION_LEADER, Scope("delegation", f"{series}:{ANHUI}"))
    events.grant("elsewhere", Role.DELEGATION_LEADER, Scope("delegation", f"{new_id()}:{ANHUI}"))
    events.grant("stranger", Role.ORGANIZER, Scope.event(new_id()))
    standing = {
        ("organizer", ORGANIZER, None),
        ("supervisor", SUPERVISOR, None),
        ("arbitrator", "arbitrator", None),
        ("judge", "judge-1", "310000"),
        ("judge", "judge-2", "310000"),
    }

    assert who(members(events, judging)) == {*standing, ("delegation_leader", "leader", ANHUI)}
    assert who(members(events, judging, role="judge")) == {each for each in standing if each[0] == "judge"}
    assert {each["stage_id"] for each in members(events, judging, role="judge")} == {judging.stage_id}

    events.revoke(leader)
    with events.runtime.database.transaction() as session:
        session.get_one(Seat, judging.seats["judge-1"]).step_to(SeatStatus.REPLACED, now=session.now)
    left = {("delegation_leader", "leader", ANHUI), ("judge", "judge-1", "310000")}
    assert who(members(events, judging, SUPERVISOR)) == standing - left
    former = members(events, judging, OFFICE, former=True)
    assert who(former) == standing | left
    assert {(each["role"], each["person"], each["province"]) for each in former if each["until"]} == left
    newest = members(events, judging, former=True, order_by="newest")
    assert newest == list(reversed(former))


def test_the_leaders_of_all_provinces_are_found_however_the_database_sorts(events: EventsHub) -> None:
    """Only the collation C has the provinces of a series, which stand behind a colon, next to each other."""
    judging = Judging(events)
    leaders = {("delegation_leader", f"leader-{each.code}", each.code) for each in provinces()}
    for _, person, code in leaders:
        events.grant(person, Role.DELEGATION_LEADER, Scope.delegation(judging.series_id, str(code)))

    with events.statements() as sent:
        found = events.ask("team", ORGANIZER, competition_id=judging.competition_id, role="delegation_leader", first=50)

    assert who(found["nodes"]) == leaders
    assert not [each for each in map(str, sent) if "scope_id >" in each or "scope_id <" in each]


@pytest.mark.parametrize("viewer", ["judge-1", "somebody"])
def test_the_team_is_for_those_who_run_or_supervise_the_competition(events: EventsHub, viewer: str) -> None:
    judging = Judging(events)
    with events.refuses("NOT_ALLOWED"):
        members(events, judging, viewer)
    with events.refuses("SIGN_IN_REQUIRED"):
        members(events, judging, "")


def test_a_role_that_nobody_has_in_a_competition_is_refused(events: EventsHub) -> None:
    judging = Judging(events)
    choices = "organizer, supervisor, arbitrator, delegation_leader, judge"
    with events.refuses("NOT_ONE_OF", "role", choices=choices):
        members(events, judging, role="hub_office")
