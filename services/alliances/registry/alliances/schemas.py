"""How alliances look from outside."""

from __future__ import annotations

from typing import Any

from contracts.alliances.registry.alliances import AllianceChange, AllianceStage
from kit.messages.outbox import OutboxRow
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.looking_back import change_view
from services.alliances.registry.naming import Period, period_view


def alliance_view(alliance: Alliance) -> dict[str, Any]:
    return {
        "id": alliance.id,
        "kind": alliance.kind,
        "region": alliance.region,
        "name_zh": alliance.name_zh,
        "name_en": alliance.name_en,
        "industry": alliance.industry,
        "founded_on": alliance.founded_on,
        "stage": alliance.stage,
        "stage_since": alliance.stage_since,
        "parent_id": alliance.parent_id,
        "level": alliance.level,
        "regions": alliance.regions or [],
        "website": alliance.website,
        "text_zh": alliance.text_zh,
        "text_en": alliance.text_en,
        "created_at": alliance.created_at,
    }


def name_view(named: tuple[Alliance, Period]) -> dict[str, Any]:
    """One of the names of an alliance."""
    alliance, period = named
    return {"alliance_id": alliance.id, **period_view(period)}


def alliance_change_view(row: OutboxRow) -> dict[str, Any]:
    """A change of the entry, and the entry as it was then; what was said before there were changes lacks some of it."""
    return {
        **change_view(row),
        "what": row.data.get("what", AllianceChange.FOUNDED),
        "kind": row.data["kind"],
        "stage": row.data.get("stage", AllianceStage.ACTIVE),
        "level": row.data.get("level"),
        "parent_id": row.data.get("parent_id"),
    }
