"""How the preview of a sheet of members looks from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from contracts.alliances.membership.importing import RowEffect
from kit.documents.digest import digest
from kit.sheets.sheet import Sheet
from services.alliances.membership.importing.joining import Joining
from services.alliances.registry.importing.commands import kept
from services.alliances.registry.importing.judging import Judged
from services.alliances.registry.importing.schemas import row_view

Given = Mapping[int, dict[str, Any]]
"""What rows give to who joins by them, by the number of the row."""


def rows_of(judged: Judged, joining: Joining, given: Given) -> list[dict[str, Any]]:
    """The rows as a job keeps them, with what is done about each."""
    return [kept(row) | {"effect": joining.effect(row).value} | given.get(row.number, {}) for row in judged.rows]


def preview_view(
    sheet: Sheet, judged: Judged, joining: Joining, given: Given, *, locale: str, about: dict[str, Any]
) -> dict[str, Any]:
    rows = rows_of(judged, joining, given)
    counts = Counter(row["effect"] for row in rows)
    shown = [
        row_view(row)
        | {"status": joining.status(row), "effect": planned["effect"]}
        | {name: planned.get(name) for name in ("member_class", "until", "delegate", "position")}
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
