"""How organisations and alliances look from outside."""

from __future__ import annotations

from typing import Any

from services.alliances.registry.organizations.model import Organization


def organization_view(organization: Organization) -> dict[str, Any]:
    return {
        "id": organization.id,
        "kind": organization.kind,
        "region": organization.region,
        "name_zh": organization.name_zh,
        "name_en": organization.name_en,
        "credit_code": organization.credit_code,
        "aliases": organization.aliases,
        "created_at": organization.created_at,
    }


def found_view(found: tuple[Organization, list[str]]) -> dict[str, Any]:
    """An organisation that was asked for by id, with those ids of merged ones under which it was asked for too."""
    organization, merged_ids = found
    return organization_view(organization) | ({"merged_ids": merged_ids} if merged_ids else {})
