"""Grounds: a role stands while one of them stands, ends by itself, and never leaves an office vacant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from contracts.alliances.authority.roles import GroundKind
from contracts.authority import Role, Scope
from kit.ids import new_id
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.roles.model import GrantGround, Ground
from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative
from tests.services.service_hub import Refused, at_once

ALLIANCE, SCHOOL = Scope.alliance(new_id()), Scope.organization(new_id())
SCOPES = {Role.SECRETARIAT: ALLIANCE, Role.REPRESENTATIVE: SCHOOL, Role.ORGANIZER: Scope.event(new_id())}
DAY = timedelta(days=1)


def about(person: str, role: Role, **more: Any) -> dict[str, Any]:
    return {"person": person, "role": role, "scope_type": SCOPES[role].type, "scope_id": SCOPES[role].id, **more}


def give(hub: AlliancesHub, person: str, role: Role, until: datetime | None = None, by: str = OFFICE) -> dict[str, Any]:
    end = {"until": until.isoformat()} if until else {}
    found: dict[str, Any] = hub.ask("grant_role", by, **about(person, role, **end))
    return found


def holders(hub: AlliancesHub, role: Role) -> list[str]:
    scope = SCOPES[role]
    nodes = hub.ask("holders", scope_type=scope.type, scope_id=scope.id)["nodes"]
    return sorted(node["person"] for node in nodes)


def pass_time(hub: AlliancesHub, time: timedelta) -> None:
    hub.clock.advance(time)
    hub.ring()


def test_a_role_ends_by_itself_and_says_so(alliances: AlliancesHub) -> None:
    given = give(alliances, "ann", Role.REPRESENTATIVE, NOW + DAY)
    before = len(alliances.said())

    pass_time(alliances, DAY)

    assert given["until"] == (NOW + DAY).isoformat()
    assert holders(alliances, Role.REPRESENTATIVE) == []
    [(type_, said)] = alliances.said(since=before)
    assert (type_, said["person"], said["revoked_at"]) == ("alliances.role_revoked", "ann", (NOW + DAY).isoformat())


def test_giving_it_again_prolongs_and_never_shortens(alliances: AlliancesHub) -> None:
    give(alliances, "ann", Role.REPRESENTATIVE, NOW + 2 * DAY)
    before = len(alliances.said())

    assert give(alliances, "ann", Role.REPRESENTATIVE, NOW + DAY)["until"] == (NOW + 2 * DAY).isoformat()
    assert alliances.said(since=before) == []
    assert give(alliances, "ann", Role.REPRESENTATIVE, NOW + 3 * DAY)["until"] == (NOW + 3 * DAY).isoformat()
    pass_time(alliances, 2 * DAY)
    assert holders(alliances, Role.REPRESENTATIVE) == ["ann"]
    assert give(alliances, "ann", Role.REPRESENTATIVE)["until"] is None
    pass_time(alliances, 9 * DAY)

    assert holders(alliances, Role.REPRESENTATIVE) == ["ann"]
    assert [type_ for type_, _ in alliances.said(since=before)] == ["alliances.role_prolonged"] * 2


def test_of_two_grounds_the_end_of_one_does_not_end_the_role(alliances: AlliancesHub) -> None:
    give(alliances, "ann", Role.REPRESENTATIVE, NOW + DAY)
    with alliances.runtime.database.transaction() as session:
        seat = Ground(GroundKind.HANDOVER, "bob", NOW + 2 * DAY)
        grant_role(session, person="ann", role=Role.REPRESENTATIVE, scope=SCHOOL, ground=seat)

    pass_time(alliances, DAY)
    [held] = alliances.ask("my_grants", "ann")["nodes"]
    pass_time(alliances, DAY)

    assert [ground["kind"] for ground in held["grounds"]] == ["handover"]
    assert alliances.ask("my_grants", "ann")["nodes"] == []


def test_a_grant_of_before_grounds_stands_on_its_appointment(alliances: AlliancesHub) -> None:
    """What an earlier release gave, or gives during a roll, is for good, whatever other ground ends."""
    give(alliances, "ann", Role.REPRESENTATIVE)
    with alliances.runtime.database.transaction() as session:
        session.execute(delete(GrantGround))
    [old] = alliances.ask("my_grants", "ann")["nodes"]
    with alliances.runtime.database.transaction() as session:
        seat = Ground(GroundKind.HANDOVER, "bob", NOW + DAY)
        grant_role(session, person="ann", role=Role.REPRESENTATIVE, scope=SCHOOL, ground=seat)

    pass_time(alliances, DAY)

    assert old["grounds"] == [
        {"kind": "appointment", "since": NOW.isoformat(), "until": None, "given_by": OFFICE},
    ]
    assert alliances.ask("my_grants", "ann")["nodes"] == [old]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ORGANIZER])
def test_the_last_holder_stays_until_there_is_another(alliances: AlliancesHub, role: Role) -> None:
    give(alliances, "ann", role, NOW + DAY)
    before = len(alliances.said())

    pass_time(alliances, 3 * DAY)
    assert holders(alliances, role) == ["ann"]
    give(alliances, "bob", role)
    alliances.ring()

    assert holders(alliances, role) == ["bob"]
    told = [type_.removeprefix("alliances.role_") for type_, _ in alliances.said(since=before)]
    assert told == ["kept", "granted", "revoked"]


def test_of_two_whose_roles_end_at_once_one_stays(alliances: AlliancesHub) -> None:
    for person in ("ann", "bob"):
        give(alliances, person, Role.SECRETARIAT, NOW + DAY)

    pass_time(alliances, DAY)

    assert len(holders(alliances, Role.SECRETARIAT)) == 1


def test_nobody_gives_a_role_for_longer_than_their_own(alliances: AlliancesHub) -> None:
    give(alliances, "ann", Role.REPRESENTATIVE, NOW + 2 * DAY)

    late = (NOW + 3 * DAY).isoformat()
    with alliances.refuses("OUTLASTS_YOURS", "until", until=(NOW + 2 * DAY).isoformat()):
        alliances.ask("grant_role", "ann", **about("bob", Role.REPRESENTATIVE, until=late))
    with alliances.refuses("OUTLASTS_YOURS", "until", until=(NOW + 2 * DAY).isoformat()):
        alliances.ask("grant_role", "ann", **about("ann", Role.REPRESENTATIVE, until=late))
    with alliances.refuses("INVALID", "until"):
        alliances.ask("grant_role", "ann", **about("bob", Role.REPRESENTATIVE, until=NOW.isoformat()))
    assert give(alliances, "bob", Role.REPRESENTATIVE, by="ann")["until"] == (NOW + 2 * DAY).isoformat()


@pytest.mark.parametrize("role", SCOPES)
def test_the_last_holder_hands_over(alliances: AlliancesHub, role: Role) -> None:
    give(alliances, "ann", role, NOW + DAY)

    handed = alliances.ask("hand_over_role", "ann", **about("bob", role))

    assert holders(alliances, role) == ["bob"]
    assert handed["until"] == (NOW + DAY).isoformat()
    assert [(ground["kind"], ground["given_by"]) for ground in handed["grounds"]] == [("handover", "ann")]


def test_who_holds_no_role_hands_none_over(alliances: AlliancesHub) -> None:
    give(alliances, "ann", Role.SECRETARIAT)

    for viewer, code in {OFFICE: "NOT_ALLOWED", SOMEBODY: "NOT_ALLOWED", VISITOR: "SIGN_IN_REQUIRED"}.items():
        with alliances.refuses(code):
            alliances.ask("hand_over_role", viewer, **about("bob", Role.SECRETARIAT))
    with alliances.refuses("NOTHING_CHANGED", "person"):
        alliances.ask("hand_over_role", "ann", **about("ann", Role.SECRETARIAT))


@pytest.mark.parametrize("role", SCOPES)
def test_of_many_hand_overs_at_once_one_is_made(alliances: AlliancesHub, role: Role) -> None:
    give(alliances, "ann", role)
    people = ["bob", "cai", "dan", "eve"]

    outcomes = at_once(
        *(lambda each=each: alliances.ask("hand_over_role", "ann", **about(each, role)) for each in people)
    )  # type: ignore[misc]

    refused = [each.codes for each in outcomes if isinstance(each, Refused)]
    assert refused == [["NOT_ALLOWED"]] * 3
    assert len(holders(alliances, role)) == 1


def test_those_who_hand_over_to_each_other_leave_one(alliances: AlliancesHub) -> None:
    for person in ("ann", "bob"):
        give(alliances, person, Role.SECRETARIAT)

    at_once(
        lambda: alliances.ask("hand_over_role", "ann", **about("bob", Role.SECRETARIAT)),
        lambda: alliances.ask("hand_over_role", "bob", **about("ann", Role.SECRETARIAT)),
        lambda: alliances.ask("revoke_role", "ann", **about("ann", Role.SECRETARIAT)),
    )

    assert len(holders(alliances, Role.SECRETARIAT)) >= 1


def test_who_may_know_who_holds_a_role(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    scope = {"scope_type": "organization", "scope_id": school["id"]}
    office = alliances.province_office("340000")

    for viewer in (OFFICE, office, representative(school)):
        nodes = alliances.ask("holders", viewer, **scope)["nodes"]
        assert [(node["person"], node["role"]) for node in nodes] == [(representative(school), "representative")]
    others = {VISITOR: "SIGN_IN_REQUIRED", SOMEBODY: "NOT_ALLOWED", alliances.province_office("320000"): "NOT_ALLOWED"}
    for viewer, code in others.items():
        with alliances.refuses(code):
            alliances.ask("holders", viewer, **scope)


def test_who_holds_roles_takes_as_many_statements_for_three_as_for_one(alliances: AlliancesHub) -> None:
    for person in ("ann", "bob", "cai"):
        give(alliances, person, Role.SECRETARIAT)

    def count(first: int) -> int:
        with alliances.statements() as sent:
            alliances.ask("holders", scope_type="alliance", scope_id=ALLIANCE.id, first=first)
        return len(sent)

    assert count(1) == count(3)
