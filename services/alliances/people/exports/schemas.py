"""How an export of a person looks from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.people.exports.model import PersonExport


def person_export_view(export: PersonExport) -> dict[str, Any]:
    return {
        "id": export.id,
        "person_id": export.person_id,
        "asked_by": export.asked_by,
        "purpose": export.purpose,
        "created_at": export.created_at,
        "until": export.until,
    }
