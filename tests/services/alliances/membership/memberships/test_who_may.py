"""Who may: each command and question of memberships for each role, and that everybody else is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.alliances.alliances_hub import (
    ANHUI,
    OFFICE,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    representative,
    secretariat,
)
from tests.services.alliances.membership.memberships.memberships import NEVER, STEPS, Relation, a_relation

Person = Callable[[Relation], str]
PEOPLE: dict[str, Person] = {
    "visitor": lambda _: VISITOR,
    "somebody": lambda _: SOMEBODY,
    "hub office": lambda _: OFFICE,
    "secretariat": lambda relation: secretariat(relation.alliance),
    "another secretariat": lambda relation: secretariat(relation.hub.alliance()),
    "representative": lambda relation: representative(relation.organization),
    "another representative": lambda relation: representative(relation.hub.organization()),
    "province of the organisation": lambda relation: relation.hub.province_office(ANHUI),
    "province of the alliance": lambda relation: relation.hub.province_office(SHANGHAI),
    "organizer": lambda relation: organizer(relation.hub),
    "former secretariat": lambda relation: former(
        relation.hub, Role.SECRETARIAT, Scope.alliance(relation.alliance["id"])
    ),
}
ALLIANCE = {"hub office", "secretariat"}
ORGANIZATION = {"hub office", "representative", "province of the organisation"}
MAY = {
    ("apply_for_membership", NEVER): ORGANIZATION,
    ("invite_member", NEVER): ALLIANCE,
    ("withdraw_invitation", "invited"): ALLIANCE,
    ("accept_invitation", "invited"): ORGANIZATION,
    ("start_review", "applied"): ALLIANCE,
    ("return_application", "applied"): ALLIANCE,
    ("correct_application", "returned"): ORGANIZATION,
    ("admit_member", "in_review"): ALLIANCE,
    ("decline_membership", "applied"): ALLIANCE,
    ("decline_membership", "in_review"): ALLIANCE,
    ("decline_membership", "invited"): ORGANIZATION,
    ("suspend_member", "member"): ALLIANCE,
    ("resume_member", "suspended"): ALLIANCE,
    ("withdraw_member", "member"): ORGANIZATION,
    ("withdraw_member", "applied"): ORGANIZATION,
    ("expel_member", "member"): ALLIANCE,
}


def organizer(hub: AlliancesHub) -> str:
    hub.appoint("organizer", Role.ORGANIZER, Scope.event(new_id()))
    return "organizer"


def former(hub: AlliancesHub, role: Role, scope: Scope) -> str:
    """Somebody from whom the role was taken back."""
    said = {"person": f"former-{role}", "role": role, "scope_type": scope.type, "scope_id": scope.id}
    hub.ask("grant_role", **said)
    hub.ask("revoke_role", **said)
    return str(said["person"])


def test_the_matrix_has_every_command() -> None:
    assert {step for step, _ in MAY} == set(STEPS)


@pytest.mark.parametrize(("step", "start"), MAY)
def test_a_step_is_taken_by_those_who_may_and_nobody_else(alliances: AlliancesHub, step: str, start: str) -> None:
    relation = a_relation(alliances, start)
    others = {name: person(relation) for name, person in PEOPLE.items() if name not in MAY[step, start]}

    for person in others.values():
        with alliances.refuses("NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"):
            relation.take(step, person)
    for name in MAY[step, start]:
        fresh = a_relation(alliances, start)
        assert fresh.take(step, PEOPLE[name](fresh))["status"] == STEPS[step].leads_to


@pytest.mark.parametrize("status", [None, "applied", "declined", "suspended", "expelled"])
def test_who_is_not_a_member_is_the_secretariats_business(alliances: AlliancesHub, status: str | None) -> None:
    relation = a_relation(alliances, status or "applied")
    which = {"alliance_id": relation.alliance["id"], **({"status": status} if status else {})}

    for name, person in PEOPLE.items():
        viewer = person(relation)
        if name in ALLIANCE:
            found = alliances.ask("memberships", viewer, **which)
            assert [node["id"] for node in found["nodes"]] == [relation.membership_id]
        else:
            with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
                alliances.ask("memberships", viewer, **which)


def test_members_are_public(alliances: AlliancesHub) -> None:
    relation = a_relation(alliances, "member")
    which = {"alliance_id": relation.alliance["id"], "status": "member"}

    for person in PEOPLE.values():
        found = alliances.ask("memberships", person(relation), **which)
        assert [node["id"] for node in found["nodes"]] == [relation.membership_id]


@pytest.mark.parametrize("start", ["applied", "member"])
def test_where_a_membership_stood_is_told_to_both_sides(alliances: AlliancesHub, start: str) -> None:
    relation = a_relation(alliances, start)
    asked = {"membership_id": relation.membership_id, "day": "2026-03-02"}

    for name, person in PEOPLE.items():
        viewer = person(relation)
        if name in ALLIANCE | ORGANIZATION:
            found = alliances.ask("membership_status_on", viewer, **asked)
            assert found is not None and found["status"] == start
        else:
            with alliances.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
                alliances.ask("membership_status_on", viewer, **asked)


@pytest.mark.parametrize("status", ["applied", "invited", "suspended", "declined"])
def test_by_its_id_a_membership_is_shown_to_those_whom_it_concerns(alliances: AlliancesHub, status: str) -> None:
    relation, member = a_relation(alliances, status), a_relation(alliances, "member")
    ids = [relation.membership_id, member.membership_id]

    seen = {
        name
        for name, person in PEOPLE.items()
        if {found["id"] for found in alliances.ask("memberships_by_id", person(relation), ids=ids)} == set(ids)
    }

    assert seen == ALLIANCE | ORGANIZATION
    assert [found["id"] for found in alliances.ask("memberships_by_id", VISITOR, ids=ids)] == [member.membership_id]
