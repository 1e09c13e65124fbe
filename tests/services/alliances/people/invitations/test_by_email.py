"""Invitations by e-mail: the address is given to who sends it, and is nowhere once the invitation is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.alliances.people.invitations import RoleInvitationPosted
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, AlliancesHub, representative, secretariat
from tests.services.alliances.people.invitations.test_invitations import code_of

ADDRESS = "newcomer@example.org"


def invited(hub: AlliancesHub, address: str | None = ADDRESS) -> tuple[dict[str, Any], str]:
    alliance = hub.alliance()
    scope = {"role": "secretariat", "scope_type": "alliance", "scope_id": alliance["id"]}
    by = secretariat(alliance)
    mail = {"address": address, "language": "en"} if address else {}
    return hub.ask("invite_to_role", by, **scope, name_zh="新人", **mail), by


def posted(hub: AlliancesHub) -> list[str]:
    return [body["address"] for type_, body in hub.said() if type_ == RoleInvitationPosted.type]


def is_here(hub: AlliancesHub) -> bool:
    return ADDRESS in repr(hub.contents()) or ADDRESS in repr(hub.said())


@pytest.mark.parametrize("end", ["accepted", "withdrawn", "lapsed"])
def test_the_address_is_forgotten_once_the_invitation_is_settled(alliances: AlliancesHub, end: str) -> None:
    invitation, by = invited(alliances)
    assert posted(alliances) == [ADDRESS] and invitation["posted"]
    others = [body for type_, body in alliances.said() if type_ != RoleInvitationPosted.type]
    assert ADDRESS not in repr(others) and ADDRESS not in repr(invitation)

    if end == "accepted":
        alliances.ask("accept_role", "newcomer", code=code_of(alliances, invitation, by))
    elif end == "withdrawn":
        alliances.ask("withdraw_role_invitation", by, role_invitation_id=invitation["id"])
    else:
        alliances.clock.advance(timedelta(days=14))
        alliances.ring()

    assert not is_here(alliances) and posted(alliances) == [""]
    with alliances.refuses("NOTHING_CHANGED", "roleInvitationId"):
        alliances.ask("resend_role_invitation", by, role_invitation_id=invitation["id"], address=ADDRESS)


def test_it_is_sent_again_also_to_another_address(alliances: AlliancesHub) -> None:
    invitation, by = invited(alliances)

    alliances.ask("resend_role_invitation", by, role_invitation_id=invitation["id"])
    alliances.ask("resend_role_invitation", OFFICE, role_invitation_id=invitation["id"], address="right@example.org")

    assert posted(alliances) == [ADDRESS, ADDRESS, "right@example.org"]
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("resend_role_invitation", SOMEBODY, role_invitation_id=invitation["id"])


def test_it_says_on_which_organisation_the_role_is(alliances: AlliancesHub) -> None:
    school = alliances.organization(name_zh="黄山学院")
    scope = {"role": "representative", "scope_type": "organization", "scope_id": school["id"]}

    alliances.ask("invite_to_role", representative(school), **scope, name_zh="新人", address=ADDRESS)

    [scope_named] = [body["scope"]["zh"] for type_, body in alliances.said() if type_ == RoleInvitationPosted.type]
    assert scope_named == "黄山学院"


def test_without_an_address_nothing_is_sent_and_a_wrong_one_is_refused(alliances: AlliancesHub) -> None:
    invitation, by = invited(alliances, None)
    assert posted(alliances) == [] and not invitation["posted"]

    for wrong in (None, "no address"):
        with alliances.refuses("ADDRESS_INVALID", "address"):
            given = {"address": wrong} if wrong else {}
            alliances.ask("resend_role_invitation", by, role_invitation_id=invitation["id"], **given)
