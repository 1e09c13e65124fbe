"""How relations and successions look from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.registry.relations.model import Relation, Succession


def relation_view(relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "organization_id": relation.organization_id,
        "to_id": relation.to_id,
        "kind": relation.kind,
        "since": relation.since,
        "until": relation.until,
        "reason": relation.reason,
        "succession_id": relation.succession_id,
    }


def succession_view(succession: Succession) -> dict[str, Any]:
    return {
        "id": succession.id,
        "kind": succession.kind,
        "on": succession.on,
        "from_ids": succession.from_ids,
        "to_ids": succession.to_ids,
        "reason": succession.reason,
        "withdrawn_at": succession.withdrawn_at,
        "created_at": succession.created_at,
    }
