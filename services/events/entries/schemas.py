"""The forms of entry input, and how an entry looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.entries import EntryStatus
from kit.schemas import Input, Page, choice, identifier, listing, text
from services.events.competitions.schemas import track_view
from services.events.entries.model import Entry


class SubmitEntry(Input):
    track_id = identifier()
    organization_id = identifier()
    contestant = text(max=100)


class OneEntry(Input):
    entry_id = identifier()


class Entries(Page):
    competition_id = identifier()
    track_id = identifier(required=False)
    status = choice(EntryStatus, required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


def entry_view(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "competition_id": entry.edition_id,
        "track": track_view(entry.track),
        "organization_id": entry.organization_id,
        "province": entry.province,
        "contestant": entry.contestant,
        "status": entry.status,
        "created_at": entry.created_at,
        "withdrawn_at": entry.withdrawn_at,
    }
