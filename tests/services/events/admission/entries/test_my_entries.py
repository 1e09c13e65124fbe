"""My entries: those in which somebody takes part, and those of the organisations that they represent, in any competition."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role, Scope
from tests.services.events.competitions.competing import OPENS, ORGANIZER, a_track, published
from tests.services.events.events_hub import ANHUI, EventsHub

STUDENT, TEACHER, OFFICE_OF_PROVINCE = "student", "teacher", "anhui-office"


def a_team(organization: str, *people: str) -> dict[str, Any]:
    roles = ["contestant", "adviser"]
    members = [{"name": f"成员{each}", "role": role, "person": each} for each, role in zip(people, roles, strict=False)]
    return {"organization_id": organization, "members": members}


def mine(events: EventsHub, person: str, **which: Any) -> list[str]:
    nodes = [node["id"] for node in events.ask("my_entries", person, first=100, **which)["nodes"]]
    assert events.ask("my_entries", person, counted=True, **which)["total"] == len(nodes)
    return nodes


def test_my_entries_are_mine_and_those_of_my_organisations_newest_first(events: EventsHub) -> None:
    first = published(events, tracks=[a_track(p310000=9, p340000=9)])
    second = published(events, number=15, series_id=first["series"]["id"], series=None, tracks=[a_track(p310000=9)])
    events.clock.move_to(OPENS)
    ours, theirs = events.organization(representative=TEACHER), events.organization("340100", zh="黄山学院")
    events.grant(OFFICE_OF_PROVINCE, Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    def enter(competition: dict[str, Any], name: str, organization: str, *people: str) -> str:
        given = {"track_id": competition["tracks"][0]["id"], "contestant": name, **a_team(organization, *people)}
        return str(events.ask("submit_entry", **given)["id"])

    both = enter(first, "甲", ours, STUDENT, TEACHER)
    away = enter(first, "乙", theirs, STUDENT)
    later = enter(second, "丙", ours)
    events.ask("withdraw_entry", entry_id=later)

    assert mine(events, STUDENT) == [away, both]
    assert mine(events, TEACHER) == [later, both]
    assert mine(events, TEACHER, order_by="oldest") == [both, later]
    assert mine(events, TEACHER, status="withdrawn") == mine(events, TEACHER, competition_id=second["id"]) == [later]
    assert mine(events, OFFICE_OF_PROVINCE) == mine(events, ORGANIZER) == mine(events, "somebody") == []
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("my_entries", "")


def test_whoever_takes_part_finds_the_entry_and_not_who_else_is_in_it(events: EventsHub) -> None:
    competition = published(events)
    events.clock.move_to(OPENS)
    team = a_team(events.organization(), STUDENT, "another")
    entry = events.ask("submit_entry", track_id=competition["tracks"][0]["id"], contestant="甲", **team)["id"]

    assert [each["id"] for each in events.ask("entries_by_id", STUDENT, ids=[entry])] == [entry]
    assert events.ask("entries_by_id", "somebody", ids=[entry]) == []
    assert events.ask("members", STUDENT, entry_ids=[entry]) == []
    actions = events.ask("actions_on_entries", STUDENT, entry_ids=[entry])
    withdraw = next(each for each in actions if each["name"] == "withdraw_entry")
    assert [problem["code"] for problem in withdraw["problems"]] == ["NOT_ALLOWED"]


def test_my_entries_send_as_many_statements_for_three_as_for_one(events: EventsHub) -> None:
    competition = published(events, tracks=[a_track(p310000=9)])
    events.clock.move_to(OPENS)
    ours, track = events.organization(representative=TEACHER), competition["tracks"][0]["id"]
    for name in "甲乙丙":
        events.ask("submit_entry", track_id=track, contestant=name, **a_team(ours, STUDENT))

    sent = []
    for first in (1, 3):
        with events.statements() as statements:
            events.ask("my_entries", TEACHER, first=first)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 3
