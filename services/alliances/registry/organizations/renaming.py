"""Renaming: names from a day on, past or to come, and striking out those that never were."""

from __future__ import annotations

from datetime import date

from contracts.alliances.registry.organizations import OrganizationChange
from kit.data.db import Session
from services.alliances.registry.days import today_of
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import tell
from services.alliances.registry.organizations.turning import plan_turn


def rename_organization(
    session: Session, *, organization: Organization, name_zh: str, name_en: str, since: date, reason: str
) -> None:
    """It has these names from a day on; the former ones stay findable."""
    today, before, aliases = today_of(session.now), organization.named, organization.own_aliases
    new = organization.bear_since(since, name_zh, name_en, reason, today=today)
    organization.take_names_of(today)
    organization.call_it(aliases, today)
    what, named = OrganizationChange.RENAMED, before
    if new.is_ahead_of(today):
        what, named = OrganizationChange.RENAMING_PLANNED, new.named(organization.id)
    tell(session, organization, what, reason=reason, since=since, named=named)
    plan_turn(session, organization)


def withdraw_organization_name(session: Session, *, organization: Organization, since: date, reason: str) -> None:
    """It never had, or will not have, the names of that day."""
    today, aliases = today_of(session.now), organization.own_aliases
    struck = organization.strike_out(since).named(organization.id)
    organization.take_names_of(today)
    organization.call_it(aliases, today)
    tell(session, organization, OrganizationChange.NAME_WITHDRAWN, reason=reason, since=since, named=struck)
    plan_turn(session, organization)
