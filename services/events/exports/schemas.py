"""The form of an export, and how a part of a table looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.exports import ExportKind
from contracts.forms import Input, choice, identifier, text, whole
from services.events.editions.editions.model import Edition
from services.events.exports.tables import Table

MOST_ROWS = 1000


class ExportRows(Input):
    """`after` is what the part before ended with."""

    kind = choice(ExportKind)
    competition_id = identifier()
    first = whole(min=1, max=MOST_ROWS, required=False)
    after = text(max=500, required=False)


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
