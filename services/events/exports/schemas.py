"""How a part of a table looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.editions.editions.model import Edition
from services.events.exports.parts import Table


def table_view(table: Table, edition: Edition) -> dict[str, Any]:
    return {
        "name": {
            "zh": f"{edition.series.name_zh} {edition.name_zh}",
            "en": f"{edition.series.name_en} {edition.name_en}",
        },
        "columns": [{"zh": column.zh, "en": column.en, "kind": column.kind} for column in table.columns],
        "rows": table.rows,
        "after": table.after,
    }
