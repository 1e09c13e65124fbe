"""Office contacts: how a position is reached, kept by the body itself, read by those concerned, and in no message."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from procedures.sightings.service import KeptSightingsService
from procedures.sightings.settings import SightingSettings
from tests.services.alliances.alliances_hub import (
    ANHUI,
    JIANGSU,
    OFFICE,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    representative,
    secretariat,
)
from tests.services.alliances.merging.mergers.merging import merge
from tests.services.service_hub import at_once, eventually

REACHED = {"position": "国际处处长", "phone": "0559-2546500", "email": "office@hsu.edu.cn"}


def listed(alliances: AlliancesHub, found: dict[str, Any], viewer: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = alliances.ask("office_contacts", viewer, organization_id=found["id"])["nodes"]
    return nodes


def test_a_position_has_one_contact_that_no_message_tells(alliances: AlliancesHub) -> None:
    found = alliances.organization()
    speaker, before = representative(found), len(alliances.said())

    contact = alliances.ask("set_office_contact", speaker, organization_id=found["id"], **REACHED)
    changed = alliances.ask("set_office_contact", speaker, organization_id=found["id"], **REACHED | {"phone": "12345"})

    assert changed == {**contact, "phone": "12345"}
    assert listed(alliances, found, speaker) == [changed]
    said = alliances.said(since=before)
    assert [data["what"] for _, data in said] == ["presented", "presented"]
    assert not any(text in json.dumps(said, ensure_ascii=False) for text in REACHED.values())
    with alliances.refuses("NOTHING_CHANGED"):
        alliances.ask("set_office_contact", speaker, organization_id=found["id"], **REACHED | {"phone": "12345"})
    alliances.ask("remove_office_contact", speaker, contact_id=contact["id"])
    assert listed(alliances, found, speaker) == []


def test_those_concerned_read_it_and_nobody_else(alliances: AlliancesHub) -> None:
    found, other = alliances.organization(), alliances.organization()
    contact = alliances.ask("set_office_contact", organization_id=found["id"], **REACHED)
    readers = (representative(found), OFFICE, alliances.province_office(ANHUI))
    elsewhere = secretariat(alliances.alliance())
    strangers = (VISITOR, SOMEBODY, representative(other), alliances.province_office(JIANGSU), elsewhere)

    for reader in readers:
        assert listed(alliances, found, reader) == [contact]
    for stranger in strangers:
        with alliances.refuses("NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"):
            listed(alliances, found, stranger)
        with alliances.refuses("NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"):
            alliances.ask("remove_office_contact", stranger, contact_id=contact["id"])


def test_a_secretariat_reads_it_from_the_application_to_the_end(alliances: AlliancesHub) -> None:
    found, alliance = alliances.organization(), alliances.alliance()
    contact = alliances.ask("set_office_contact", organization_id=found["id"], **REACHED)
    speaker, reader = representative(found), secretariat(alliance)
    pair = {"alliance_id": alliance["id"], "organization_id": found["id"]}

    invited = alliances.ask("invite_member", reader, **pair)
    with alliances.refuses("NOT_ALLOWED"):
        listed(alliances, found, reader)
    alliances.ask("accept_invitation", speaker, membership_id=invited["id"])
    assert listed(alliances, found, reader) == [contact]
    alliances.ask("admit_member", reader, membership_id=invited["id"])
    assert listed(alliances, found, reader) == [contact]
    alliances.ask("withdraw_member", speaker, membership_id=invited["id"], reason="因故")
    with alliances.refuses("NOT_ALLOWED"):
        listed(alliances, found, reader)


def test_whose_member_was_merged_with_it_reads_it(alliances: AlliancesHub) -> None:
    alliance, survivor = alliances.alliance(), alliances.organization()
    member = alliances.member(alliance)
    contact = alliances.ask("set_office_contact", organization_id=survivor["id"], **REACHED)
    merge(alliances, survivor, {"id": member["organization_id"]})

    assert listed(alliances, survivor, secretariat(alliance)) == [contact]


def sightings(alliances: AlliancesHub, found: dict[str, Any], viewer: str, **part: Any) -> dict[str, Any]:
    seen: dict[str, Any] = alliances.ask("contact_sightings", viewer, organization_id=found["id"], **part)
    return seen


def test_the_body_sees_who_has_read_its_contacts_once_for_each_day_and_not_its_own(alliances: AlliancesHub) -> None:
    found, office = alliances.organization(), alliances.province_office(ANHUI)
    speaker = representative(found)
    alliances.ask("set_office_contact", speaker, organization_id=found["id"], **REACHED)

    for reader in (speaker, OFFICE, OFFICE, office):
        listed(alliances, found, reader)
    alliances.clock.advance(timedelta(days=1))
    listed(alliances, found, OFFICE)

    seen = sightings(alliances, found, speaker)["nodes"]
    assert [each["seen_by"] for each in seen] == [OFFICE, office, OFFICE]
    assert {(each["what"], each["purpose"]) for each in seen} == {("office_contacts", "")}
    first = sightings(alliances, found, speaker, first=2)
    assert first["nodes"] == seen[:2]
    assert sightings(alliances, found, speaker, after=first["cursors"][-1])["nodes"] == seen[2:]


def test_nobody_else_sees_who_has_read_them(alliances: AlliancesHub) -> None:
    found = alliances.organization()

    for stranger in (VISITOR, SOMEBODY, secretariat(alliances.alliance()), representative(alliances.organization())):
        with alliances.refuses("NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"):
            sightings(alliances, found, stranger)


def test_who_is_not_let_in_has_read_nothing(alliances: AlliancesHub) -> None:
    found = alliances.organization()

    with alliances.refuses("NOT_ALLOWED"):
        listed(alliances, found, SOMEBODY)

    assert sightings(alliances, found, OFFICE)["nodes"] == []


def test_many_who_read_at_once_are_one_sighting_each(alliances: AlliancesHub) -> None:
    found = alliances.organization()

    at_once(*[partial(listed, alliances, found, OFFICE)] * 4, partial(listed, alliances, found, representative(found)))

    assert [each["seen_by"] for each in sightings(alliances, found, OFFICE)["nodes"]] == [OFFICE]


def test_a_merged_body_shows_who_has_read_either_of_the_two(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization()
    listed(alliances, other, OFFICE)
    listed(alliances, survivor, OFFICE)
    merge(alliances, survivor, other)

    assert len(sightings(alliances, survivor, representative(survivor))["nodes"]) == 2


def test_sightings_go_when_their_time_is_over(alliances: AlliancesHub) -> None:
    found, days = alliances.organization(), alliances.runtime.settings.of(SightingSettings).days
    listed(alliances, found, OFFICE)
    alliances.clock.advance(timedelta(days=days))
    listed(alliances, found, OFFICE)
    service, keeping = alliances.runtime.service, alliances.runtime.settings.keeping
    assert isinstance(service, KeptSightingsService)

    def forgotten() -> int:
        with alliances.runtime.database.transaction() as session:
            return service.forget_sightings(session, keeping)

    assert forgotten() == 0
    alliances.clock.advance(timedelta(seconds=1))
    assert forgotten() in {0, 1}  # the clock has woken the pump that tidies, which may be faster
    eventually(lambda: len(sightings(alliances, found, OFFICE)["nodes"]) == 1)
    assert forgotten() == 0


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"phone": None, "email": None}, "REQUIRED", "phone"),
        ({"phone": "call me"}, "INVALID", "phone"),
        ({"email": "nobody"}, "INVALID", "email"),
    ],
)
def test_what_reaches_nobody_is_refused(alliances: AlliancesHub, given: dict[str, Any], code: str, field: str) -> None:
    found = alliances.organization()

    with alliances.refuses(code, field):
        alliances.ask("set_office_contact", organization_id=found["id"], **REACHED | given)
