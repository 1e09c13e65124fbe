"""Office contacts: how a position is reached, kept by the body itself, read by those concerned, and in no message."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
