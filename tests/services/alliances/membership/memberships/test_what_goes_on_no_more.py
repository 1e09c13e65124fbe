"""What goes on no more: a body that is closed and an alliance that is dissolved come to no new membership."""

from __future__ import annotations

from tests.clock import NOW
from tests.services.alliances.alliances_hub import AlliancesHub

TODAY = str(NOW.date())


def test_a_closed_body_joins_nothing_until_it_goes_on(alliances: AlliancesHub) -> None:
    alliance, organization = alliances.alliance(), alliances.organization()
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    applied = alliances.ask("apply_for_membership", **pair)
    alliances.ask("retire_organization", organization_id=organization["id"], on=TODAY, reason="撤销")

    with alliances.refuses("ORGANIZATION_INACTIVE", "organizationId"):
        alliances.ask("admit_member", membership_id=applied["id"])
    alliances.ask("withdraw_member", membership_id=applied["id"], reason="撤销")
    for step in ("apply_for_membership", "invite_member"):
        with alliances.refuses("ORGANIZATION_INACTIVE", "organizationId"):
            alliances.ask(step, **pair)
    alliances.ask("reopen_organization", organization_id=organization["id"], reason="误办")
    assert alliances.ask("invite_member", **pair)["status"] == "invited"


def test_a_dissolved_alliance_takes_nobody_in_and_lets_everybody_go(alliances: AlliancesHub) -> None:
    alliance, organization = alliances.alliance(), alliances.organization()
    member = alliances.member(alliance)
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    alliances.ask("move_alliance_stage", alliance_id=alliance["id"], stage="dissolved", on=TODAY, reason="终止")

    for step in ("apply_for_membership", "invite_member"):
        with alliances.refuses("ALLIANCE_STAGE_STANDS", "allianceId", stage="dissolved"):
            alliances.ask(step, **pair)
    assert alliances.ask("withdraw_member", membership_id=member["id"], reason="终止")["status"] == "withdrawn"
