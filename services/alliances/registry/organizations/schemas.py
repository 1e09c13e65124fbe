"""How organisations look from outside."""

from __future__ import annotations

from typing import Any

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationStatus
from kit.messages.outbox import OutboxRow
from services.alliances.registry.looking_back import change_view
from services.alliances.registry.naming import Period, period_view
from services.alliances.registry.organizations.model import Organization, PlannedMove


def organization_view(organization: Organization) -> dict[str, Any]:
    return {
        "id": organization.id,
        "kind": organization.kind,
        "region": organization.region,
        "name_zh": organization.name_zh,
        "name_en": organization.name_en,
        "credit_code": organization.credit_code,
        "aliases": organization.aliases,
        "school_code": organization.school_code,
        "country": organization.country,
        "website": organization.website,
        "text_zh": organization.text_zh,
        "text_en": organization.text_en,
        "superior_id": organization.superior_id,
        "status": organization.status,
        "retired_on": organization.retired_on,
        "created_at": organization.created_at,
    }


def found_view(found: tuple[Organization, list[str]]) -> dict[str, Any]:
    """An organisation that was asked for by id, with those ids of merged ones under which it was asked for too."""
    organization, merged_ids = found
    return organization_view(organization) | ({"merged_ids": merged_ids} if merged_ids else {})


def name_view(named: tuple[Organization, Period]) -> dict[str, Any]:
    """One of the names of an organisation."""
    organization, period = named
    return {"organization_id": organization.id, **period_view(period)}


def planned_move_view(plan: PlannedMove) -> dict[str, Any]:
    return {
        "organization_id": plan.organization_id,
        "region": plan.region or None,
        "country": plan.country,
        "since": plan.since,
    }


def organization_change_view(row: OutboxRow) -> dict[str, Any]:
    """A change of the entry, and the entry as it was then; what was said before there were changes lacks some of it."""
    return {
        **change_view(row),
        "what": row.data.get("what", OrganizationChange.REGISTERED),
        "kind": row.data["kind"],
        "status": row.data.get("status", OrganizationStatus.ACTIVE),
        "country": row.data.get("country"),
        "aliases": row.data["aliases"],
        "superior_id": row.data.get("superior_id"),
        "credit_code": row.data.get("credit_code"),
        "to_region": row.data.get("to_region"),
        "to_country": row.data.get("to_country"),
    }
