"""The forms of entry input, and how entries, members and the preview of a roster look from outside."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import marshmallow

from contracts.events.admission.eligibility import PersonNumberInvalid
from contracts.events.admission.entries import EntryStatus, MemberRole
from contracts.forms import Input, Page, choice, flag, identifier, listing, nested, person, text
from contracts.refusals import Invalid, Required
from kit.person_keys import is_person_number
from services.events.admission.entries.model import Entry, Member
from services.events.admission.entries.rules import MOST_ENTRIES, MOST_MEMBERS
from services.events.editions.editions.schemas import track_view

MOST_CHARACTERS = 4_000_000
"""Of a roster; the gateway takes fewer bytes in one request."""


class PersonForm(Input):
    """A person number is turned into a key at once, and not kept."""

    name = text(max=100)
    person_number = text(max=50, required=False)
    organization_id = identifier(required=False)
    person = person(required=False)

    @marshmallow.validates("person_number")
    def can_be_one(self, number: str | None, **_: Any) -> None:
        if number and not is_person_number(number):
            raise marshmallow.ValidationError(PersonNumberInvalid.code)


class MemberForm(PersonForm):
    role = choice(MemberRole)


class EntryForm(Input):
    track_id = identifier()
    organization_id = identifier()
    contestant = text(max=100)
    members = listing(nested(MemberForm), max=MOST_MEMBERS, required=False)
    group_name = text(max=100, required=False)


class SubmitEntry(EntryForm):
    wait_if_full = flag(required=False)


class SubmitEntries(Input):
    entries = listing(nested(EntryForm), min=1, max=MOST_ENTRIES)
    wait_if_full = flag(required=False)


class OneRoster(Input):
    """Either `csv`, the text, or `file`, the bytes of the file in base64; a client need not know its encoding."""

    competition_id = identifier()
    csv = text(min=0, max=MOST_CHARACTERS, required=False)
    file = text(min=0, max=MOST_CHARACTERS, required=False)
    wait_if_full = flag(required=False)

    @marshmallow.validates_schema
    def one_of_them(self, said: dict[str, Any], **_: Any) -> None:
        given = [name for name in ("csv", "file") if said.get(name) is not None]
        if len(given) != 1:
            raise marshmallow.ValidationError(Invalid.code if given else Required.code, "file")

    @marshmallow.post_load
    def data(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        text, encoded = said.pop("csv", None), said.pop("file", None)
        return {**said, "data": text if text is not None else _decoded(encoded)}


class OneEntry(Input):
    entry_id = identifier()


class OneMember(OneEntry):
    member_id = identifier()


class SubstituteMember(OneMember, PersonForm):
    """Who comes in the place of the member, in the same role."""


class Entries(Page):
    competition_id = identifier()
    track_id = identifier(required=False)
    status = choice(EntryStatus, required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


class OfEntries(Input):
    entry_ids = listing(identifier(), min=1, max=100)


def entry_view(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "competition_id": entry.edition_id,
        "track": track_view(entry.track),
        "organization_id": entry.organization_id,
        "province": entry.province,
        "contestant": entry.contestant,
        "status": entry.status,
        "group_name": entry.group_name,
        "offered_until": entry.offered_until,
        "created_at": entry.created_at,
        "withdrawn_at": entry.withdrawn_at,
        "erased_at": entry.erased_at,
    }


def member_view(member: Member) -> dict[str, Any]:
    """A member; whether an identity number was given is told, its key is not."""
    return {
        "id": member.id,
        "entry_id": member.entry_id,
        "role": member.role,
        "name": member.name,
        "organization_id": member.organization_id,
        "person": member.person,
        "identified": member.person_key is not None,
        "erased_at": member.erased_at,
    }


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise marshmallow.ValidationError({"file": [Invalid.code]}) from error
