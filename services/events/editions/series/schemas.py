"""How a series looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.editions.series.model import AllianceConsent, Series


def series_view(series: Series) -> dict[str, Any]:
    return {
        "id": series.id,
        "name_zh": series.name_zh,
        "name_en": series.name_en,
        "alliance_id": series.alliance_id,
        "created_at": series.created_at,
    }


def consent_view(consent: AllianceConsent) -> dict[str, Any]:
    return {"alliance_id": consent.alliance_id, "series_id": consent.series_id, "given_at": consent.given_at}
