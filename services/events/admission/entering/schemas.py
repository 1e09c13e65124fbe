"""How the preview of a roster looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.admission.entries import EntryStatus
from services.events.admission.entering.importing import Draft, Preview
from services.events.editions.editions.schemas import track_view


def preview_view(preview: Preview, locale: str) -> dict[str, Any]:
    """What a roster would become, with its faults in the caller's language."""
    stands = [draft.prospect.status for draft in preview.drafts]
    return {
        "rows": len(preview.sheet.lines),
        "entered": stands.count(EntryStatus.ENTERED),
        "waiting": stands.count(EntryStatus.WAITING),
        "entries": [_draft_view(draft) for draft in preview.drafts],
        "faults": preview.sheet.told(preview.faults, locale),
    }


def _draft_view(draft: Draft) -> dict[str, Any]:
    new = draft.prospect.new
    return {
        "rows": list(dict.fromkeys(row.number for row in draft.rows)),
        "track": track_view(new.track),
        "organization_id": new.organization.id,
        "contestant": new.contestant,
        "members": [each.name for each in new.members],
        "group_name": new.group_name,
        "status": draft.prospect.status,
    }
