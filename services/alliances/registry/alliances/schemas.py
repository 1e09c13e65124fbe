"""How alliances look from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.registry.alliances.model import Alliance


def alliance_view(alliance: Alliance) -> dict[str, Any]:
    return {
        "id": alliance.id,
        "kind": alliance.kind,
        "region": alliance.region,
        "name_zh": alliance.name_zh,
        "name_en": alliance.name_en,
        "industry": alliance.industry,
        "founded_on": alliance.founded_on,
        "created_at": alliance.created_at,
    }
