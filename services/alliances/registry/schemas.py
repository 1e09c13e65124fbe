"""The forms of registry input, and how organisations and alliances look from outside."""

from __future__ import annotations

from typing import Any

from contracts.alliances import AllianceKind, OrganizationKind
from contracts.forms import Input, Page, choice, day, identifier, listing, person, text
from services.alliances.registry.model import Alliance, Organization

REGION = r"[0-9]{6}\Z"


class RegisterOrganization(Input):
    kind = choice(OrganizationKind)
    region = text(pattern=REGION)
    name_zh = text(max=100)
    name_en = text(max=200)
    credit_code = text(max=30, required=False)
    aliases = listing(text(max=100), max=20, required=False)
    representative = person(required=False)


class FoundAlliance(Input):
    kind = choice(AllianceKind)
    region = text(pattern=REGION, required=False)
    name_zh = text(max=100)
    name_en = text(max=200)
    industry = text(max=100, required=False)
    founded_on = day(required=False)
    secretariat = person(required=False)


class Organizations(Page):
    kind = choice(OrganizationKind, required=False)
    region = text(pattern=REGION, required=False)
    name = text(max=100, required=False)


class Alliances(Page):
    kind = choice(AllianceKind, required=False)
    region = text(pattern=REGION, required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


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
