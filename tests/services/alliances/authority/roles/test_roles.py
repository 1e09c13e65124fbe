"""Roles: who gives and takes them back, on what they are held, and what is said about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import SCOPE_OF_ROLE, Role, Scope, ScopeType
from kit.ids import new_id
from services.alliances.authority.roles.commands import grant_id
from tests.clock import NOW
from tests.services.alliances.alliances_hub import ANHUI, OFFICE, SOMEBODY, VISITOR, AlliancesHub
from tests.services.service_hub import at_once

ALLIANCE, OTHER = Scope.alliance(new_id()), Scope.alliance(new_id())
SCHOOL = Scope.organization(new_id())
EVENT = new_id()
SCOPES = {
    Role.HUB_OFFICE: Scope.hub(),
    Role.PROVINCE_OFFICE: Scope.province(ANHUI),
    Role.SECRETARIAT: ALLIANCE,
    Role.ORGANIZER: Scope.event(EVENT),
    Role.REPRESENTATIVE: SCHOOL,
    Role.SUPERVISOR: Scope.event(EVENT),
    Role.ARBITRATOR: Scope.event(EVENT),
    Role.DELEGATION_LEADER: Scope.delegation(EVENT, ANHUI),
}
GRANTED = tuple(SCOPES)
"""A judge has a seat on a panel, which events gives."""
BY_ONE = tuple(role for role in GRANTED if role != Role.HUB_OFFICE)
"""The hub office takes two: tests/services/alliances/authority/offices."""
PASSED_ON = {Role.SECRETARIAT, Role.ORGANIZER, Role.REPRESENTATIVE}
"""Roles that those who hold them give to others on the same scope."""


def about(person: str, role: Role, scope: Scope) -> dict[str, Any]:
    """The input of grant_role and revoke_role."""
    return {"person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}


def grants_of(alliances: AlliancesHub, person: str) -> list[tuple[str, str]]:
    """Role and scope of everything that a person sees to be theirs."""
    return sorted((node["role"], node["scope_id"]) for node in alliances.ask("my_grants", person)["nodes"])


def test_there_is_a_scope_for_every_role() -> None:
    assert {*GRANTED, Role.JUDGE} == set(SCOPE_OF_ROLE) == set(Role)


@pytest.mark.parametrize("role", BY_ONE)
def test_the_hub_office_gives_any_role_but_its_own_and_takes_it_back(alliances: AlliancesHub, role: Role) -> None:
    alliances.appoint("another", role, SCOPES[role])
    before = len(alliances.said())
    scope = SCOPES[role]

    given = alliances.ask("grant_role", **about("ann", role, scope))
    held = grants_of(alliances, "ann")
    alliances.clock.advance(timedelta(days=1))
    taken = alliances.ask("revoke_role", **about("ann", role, scope))

    whole = {"id": grant_id("ann", role, scope), **about("ann", role, scope), "granted_at": NOW.isoformat()}
    revoked_at = (NOW + timedelta(days=1)).isoformat()
    ground = {"kind": "appointment", "since": NOW.isoformat(), "until": None, "given_by": OFFICE}
    assert given == {**whole, "revoked_at": None, "until": None, "grounds": [ground]}
    assert taken == {**whole, "revoked_at": revoked_at, "until": None, "grounds": []}
    assert (held, grants_of(alliances, "ann")) == ([(role, scope.id)], [])
    said = {"grant_id": whole.pop("id"), **whole}
    assert alliances.said(since=before) == [
        ("alliances.role_granted", {**said, "revoked_at": None, "until": None}),
        ("alliances.role_revoked", {**said, "revoked_at": revoked_at}),
    ]


@pytest.mark.parametrize("role", BY_ONE)
def test_a_role_is_passed_on_by_those_who_hold_it_if_it_is_of_that_kind(alliances: AlliancesHub, role: Role) -> None:
    alliances.appoint("holder", role, SCOPES[role])
    others = {VISITOR: "SIGN_IN_REQUIRED", SOMEBODY: "NOT_ALLOWED"}
    if role in PASSED_ON:
        alliances.ask("grant_role", "holder", **about("ann", role, SCOPES[role]))
        assert grants_of(alliances, "ann") == [(role, SCOPES[role].id)]
        alliances.ask("revoke_role", "holder", **about("ann", role, SCOPES[role]))
        assert grants_of(alliances, "ann") == []
    else:
        others["holder"] = "NOT_ALLOWED"

    for viewer, code in others.items():
        for method in ("grant_role", "revoke_role"):
            with alliances.refuses(code):
                alliances.ask(method, viewer, **about("bob", role, SCOPES[role]))


@pytest.mark.parametrize("role", GRANTED)
def test_nobody_lifts_themselves(alliances: AlliancesHub, role: Role) -> None:
    names_leaders = {Role.PROVINCE_OFFICE} if role is Role.DELEGATION_LEADER else set()
    for held in set(GRANTED) - {Role.HUB_OFFICE, role} - names_leaders:
        alliances.appoint("ann", held, SCOPES[held])

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("grant_role", "ann", **about("ann", role, SCOPES[role]))


def test_the_leader_of_a_delegation_is_named_by_the_office_of_its_province(alliances: AlliancesHub) -> None:
    alliances.appoint("office", Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    alliances.ask("grant_role", "office", **about("leader", Role.DELEGATION_LEADER, Scope.delegation(EVENT, ANHUI)))

    assert grants_of(alliances, "leader") == [(Role.DELEGATION_LEADER, f"{EVENT}:{ANHUI}")]
    with alliances.refuses("NOT_ALLOWED"):
        others = Scope.delegation(EVENT, "310000")
        alliances.ask("grant_role", "office", **about("leader", Role.DELEGATION_LEADER, others))


def test_a_seat_on_a_panel_is_not_granted_here(alliances: AlliancesHub) -> None:
    with alliances.refuses("INVALID", "scopeId"):
        alliances.ask("grant_role", **about("ann", Role.JUDGE, Scope.person("ann")))


def test_a_role_reaches_no_further_than_its_scope(alliances: AlliancesHub) -> None:
    alliances.appoint("ann", Role.SECRETARIAT, ALLIANCE)

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("grant_role", "ann", **about("bob", Role.SECRETARIAT, OTHER))
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("grant_role", "ann", **about("bob", Role.REPRESENTATIVE, ALLIANCE))


def test_a_role_that_was_taken_back_is_worth_nothing_at_once(alliances: AlliancesHub) -> None:
    alliances.appoint("ann", Role.REPRESENTATIVE, SCHOOL)
    alliances.ask("revoke_role", **about("ann", Role.REPRESENTATIVE, SCHOOL))

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("grant_role", "ann", **about("ann", Role.REPRESENTATIVE, SCHOOL))


def test_a_role_that_is_held_already_stays_as_it_is(alliances: AlliancesHub) -> None:
    first = alliances.ask("grant_role", **about("ann", Role.REPRESENTATIVE, SCHOOL))
    before = alliances.said()
    alliances.clock.advance(timedelta(days=1))

    assert alliances.ask("grant_role", **about("ann", Role.REPRESENTATIVE, SCHOOL)) == first
    assert alliances.said() == before


def test_a_role_can_be_given_again_after_it_was_taken_back(alliances: AlliancesHub) -> None:
    role = about("ann", Role.REPRESENTATIVE, SCHOOL)
    first = alliances.ask("grant_role", **role)
    alliances.ask("revoke_role", **role)
    alliances.clock.advance(timedelta(days=1))

    again = alliances.ask("grant_role", **role)

    later = (NOW + timedelta(days=1)).isoformat()
    grounds = [{**first["grounds"][0], "since": later}]
    assert again == {**first, "granted_at": later, "grounds": grounds}
    history = alliances.ask("history", subject_type="grant", subject_id=first["id"])
    assert [(row["version"], row["type"]) for row in history] == [
        (1, "alliances.role_granted"),
        (2, "alliances.role_revoked"),
        (3, "alliances.role_granted"),
    ]


def test_a_role_that_is_not_held_cannot_be_taken_back(alliances: AlliancesHub) -> None:
    role = about("ann", Role.REPRESENTATIVE, SCHOOL)
    with alliances.refuses("NOT_FOUND", "person"):
        alliances.ask("revoke_role", **role)

    alliances.ask("grant_role", **role)
    alliances.ask("revoke_role", **role)

    with alliances.refuses("NOT_FOUND", "person"):
        alliances.ask("revoke_role", **role)


@pytest.mark.parametrize("role", BY_ONE)
def test_a_role_is_held_on_a_scope_of_its_kind(alliances: AlliancesHub, role: Role) -> None:
    for other, scope in SCOPES.items():
        if SCOPE_OF_ROLE[other] != SCOPE_OF_ROLE[role]:
            with alliances.refuses("ROLE_NEEDS_SCOPE", "scopeType", role=role, scope=SCOPE_OF_ROLE[role]):
                alliances.ask("grant_role", **about("ann", role, scope))


@pytest.mark.parametrize(
    "scope",
    [
        Scope.province("990000"),
        Scope.province("340100"),
        Scope.alliance("1"),
        Scope.organization(f"{new_id()}|x"),
        Scope.event(new_id().upper()),
    ],
)
def test_a_scope_that_cannot_be_one_is_refused(alliances: AlliancesHub, scope: Scope) -> None:
    role = next(role for role, kind in SCOPE_OF_ROLE.items() if kind == scope.type)

    with alliances.refuses("INVALID", "scopeId"):
        alliances.ask("grant_role", **about("ann", role, scope))


@pytest.mark.parametrize(
    ("change", "code", "field", "params"),
    [
        ({"person": ""}, "TOO_SHORT", "person", {"min": "1"}),
        ({"person": "ann lee"}, "INVALID", "person", {}),
        ({"person": "x" * 256}, "TOO_LONG", "person", {"max": "255"}),
        (
            {"role": "king"},
            "NOT_ONE_OF",
            "role",
            {"choices": ", ".join(Role)},
        ),
        ({"scope_type": "school"}, "NOT_ONE_OF", "scopeType", {"choices": ", ".join(ScopeType)}),
        ({"scope_id": None}, "REQUIRED", "scopeId", {}),
    ],
)
def test_what_is_wrong_is_refused(
    alliances: AlliancesHub, change: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    for method in ("grant_role", "revoke_role"):
        with alliances.refuses(code, field, **params):
            alliances.ask(method, **{**about("ann", Role.SECRETARIAT, ALLIANCE), **change})


def test_the_same_idempotency_key_gives_a_role_once(alliances: AlliancesHub) -> None:
    role = about("ann", Role.REPRESENTATIVE, SCHOOL)
    first = alliances.ask("grant_role", key="k", **role)
    alliances.ask("revoke_role", **role)

    assert alliances.ask("grant_role", key="k", **role) == first
    assert grants_of(alliances, "ann") == []


def test_of_many_who_give_the_same_role_at_once_all_get_the_same_answer(alliances: AlliancesHub) -> None:
    before = len(alliances.said())

    outcomes = at_once(*[lambda: alliances.ask("grant_role", **about("ann", Role.SECRETARIAT, ALLIANCE))] * 4)

    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert [type_ for type_, _ in alliances.said(since=before)] == ["alliances.role_granted"]


def test_everybody_sees_their_own_roles_and_nobody_elses(alliances: AlliancesHub) -> None:
    for number in range(5):
        alliances.appoint("ann", Role.REPRESENTATIVE, Scope.organization(new_id()))
        alliances.appoint("bob", Role.SECRETARIAT, Scope.alliance(new_id()))
        if number == 0:
            revoked = grants_of(alliances, "ann")[0][1]
            alliances.ask("revoke_role", **about("ann", Role.REPRESENTATIVE, Scope.organization(revoked)))

    first = alliances.ask("my_grants", "ann", first=3)
    rest = alliances.ask("my_grants", "ann", first=3, after=first["cursors"][-1])

    nodes = first["nodes"] + rest["nodes"]
    assert {(node["person"], node["role"]) for node in nodes} == {("ann", "representative")}
    assert (len(nodes), first["has_next"], rest["has_next"]) == (4, True, False)
    assert revoked not in {node["scope_id"] for node in nodes}
    assert grants_of(alliances, OFFICE) == [("hub_office", "hub")]
    with alliances.refuses("SIGN_IN_REQUIRED"):
        alliances.ask("my_grants", VISITOR)


def test_ones_roles_take_as_many_statements_for_three_as_for_one(alliances: AlliancesHub) -> None:
    for _ in range(3):
        alliances.appoint("ann", Role.SECRETARIAT, Scope.alliance(new_id()))

    def count(first: int) -> int:
        with alliances.statements() as sent:
            alliances.ask("my_grants", "ann", first=first)
        return len(sent)

    assert count(1) == count(3)
