"""Losing a role: nobody removes who appointed them, nor the last holder of an office that must not be vacant."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.service_hub import Refused, at_once

SCOPES = {
    Role.SECRETARIAT: Scope.alliance(new_id()),
    Role.ORGANIZER: Scope.event(new_id()),
    Role.REPRESENTATIVE: Scope.organization(new_id()),
}
"""Roles that those who hold them pass on."""
NEVER_VACANT = (Role.SECRETARIAT, Role.ORGANIZER)


def given(hub: AlliancesHub, role: Role, *line: str) -> None:
    """The role for each of these people: the first has it from the operator, every other from the one before."""
    hub.appoint(line[0], role, SCOPES[role])
    for by, person in pairwise(line):
        change(hub, "grant_role", role, person, by)


def change(hub: AlliancesHub, method: str, role: Role, person: str, *by: str) -> Any:
    scope = SCOPES[role]
    return hub.ask(method, *by, person=person, role=role, scope_type=scope.type, scope_id=scope.id)


def holds(hub: AlliancesHub, role: Role, person: str) -> bool:
    return any(node["role"] == role for node in hub.ask("my_grants", person)["nodes"])


@pytest.mark.parametrize("role", SCOPES)
def test_nobody_removes_who_appointed_them(alliances: AlliancesHub, role: Role) -> None:
    """Nor those to whom these owe it in turn: else an appointee could appoint somebody for the purpose."""
    given(alliances, role, "ann", "bob", "cai")

    for person in ("ann", "bob"):
        with alliances.refuses("APPOINTED_YOU", "person"):
            change(alliances, "revoke_role", role, person, "cai")
    change(alliances, "revoke_role", role, "cai", "ann")

    assert [holds(alliances, role, each) for each in ("ann", "bob", "cai")] == [True, True, False]


def test_who_leaves_and_is_appointed_by_their_own_appointee_is_still_bound(alliances: AlliancesHub) -> None:
    given(alliances, Role.SECRETARIAT, "ann", "bob", "cai")
    change(alliances, "revoke_role", Role.SECRETARIAT, "bob", "bob")
    change(alliances, "grant_role", Role.SECRETARIAT, "bob", "cai")

    with alliances.refuses("APPOINTED_YOU", "person"):
        change(alliances, "revoke_role", Role.SECRETARIAT, "ann", "bob")


def test_the_hub_office_removes_anybody_but_the_last(alliances: AlliancesHub) -> None:
    given(alliances, Role.SECRETARIAT, "ann", "bob")

    change(alliances, "revoke_role", Role.SECRETARIAT, "ann")

    with alliances.refuses("LAST_HOLDER", "person"):
        change(alliances, "revoke_role", Role.SECRETARIAT, "bob")


@pytest.mark.parametrize("role", NEVER_VACANT)
def test_the_last_holder_of_an_office_stays(alliances: AlliancesHub, role: Role) -> None:
    given(alliances, role, "ann")

    with alliances.refuses("LAST_HOLDER", "person"):
        change(alliances, "revoke_role", role, "ann", "ann")


def test_an_organisation_need_not_have_a_representative(alliances: AlliancesHub) -> None:
    given(alliances, Role.REPRESENTATIVE, "ann")

    change(alliances, "revoke_role", Role.REPRESENTATIVE, "ann", "ann")

    assert not holds(alliances, Role.REPRESENTATIVE, "ann")


@pytest.mark.parametrize("role", NEVER_VACANT)
def test_of_all_who_leave_at_once_one_stays(alliances: AlliancesHub, role: Role) -> None:
    people = ["ann", "bob", "cai", "dan"]
    given(alliances, role, *people)

    outcomes = at_once(*(lambda each=each: change(alliances, "revoke_role", role, each, each) for each in people))  # type: ignore[misc]

    refused = [each.codes for each in outcomes if isinstance(each, Refused)]
    assert refused == [["LAST_HOLDER"]]
    assert [holds(alliances, role, each) for each in people].count(True) == 1
