"""Invitations and applications that wait are told of again before their time is over, to the side that has to answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from kit.work import timers
from services.alliances.membership.invitations import watching
from services.alliances.membership.memberships.model import Membership
from tests.clock import NOW
from tests.services.alliances.alliances_hub import AlliancesHub, representative, secretariat
from tests.services.alliances.merging.mergers.merging import merge, unmerge
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


def due_dates(alliances: AlliancesHub, keeper: str) -> list[tuple[str, str]]:
    page = alliances.ask("my_dates", keeper, until=(NOW + 90 * DAY).isoformat())
    return [(each["subject_id"], each["due_at"]) for each in page["nodes"]]


def test_what_a_replica_of_the_release_before_moved_waits_as_its_steps_tell(
    alliances_on_sqlite: AlliancesHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_A_TIME", 1)
    hub = alliances_on_sqlite
    of = pair(hub, 40)
    alliance, me = of["alliance"], secretariat(of["alliance"])
    told, open_, done = (hub.organization() for _ in range(3))
    asked = {"alliance_id": alliance["id"]}
    waiting = hub.ask("apply_for_membership", **asked, organization_id=open_["id"])["id"]
    over = hub.ask("apply_for_membership", **asked, organization_id=done["id"])["id"]
    hub.ask("decline_membership", me, membership_id=over, reason="x")
    letter = invited(hub, alliance=alliance, organization=told)
    with hub.runtime.database.transaction() as session:  # as it leaves them: it knows neither the moment nor reminders
        for id_, moment in ((waiting, None), (over, NOW)):
            session.execute(update(Membership).where(Membership.id == id_).values(waits_since=moment))
        session.execute(delete(timers.DueRow))
    assert due_dates(hub, me) == []

    with hub.runtime.database.transaction() as session:
        timers.at(session, session.now, watching.WATCH_WHAT_WAITS, "")
    hub.catch_up()

    assert due_dates(hub, me) == [(waiting, (NOW + 30 * DAY).isoformat())]
    at(hub, NOW + 39 * DAY)
    assert [each["membership_id"] for each in said(hub, "application_due")] == [waiting]
    assert [each["membership_id"] for each in said(hub, "invitation_due")] == [letter["id"]]


def test_an_application_that_stands_again_since_a_merger_was_undone_is_told_of(
    alliances_on_sqlite: AlliancesHub,
) -> None:
    hub, alliance = alliances_on_sqlite, alliances_on_sqlite.alliance()
    survivor, other = hub.organization(), hub.organization()
    asked = {"alliance_id": alliance["id"]}
    goes_on, merged = (
        hub.ask("apply_for_membership", **asked, organization_id=each["id"])["id"] for each in (survivor, other)
    )
    merger = merge(hub, survivor, other)
    at(hub, NOW + 2 * DAY)
    unmerge(hub, merger)

    at(hub, NOW + 40 * DAY)

    assert {each["membership_id"] for each in said(hub, "application_due")} == {goes_on, merged}
