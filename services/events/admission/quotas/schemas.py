"""How quotas look from outside."""

from __future__ import annotations

from typing import Any

from services.events.admission.quotas.model import WHOLE, Quota


def province_view(row: Any) -> dict[str, Any]:
    return {
        "track_id": row.track_id,
        "province": row.province,
        "places": row.places,
        "taken": row.taken,
        "offered": row.offered,
        "free": row.free,
    }


def quota_view(quota: Quota) -> dict[str, Any]:
    return {
        "id": quota.id,
        "track_id": quota.track_id,
        "parent_id": quota.parent_id,
        "level": quota.level,
        "region": None if quota.region == WHOLE else quota.region,
        "organization_id": quota.organization_id,
        "issued": quota.issued,
        "allocated": quota.allocated,
        "returned": quota.returned,
        "held": quota.allotted,
        "taken": quota.taken,
        "offered": quota.offered,
        "free": None if quota.unlimited else quota.free,
        "closed": quota.closed,
    }
