"""The forms of series input, and how a series looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.forms import Input, identifier, listing, text
from services.events.editions.series.model import Series


class NewSeries(Input):
    name_zh = text(max=100)
    name_en = text(max=200)


class FoundSeries(NewSeries):
    alliance_id = identifier(required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


def series_view(series: Series) -> dict[str, Any]:
    return {
        "id": series.id,
        "name_zh": series.name_zh,
        "name_en": series.name_en,
        "alliance_id": series.alliance_id,
        "created_at": series.created_at,
    }
