"""How the preview of a roster looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.admission.entries import EntryStatus
from kit.fonts.settings import FontSettings
from services.events.admission.entering.importing import Draft, Preview
from services.events.admission.entries.printing import unprinted
from services.events.admission.entries.schemas import unprinted_view
from services.events.editions.editions.schemas import track_view


def preview_view(preview: Preview, locale: str, fonts: FontSettings) -> dict[str, Any]:
    """What a roster would become, with its faults in the caller's language and the names that `fonts` cannot print."""
    stands = [draft.prospect.status for draft in preview.drafts]
    return {
        "rows": len(preview.sheet.lines),
        "entered": stands.count(EntryStatus.ENTERED),
        "waiting": stands.count(EntryStatus.WAITING),
        "entries": [_draft_view(draft, fonts) for draft in preview.drafts],
        "faults": preview.sheet.told(preview.faults, locale),
    }


def _draft_view(draft: Draft, fonts: FontSettings) -> dict[str, Any]:
    new = draft.prospect.new
    return {
        "rows": list(dict.fromkeys(row.number for row in draft.rows)),
        "track": track_view(new.track),
        "organization_id": new.organization.id,
        "contestant": new.contestant,
        "members": [each.name for each in new.members],
        "group_name": new.group_name,
        "unprinted_names": [unprinted_view(*each) for each in unprinted(new.names, fonts)],
        "status": draft.prospect.status,
    }
