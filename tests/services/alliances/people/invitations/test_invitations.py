"""Invitations to a role: whoever signs in with the code holds it; a code is worth something once, for a time, from who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.alliances.people.persons import PersonCalled
from contracts.authority import Role, Scope
from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    OFFICE,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    representative,
    secretariat,
)
from tests.services.service_hub import Refused, at_once


def invite(hub: AlliancesHub, alliance: dict[str, Any], by: str = "", **more: Any) -> dict[str, Any]:
    scope = {"role": Role.SECRETARIAT, "scope_type": "alliance", "scope_id": alliance["id"]}
    found: dict[str, Any] = hub.ask("invite_to_role", by or secretariat(alliance), **scope, name_zh="新人", **more)
    return found


def code_of(hub: AlliancesHub, invitation: dict[str, Any], viewer: str) -> str:
    [found] = hub.ask("role_invitation_codes", viewer, ids=[invitation["id"]])
    return str(found["code"])


def roles(hub: AlliancesHub, person: str) -> list[tuple[str, str]]:
    return [(node["role"], node["scope_id"]) for node in hub.ask("my_grants", person)["nodes"]]


def test_whoever_signs_in_with_the_code_holds_the_role_and_is_known(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    by = secretariat(alliance)
    before = len(alliances.said())
    invitation = invite(alliances, alliance)

    grant = alliances.ask("accept_role", "newcomer", code=code_of(alliances, invitation, by))

    assert roles(alliances, "newcomer") == [("secretariat", alliance["id"])]
    assert [(ground["kind"], ground["given_by"]) for ground in grant["grounds"]] == [("invitation", by)]
    assert alliances.ask("me", "newcomer")["name_zh"] == "新人"
    said = alliances.said(since=before)
    assert [type_.partition(".")[2] for type_, _ in said] == [
        "role_offered",
        "person_registered",
        "person_called",
        "role_granted",
        "role_accepted",
    ]
    assert "新人" not in repr([body for type_, body in said if type_ != PersonCalled.type])
    with alliances.refuses("APPOINTED_YOU", "person"):
        scope = {"role": Role.SECRETARIAT, "scope_type": "alliance", "scope_id": alliance["id"]}
        alliances.ask("revoke_role", "newcomer", person=by, **scope)


def test_a_code_is_worth_something_once(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    code = code_of(alliances, invite(alliances, alliance), secretariat(alliance))
    people = [f"newcomer-{number}" for number in range(4)]

    outcomes = at_once(*(lambda each=each: alliances.ask("accept_role", each, code=code) for each in people))  # type: ignore[misc]

    assert [each.codes for each in outcomes if isinstance(each, Refused)] == [["ROLE_INVITATION_VOID"]] * 3
    assert [len(roles(alliances, each)) for each in people].count(1) == 1


@pytest.mark.parametrize("end", ["withdrawn", "expired", "revoked"])
def test_a_code_is_worth_nothing_after_its_end(alliances: AlliancesHub, end: str) -> None:
    alliance = alliances.alliance()
    by = secretariat(alliance)
    invitation = invite(alliances, alliance)
    code = code_of(alliances, invitation, by)
    if end == "withdrawn":
        gone = alliances.ask("withdraw_role_invitation", by, role_invitation_id=invitation["id"])
        assert (gone["status"], gone["name_zh"]) == ("withdrawn", "")
    elif end == "expired":
        alliances.clock.advance(timedelta(days=14))
        alliances.ring()
        [seen] = alliances.ask("role_invitations_by_id", by, ids=[invitation["id"]])
        assert (seen["status"], seen["name_zh"]) == ("expired", "")
    else:
        alliances.appoint("another", Role.SECRETARIAT, Scope.alliance(alliance["id"]))
        scope = {"role": Role.SECRETARIAT, "scope_type": "alliance", "scope_id": alliance["id"]}
        alliances.ask("revoke_role", person=by, **scope)

    with alliances.refuses("ROLE_INVITATION_VOID", "code"):
        alliances.ask("accept_role", "newcomer", code=code)
    if end != "revoked":
        assert alliances.ask("role_invitation_codes", by, ids=[invitation["id"]]) == []
        with alliances.refuses("NOTHING_CHANGED", "roleInvitationId"):
            alliances.ask("withdraw_role_invitation", by, role_invitation_id=invitation["id"])


def test_a_code_that_was_made_up_is_refused_alike(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    code = code_of(alliances, invite(alliances, alliance), secretariat(alliance))

    for wrong in ("x", code[:-2], code.swapcase()):
        with alliances.refuses("ROLE_INVITATION_VOID", "code"):
            alliances.ask("accept_role", "newcomer", code=wrong)
    with alliances.refuses("SIGN_IN_REQUIRED"):
        alliances.ask("accept_role", VISITOR, code=code)


def test_who_invites_and_who_sees_it(alliances: AlliancesHub) -> None:
    alliance, school = alliances.alliance(), alliances.organization()
    invitation = invite(alliances, alliance)
    scope = {"scope_type": "alliance", "scope_id": alliance["id"]}

    for viewer, code in {
        representative(school): "NOT_ALLOWED",
        SOMEBODY: "NOT_ALLOWED",
        VISITOR: "SIGN_IN_REQUIRED",
    }.items():
        with alliances.refuses(code):
            invite(alliances, alliance, viewer or VISITOR) if viewer else alliances.ask(
                "invite_to_role", VISITOR, role="secretariat", name_zh="新人", **scope
            )
        with alliances.refuses(code):
            alliances.ask("role_invitations", viewer, **scope)
        assert alliances.ask("role_invitation_codes", viewer, ids=[invitation["id"]]) == []
    assert [each["id"] for each in alliances.ask("role_invitations", OFFICE, **scope)["nodes"]] == [invitation["id"]]
    assert alliances.ask("role_invitation_codes", OFFICE, ids=[invitation["id"]]) == []
    with alliances.refuses("OFFICE_TAKES_TWO", "role"):
        alliances.ask("invite_to_role", role="hub_office", scope_type="hub", scope_id="hub", name_zh="新人")


def test_an_invitation_gives_no_role_for_longer_than_the_inviters_own(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    end = (NOW + timedelta(days=5)).isoformat()
    scope = {"role": "secretariat", "scope_type": "alliance", "scope_id": alliance["id"]}
    alliances.ask("grant_role", person="deputy", until=end, **scope)

    invitation = invite(alliances, alliance, "deputy")
    code = code_of(alliances, invitation, "deputy")

    assert alliances.ask("accept_role", "newcomer", code=code)["until"] == end


def test_so_many_are_open_on_a_scope_at_once(alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch) -> None:
    alliance = alliances.alliance()
    for _ in range(50):
        invite(alliances, alliance)

    with alliances.refuses("TOO_MANY_ROLE_INVITATIONS", "scopeId", most=50):
        invite(alliances, alliance)
