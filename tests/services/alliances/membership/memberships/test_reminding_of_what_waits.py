"""Invitations and applications that wait are told of again before their time is over, to the side that has to answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.clock import NOW
from tests.services.alliances.alliances_hub import AlliancesHub, representative, secretariat
from tests.services.ringing import at

DAY = timedelta(days=1)


def said(alliances: AlliancesHub, type_: str) -> list[dict[str, Any]]:
    return [data for said, data in alliances.said() if said == f"alliances.{type_}"]


def pair(alliances: AlliancesHub, days: int) -> dict[str, Any]:
    """An alliance whose invitations are answered within so many days, and an organisation."""
    alliance, organization = alliances.alliance(), alliances.organization()
    rules = {"invitations": {"days": days}}
    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")
    return {"alliance": alliance, "organization": organization}


def invited(alliances: AlliancesHub, **of: Any) -> dict[str, Any]:
    ids = {f"{name}_id": each["id"] for name, each in of.items()}
    found: dict[str, Any] = alliances.ask("invite_member", **ids)
    return found


def test_an_invitation_is_told_of_again_before_it_lapses(alliances: AlliancesHub) -> None:
    first = pair(alliances, 10)
    answered = pair(alliances, 10)
    membership, other = invited(alliances, **first), invited(alliances, **answered)
    alliances.ask("accept_invitation", representative(answered["organization"]), membership_id=other["id"])

    at(alliances, NOW + 4 * DAY)
    assert said(alliances, "invitation_due") == []
    at(alliances, NOW + 9 * DAY)
    [due] = said(alliances, "invitation_due")
    assert (due["membership_id"], due["answer_by"]) == (membership["id"], membership["answer_by"])


def test_an_invitation_that_was_taken_back_is_not_told_of(alliances: AlliancesHub) -> None:
    membership = invited(alliances, **pair(alliances, 10))
    alliances.ask("withdraw_invitation", membership_id=membership["id"], reason="x")
    at(alliances, NOW + 11 * DAY)
    assert said(alliances, "invitation_due") == []


def test_a_secretariat_is_reminded_of_an_application_once_while_it_waits(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    waiting, dealt_with = (
        alliances.ask(
            "apply_for_membership", alliance_id=alliance["id"], organization_id=alliances.organization()["id"]
        )
        for _ in range(2)
    )
    me = secretariat(alliance)
    alliances.ask("start_review", me, membership_id=waiting["id"])
    alliances.ask("decline_membership", me, membership_id=dealt_with["id"], reason="x")
    at(alliances, NOW + 40 * DAY)
    [due] = said(alliances, "application_due")
    assert (due["membership_id"], due["due_at"]) == (waiting["id"], (NOW + 30 * DAY).isoformat())
