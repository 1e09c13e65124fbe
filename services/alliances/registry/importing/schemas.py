"""How the preview of a sheet of organisations looks from outside."""

from __future__ import annotations

from typing import Any

from kit.documents.digest import digest
from kit.sheets.sheet import Sheet
from services.alliances.registry.importing.commands import kept
from services.alliances.registry.importing.judging import Judged, Meant


def preview_view(sheet: Sheet, judged: Judged, locale: str) -> dict[str, Any]:
    return {
        "rows": [row_view(row) for row in judged.rows],
        "registered": sum(row.new is not None for row in judged.rows),
        "unchanged": sum(row.new is None for row in judged.rows),
        "faults": sheet.told(judged.faults, locale),
        "digest": digest([{}, *map(kept, judged.rows)]),
    }


def row_view(row: Meant) -> dict[str, Any]:
    return {
        "row": row.number,
        "name": row.name,
        "organization_id": row.organization_id,
        "matched_by": row.match.by if row.match else None,
    }
