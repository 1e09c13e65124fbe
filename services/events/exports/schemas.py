"""How a part of a table looks from outside."""

from __future__ import annotations

from typing import Any

from kit.sheets.tables import Table, part_view
from services.events.editions.editions.model import Edition


def table_view(table: Table, edition: Edition) -> dict[str, Any]:
    series = edition.series
    return part_view(table, zh=f"{series.name_zh} {edition.name_zh}", en=f"{series.name_en} {edition.name_en}")
