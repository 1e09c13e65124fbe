"""How an announcement looks, to those who hear it and to those who make it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from contracts.authority import Role
from kit.data.paging import Page
from services.events.speaking.announcements.model import Announcement

MADE = ("to", "track_id", "province", "organization_ids", "goes_at", "reached")
"""What the organisers alone are shown: whom it was for."""


def announcement_view(organizes: Callable[[Announcement], bool]) -> Callable[[Announcement], dict[str, Any]]:
    """How each looks to somebody who organises some of them."""
    return lambda each: {
        "id": each.id,
        "competition_id": each.edition_id,
        "title_zh": each.title_zh,
        "title_en": each.title_en or None,
        "text_zh": each.text_zh,
        "text_en": each.text_en or None,
        "public": each.public,
        "status": each.status,
        "created_at": each.created_at,
        "sent_at": each.sent_at,
        "corrects_id": each.corrects_id,
        **(_made(each) if organizes(each) else dict.fromkeys(MADE)),
    }


def _made(each: Announcement) -> dict[str, Any]:
    return {name: getattr(each, name) for name in MADE}


def reach_view(announcement: Announcement, number: Page[str], first: Sequence[str]) -> dict[str, Any]:
    """How many would hear it and who comes first: institutions by id, delegations by province, of judges the number."""
    institutions = announcement.heard_as == Role.REPRESENTATIVE
    delegations = announcement.heard_as == Role.DELEGATION_LEADER
    return {
        "total": number.total,
        "more": number.more,
        "organization_ids": list(first) if institutions else [],
        "provinces": [scope.rpartition(":")[2] for scope in first] if delegations else [],
    }
