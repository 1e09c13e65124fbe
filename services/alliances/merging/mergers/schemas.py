"""How mergers, their previews and duplicates look from outside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.alliances.merging.mergers import DuplicateReason
from services.alliances.merging.mergers.model import MergerFacts
from services.alliances.merging.mergers.preview import Difference, Meeting, Preview
from services.alliances.registry.organizations.schemas import organization_view


def preview_view(preview: Preview) -> dict[str, Any]:
    return {
        "survivor_id": preview.survivor.id,
        "other": organization_view(preview.other),
        "differences": [_difference_view(each) for each in preview.differences],
        "meetings": [_meeting_view(each) for each in preview.meetings],
        "alliance_count": len(preview.alliances),
        "undecided": preview.undecided,
        "digest": None if preview.undecided else preview.digest,
    }


def _difference_view(difference: Difference) -> dict[str, Any]:
    return {
        "field": difference.field,
        "survivor": difference.survivor,
        "other": difference.other,
        "keep": difference.keep,
    }


def _meeting_view(meeting: Meeting) -> dict[str, Any]:
    return {
        "alliance_id": meeting.alliance_id,
        "goes_on_id": meeting.goes_on.id,
        "goes_on_status": meeting.goes_on.status,
        "merges_id": meeting.merges.id,
        "merges_status": meeting.merges.status,
    }


class MergerViews:
    """Mergers as they look where they can be undone within so many days."""

    def __init__(self, unmerge_days: int) -> None:
        self._open = timedelta(days=unmerge_days)

    def merger(self, facts: MergerFacts) -> dict[str, Any]:
        return {
            "id": facts.id,
            "survivor_id": facts.survivor_id,
            "other": organization_view(facts.other),
            "ground": facts.ground,
            "merged_at": facts.merger.merged_at,
            "undo_until": facts.merger.merged_at + self._open,
            "unmerged_at": facts.merger.unmerged_at,
            "reason": facts.reason,
        }

    def of_organization(self, found: tuple[str, MergerFacts]) -> dict[str, Any]:
        """A merger of an organisation that was asked about."""
        organization_id, facts = found
        return {**self.merger(facts), "organization_id": organization_id}


def pair_view(pair: tuple[str, str], reason: DuplicateReason) -> dict[str, Any]:
    """Two organisations that may be one, the one that was registered first before the other."""
    earlier_id, later_id = pair
    return {"reason": reason, "earlier_id": earlier_id, "later_id": later_id}
