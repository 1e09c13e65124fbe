"""Substituting: another person in the same place, until the phase of substitution ends, as often as the rules let."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.admission.entering.entering import (
    LI,
    TEACHER,
    WANG,
    adviser,
    contestant,
    counts,
    members,
    team,
    team_track,
)
from tests.services.events.competitions.competing import CLOSES, a_track, opened
from tests.services.events.events_hub import ANHUI, EventsHub, eventually

HOUR = timedelta(hours=1)


def entered(events: EventsHub, track_id: str, *people: dict[str, Any], name: str = "第一队") -> tuple[str, list[str]]:
    """The id of an entry and those of its members."""
    organization_id = events.organization(representative=TEACHER)
    entry = events.ask("submit_entry", **team(track_id, organization_id, *people, name=name))
    return entry["id"], [each.id for each in members(events, entry["id"])]


def substitute(events: EventsHub, entry_id: str, member_id: str, viewer: str = TEACHER, **person: Any) -> Any:
    person = {"name": "李雷", **person}
    return events.ask("substitute_member", viewer, entry_id=entry_id, member_id=member_id, **person)


def test_substitute_member_lets_another_take_the_place_and_keeps_nothing_of_who_leaves(events: EventsHub) -> None:
    entry_id, [first, second] = entered(events, team_track(events), contestant("王", WANG), contestant("赵小红"))
    said = len(events.said())

    substitute(events, entry_id, first, name=" 李  雷 ", person_number=LI, person="lilei")

    [changed, same] = members(events, entry_id)
    assert (changed.id, changed.role, changed.name, changed.person) == (first, "contestant", "李 雷", "lilei")
    assert (same.id, same.name) == (second, "赵小红")
    assert counts(events) == [("contestant", 1)] * 3
    [(type_, message)] = events.said(since=said)
    assert (type_, message["member_id"], message["role"]) == ("events.member_substituted", first, "contestant")
    assert "李" not in json.dumps({**message, "organization": None}, ensure_ascii=False)


def test_who_has_left_can_enter_elsewhere(events: EventsHub) -> None:
    track_id = team_track(events)
    entry_id, [first, _] = entered(events, track_id, contestant("王", WANG), contestant("赵小红"))

    substitute(events, entry_id, first)

    entered(events, track_id, contestant("王", WANG), contestant("甲"), name="第二队")


def test_substitute_member_holds_the_entry_against_the_rules_again(events: EventsHub) -> None:
    track_id, other = team_track(events), events.organization(zh="华东师范大学")
    entered(events, track_id, contestant("李", LI), contestant("乙"), name="另一队")
    entry_id, [first, _] = entered(events, track_id, contestant(number=WANG), contestant("赵小红"))

    with events.refuses("MEMBER_OF_OTHER_INSTITUTION", "members.0.organizationId"):
        substitute(events, entry_id, first, organization_id=other)
    with events.refuses("PERSON_ENTERED_IN_TRACK", "members", most=1):
        substitute(events, entry_id, first, person_number=LI)
    with events.refuses("PERSON_NUMBER_INVALID", "personNumber"):
        substitute(events, entry_id, first, person_number="110105194912310021")


def test_substitute_member_as_often_as_the_rules_let(events: EventsHub) -> None:
    entry_id, [first, second] = entered(events, team_track(events, substitutions_most=1))
    substitute(events, entry_id, first)

    with events.refuses("SUBSTITUTIONS_USED_UP", "memberId", most=1):
        substitute(events, entry_id, second)


def test_substitute_member_until_the_window_ends_and_again_in_the_phase_of_substitution(events: EventsHub) -> None:
    phase = {"round": 1, "kind": "substitution"}
    phase |= {"opens_at": (CLOSES + HOUR).isoformat(), "closes_at": (CLOSES + 3 * HOUR).isoformat()}
    tracks = [{**a_track(p310000=9), "kind": "team"}]
    rules = {"entries": {"substitutions_most": 9}}
    track_id = opened(events, tracks=tracks, phases=[phase], rules=rules)
    entry_id, [first, _] = entered(events, track_id)

    events.clock.move_to(CLOSES - timedelta(microseconds=1))
    substitute(events, entry_id, first, name="一")
    events.clock.move_to(CLOSES)
    eventually(lambda: "events.stage_opened" in [type_ for type_, _ in events.said()])
    with events.refuses("SUBSTITUTION_CLOSED", "memberId"):
        substitute(events, entry_id, first)
    events.clock.move_to(CLOSES + HOUR)
    substitute(events, entry_id, first, name="二")
    events.clock.move_to(CLOSES + 3 * HOUR)
    eventually(lambda: "events.phase_closed" in [type_ for type_, _ in events.said()])
    with events.refuses("SUBSTITUTION_CLOSED", "memberId"):
        substitute(events, entry_id, first)

    assert members(events, entry_id)[0].name == "二"


def test_substitute_member_refuses_what_is_not_there(events: EventsHub) -> None:
    track_id = team_track(events)
    entry_id, [first, _] = entered(events, track_id)
    _, [stranger, _] = entered(events, track_id, name="第二队")

    with events.refuses("MEMBER_UNKNOWN", "memberId"):
        substitute(events, entry_id, stranger)
    with events.refuses("NOT_FOUND", "entryId"):
        substitute(events, new_id(), first)
    events.ask("withdraw_entry", TEACHER, entry_id=entry_id)
    with events.refuses("ENTRY_ENDED", "entryId"):
        substitute(events, entry_id, first)


def test_substitute_member_is_for_those_who_enter(events: EventsHub) -> None:
    entry_id, [first, *_] = entered(events, team_track(events), contestant(), contestant("乙"), adviser())
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series_id, "310000"))
    events.grant("leader@anhui", Role.DELEGATION_LEADER, Scope.delegation(series_id, ANHUI))

    with events.refuses("SIGN_IN_REQUIRED"):
        substitute(events, entry_id, first, "")
    for viewer in ("nobody", "organizer", "leader@anhui"):
        with events.refuses("NOT_ALLOWED"):
            substitute(events, entry_id, first, viewer)
    substitute(events, entry_id, first, "leader")


@pytest.mark.parametrize(
    ("person", "code", "field"),
    [({"name": ""}, "TOO_SHORT", "name"), ({"role": "adviser"}, "UNKNOWN_FIELD", "role")],
)
def test_substitute_member_refuses_input_of_another_form(
    events: EventsHub, person: dict[str, Any], code: str, field: str
) -> None:
    given = {"entry_id": new_id(), "member_id": new_id(), "name": "李雷", **person}

    problems = events.refusals("substitute_member", **given)

    assert (code, field) in [(problem["code"], problem["field"]) for problem in problems]
