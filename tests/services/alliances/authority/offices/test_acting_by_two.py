"""Offices: the hub office decides by two who works in it, and what one alone, or two at once, cannot do."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, AlliancesHub
from tests.services.service_hub import Refused, at_once

SECOND, THIRD = "second", "third"
DIGEST = "0" * 64


@pytest.fixture
def office(alliances: AlliancesHub) -> AlliancesHub:
    """A hub office of two, both appointed by the operator."""
    alliances.appoint(SECOND, Role.HUB_OFFICE, Scope.hub())
    return alliances


def propose(hub: AlliancesHub, person: str, kind: str = "appoint", by: str = OFFICE) -> dict[str, Any]:
    found: dict[str, Any] = hub.ask("propose_office_change", by, person=person, kind=kind)
    return found


def sign(hub: AlliancesHub, change: dict[str, Any], by: str = SECOND) -> dict[str, Any]:
    given = {"office_change_id": change["id"], "digest": change["digest"]}
    found: dict[str, Any] = hub.ask("countersign_office_change", by, **given)
    return found


def in_office(hub: AlliancesHub, person: str) -> bool:
    return any(node["role"] == Role.HUB_OFFICE for node in hub.ask("my_grants", person)["nodes"])


def test_one_of_the_office_alone_neither_appoints_nor_removes(office: AlliancesHub) -> None:
    for method, person in (("grant_role", THIRD), ("revoke_role", SECOND)):
        about = {"person": person, "role": Role.HUB_OFFICE, "scope_type": "hub", "scope_id": "hub"}
        with office.refuses("OFFICE_TAKES_TWO", "role"):
            office.ask(method, **about)


def test_what_one_proposes_is_made_when_another_signs(office: AlliancesHub) -> None:
    before = len(office.said())

    change = propose(office, THIRD)
    waiting = office.ask("office_changes", SECOND)["nodes"]
    signed = sign(office, change)

    proposed = {"proposed_by": OFFICE, "proposed_at": NOW.isoformat()}
    about = {"id": change["id"], "person": THIRD, "kind": "appoint", "digest": change["digest"], **proposed}
    assert change == {**about, "signed_by": None, "signed_at": None, "withdrawn_at": None}
    assert waiting == [change]
    assert signed == {**change, "signed_by": SECOND, "signed_at": NOW.isoformat()}
    assert in_office(office, THIRD)
    assert office.ask("office_changes")["nodes"] == []
    said = {"office_change_id": change["id"], "person": THIRD, "kind": "appoint", "proposed_by": OFFICE}
    said["digest"] = change["digest"]
    told = office.said(since=before)
    assert [type_ for type_, _ in told] == [
        "alliances.office_change_proposed",
        "alliances.role_granted",
        "alliances.office_change_countersigned",
    ]
    assert (told[0][1], told[2][1]) == (said, {**said, "signed_by": SECOND})


def test_who_proposed_cannot_sign(office: AlliancesHub) -> None:
    change = propose(office, THIRD)

    with office.refuses("SECOND_PERSON_NEEDED", "officeChangeId"):
        sign(office, change, by=OFFICE)


def test_what_is_signed_is_what_was_seen(office: AlliancesHub) -> None:
    change = propose(office, THIRD)

    with office.refuses("DIGEST_DIFFERS", "digest"):
        sign(office, {**change, "digest": DIGEST})


def test_a_change_is_made_once(office: AlliancesHub) -> None:
    change = propose(office, THIRD)
    sign(office, change)

    with office.refuses("NOTHING_PROPOSED", "officeChangeId"):
        sign(office, change)
    with office.refuses("NOTHING_PROPOSED", "officeChangeId"):
        office.ask("withdraw_office_change", office_change_id=change["id"])


def test_what_was_taken_back_is_not_made(office: AlliancesHub) -> None:
    change = propose(office, THIRD)
    office.ask("withdraw_office_change", SECOND, office_change_id=change["id"])

    with office.refuses("NOTHING_PROPOSED", "officeChangeId"):
        sign(office, change)
    assert propose(office, THIRD)["id"] != change["id"]


def test_what_somebody_proposed_who_has_left_is_not_made(office: AlliancesHub) -> None:
    change = propose(office, THIRD, by=SECOND)
    sign(office, propose(office, SECOND, "remove"), by=SECOND)

    with office.refuses("NOTHING_PROPOSED", "officeChangeId"):
        sign(office, change, by=OFFICE)


@pytest.mark.parametrize(
    ("person", "kind", "code"), [(SECOND, "appoint", "NOTHING_CHANGED"), (THIRD, "remove", "NOT_FOUND")]
)
def test_a_change_changes_something(office: AlliancesHub, person: str, kind: str, code: str) -> None:
    with office.refuses(code, "person"):
        propose(office, person, kind)


def test_one_change_about_a_person_waits_at_a_time(office: AlliancesHub) -> None:
    propose(office, THIRD)

    with office.refuses("OFFICE_CHANGE_PENDING", "person"):
        propose(office, THIRD, by=SECOND)


def test_neither_of_the_two_removes_who_appointed_them(office: AlliancesHub) -> None:
    """Who proposed an appointment appoints as much as who signed; and so do those who had appointed these."""
    sign(office, propose(office, THIRD))
    fourth = propose(office, "fourth", by=SECOND)
    sign(office, fourth, by=THIRD)

    with office.refuses("APPOINTED_YOU", "person"):
        propose(office, OFFICE, "remove", by="fourth")
    removal = propose(office, OFFICE, "remove", by=SECOND)
    with office.refuses("APPOINTED_YOU", "person"):
        sign(office, removal, by="fourth")


def test_the_last_of_the_office_stays(office: AlliancesHub) -> None:
    sign(office, propose(office, SECOND, "remove"), by=SECOND)
    alone = propose(office, OFFICE, "remove")

    with office.refuses("SECOND_PERSON_NEEDED", "officeChangeId"):
        sign(office, alone, by=OFFICE)


def test_of_two_removals_signed_at_once_one_leaves_somebody(office: AlliancesHub) -> None:
    mine, theirs = propose(office, OFFICE, "remove", by=SECOND), propose(office, SECOND, "remove", by=OFFICE)

    outcomes = at_once(lambda: sign(office, mine, by=OFFICE), lambda: sign(office, theirs, by=SECOND))

    assert [in_office(office, each) for each in (OFFICE, SECOND)].count(True) == 1
    assert [isinstance(each, Refused) for each in outcomes].count(True) == 1


@pytest.mark.parametrize("viewer", ["", SOMEBODY])
def test_the_changes_of_the_office_are_its_own_business(office: AlliancesHub, viewer: str) -> None:
    change = propose(office, THIRD)

    with office.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        office.ask("office_changes", viewer)
    assert office.ask("office_changes_by_id", viewer, ids=[change["id"]]) == []
    assert office.ask("office_changes_by_id", ids=[change["id"], new_id()]) == [change]
