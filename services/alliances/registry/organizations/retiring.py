"""Retiring: an organisation is closed, today, earlier or on a day to come, or goes on after all."""

from __future__ import annotations

from datetime import date

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationStatus
from kit.data.db import Session
from services.alliances.registry.days import today_of
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import tell
from services.alliances.registry.organizations.turning import plan_turn


def retire_organization(session: Session, *, organization: Organization, on: date, reason: str) -> None:
    """It is closed from this day on; one that is to be closed may get another day."""
    organization.check_can_be_closed()
    ahead = on > today_of(session.now)
    organization.retired_on = on
    if not ahead:
        organization.status = OrganizationStatus.INACTIVE
    what = OrganizationChange.RETIREMENT_PLANNED if ahead else OrganizationChange.RETIRED
    tell(session, organization, what, reason=reason, since=on)
    plan_turn(session, organization)


def reopen_organization(session: Session, *, organization: Organization, reason: str) -> None:
    """It goes on; refuses where another has taken its name or code meanwhile."""
    organization.check_can_be_reopened()
    organization.status, organization.retired_on = OrganizationStatus.ACTIVE, None
    tell(session, organization, OrganizationChange.REOPENED, reason=reason, known="organizationId")
    plan_turn(session, organization)
