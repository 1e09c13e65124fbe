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
