"""What is due in alliances: for members their invitations and terms, for secretariats applications and renewals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub, representative, secretariat

YEAR = {"until": (NOW + timedelta(days=365)).isoformat()}


def dates(alliances: AlliancesHub, viewer: str, **which: Any) -> list[tuple[str, str, str | None]]:
    """Kind, thing and action of everything that is due within a year."""
    page = alliances.ask("my_dates", viewer, **{**YEAR, "first": 50, **which})
    return [(each["kind"], each["subject_id"], each["action"]) for each in page["nodes"]]


def test_an_invitation_is_due_until_it_is_answered(alliances: AlliancesHub) -> None:
    alliance, organization = alliances.alliance(), alliances.organization()
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    invited = alliances.ask("invite_member", **pair)
    me = representative(organization)

    page = alliances.ask("my_dates", me, **YEAR)
    assert page["nodes"] == [
        {
            "kind": "membership_invitation",
            "subject_type": "membership",
            "subject_id": invited["id"],
            "due_at": invited["answer_by"],
            "done": False,
            "action": "accept_invitation",
        }
    ]
    for stranger in (SOMEBODY, OFFICE, secretariat(alliance)):
        assert dates(alliances, stranger) == []

    alliances.ask("accept_invitation", me, membership_id=invited["id"])
    assert dates(alliances, me) == []
    assert dates(alliances, secretariat(alliance)) == [("application", invited["id"], "admit_member")]


def test_an_application_waits_for_its_secretariat_until_it_is_dealt_with(alliances: AlliancesHub) -> None:
    alliance, organization = alliances.alliance(), alliances.organization()
    pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
    applied = alliances.ask("apply_for_membership", **pair)
    me = secretariat(alliance)

    [due] = alliances.ask("my_dates", me)["nodes"]
    assert due["due_at"] == (NOW + timedelta(days=30)).isoformat()
    assert dates(alliances, representative(organization)) == []

    alliances.ask("admit_member", me, membership_id=applied["id"])
    assert dates(alliances, me) == []


def test_a_term_ends_for_the_member_and_is_renewed_by_the_secretariat(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    until = (NOW + timedelta(days=100)).date().isoformat()
    alliances.ask("renew_membership", membership_id=member["id"], until=until, reason="x")
    me, office = f"representative:{member['organization_id']}", secretariat(alliance)

    assert dates(alliances, me) == [("membership_term", member["id"], None)]
    assert dates(alliances, office) == [("renewal", member["id"], "renew_membership")]
    assert alliances.ask("my_dates", office, counted=True, **YEAR)["total"] == 1

    later = (NOW + timedelta(days=500)).date().isoformat()
    alliances.ask("renew_membership", membership_id=member["id"], until=later, reason="x")
    assert dates(alliances, me) == dates(alliances, office) == []


def test_a_visitor_is_asked_to_sign_in(alliances: AlliancesHub) -> None:
    with alliances.refuses("SIGN_IN_REQUIRED"):
        alliances.ask("my_dates", VISITOR)
    with alliances.refuses("OUT_OF_RANGE", "to", min=0, max=400):
        alliances.ask("my_dates", SOMEBODY, until=(NOW + timedelta(days=401)).isoformat())


def test_each_kind_is_one_bounded_statement(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    for _ in range(3):
        alliances.ask(
            "apply_for_membership", alliance_id=alliance["id"], organization_id=alliances.organization()["id"]
        )
    with alliances.statements() as sent:
        page = alliances.ask("my_dates", secretariat(alliance), first=2)
    assert (len(page["nodes"]), page["has_next"]) == (2, True)
    assert len([each for each, _ in sent if "LIMIT" in each]) == 2  # its applications and its renewals
