"""How entries and their members look from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.events.admission.counts_forms import CountedBy
from services.events.admission.entries.model import Entry, EntryAnswer, Member
from services.events.editions.editions.schemas import track_view


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


def answer_view(answer: EntryAnswer) -> dict[str, Any]:
    return {"entry_id": answer.entry_id, "key": answer.key, "value": answer.value, "sensitive": answer.sensitive}


def count_view(count: Mapping[str, Any], by: CountedBy) -> dict[str, Any]:
    """How many there are, of one province, institution or day."""
    of = {
        "region": count["of"] if by == CountedBy.PROVINCE else None,
        "organization_id": count["of"] if by == CountedBy.INSTITUTION else None,
        "day": count["of"] if by == CountedBy.DAY else None,
    }
    return {**of, **{name: count[name] for name in ("entered", "waiting", "offered", "ended")}}


def unprinted_view(name: str, letters: list[str]) -> dict[str, Any]:
    return {"name": name, "letters": letters}
