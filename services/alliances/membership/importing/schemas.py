"""How the preview of a sheet of members looks from outside."""

from __future__ import annotations

from collections import Counter
from typing import Any

from contracts.alliances.membership.importing import EnterAs, RowEffect
from kit.documents.digest import digest
from kit.sheets.sheet import Sheet
from services.alliances.membership.importing.commands import effect
from services.alliances.registry.importing.commands import kept
from services.alliances.registry.importing.judging import Judged, Meant
from services.alliances.registry.importing.schemas import row_view


def rows_of(judged: Judged, statuses: dict[str, str], enter_as: EnterAs) -> list[dict[str, Any]]:
    """The rows as a job keeps them, with what is done about each."""
    return [kept(row) | {"effect": effect(_status(row, statuses), enter_as).value} for row in judged.rows]


def preview_view(
    sheet: Sheet, judged: Judged, statuses: dict[str, str], *, locale: str, about: dict[str, Any]
) -> dict[str, Any]:
    rows = rows_of(judged, statuses, about["enter_as"])
    counts = Counter(row["effect"] for row in rows)
    shown = [
        row_view(row) | {"status": _status(row, statuses), "effect": planned["effect"]}
        for row, planned in zip(judged.rows, rows, strict=True)
    ]
    return {
        "rows": shown,
        "invited": counts[RowEffect.INVITE],
        "admitted": counts[RowEffect.ADMIT],
        "unchanged": counts[RowEffect.NOTHING],
        "registered": sum(row.new is not None for row in judged.rows),
        "faults": sheet.told(judged.faults, locale),
        "digest": digest([about, *rows]),
    }


def _status(row: Meant, statuses: dict[str, str]) -> str | None:
    return statuses.get(row.organization_id) if row.organization_id else None
