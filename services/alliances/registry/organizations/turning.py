"""Turning: on the day on which an organisation gets other names or is closed, its entry follows, by a timer."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationStatus
from kit.data.db import Session
from kit.work import timers
from services.alliances.registry.days import beginning_of, today_of
from services.alliances.registry.naming import next_turn, period_on
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import is_borne
from services.alliances.registry.organizations.telling import tell

TURN_ORGANIZATION = "turn_organization"


def plan_turn(session: Session, organization: Organization) -> None:
    """Look again at the beginning of the next day on which something is to be other than today."""
    today = today_of(session.now)
    days = [next_turn(organization.periods, today), organization.retired_on if organization.is_to_be_closed else None]
    if coming := [day for day in days if day]:
        timers.at(session, beginning_of(min(coming)), TURN_ORGANIZATION, organization.id)
    else:
        timers.cancel(session, TURN_ORGANIZATION, organization.id)


def turn_organization(session: Session, organization: Organization) -> None:
    """Take the names of today, and close what is to be closed by today."""
    _turn_names(session, organization)
    if organization.is_to_be_closed and organization.retired_on and organization.retired_on <= today_of(session.now):
        organization.status = OrganizationStatus.INACTIVE
        tell(session, organization, OrganizationChange.RETIRED, since=organization.retired_on)
    plan_turn(session, organization)


def _turn_names(session: Session, organization: Organization) -> None:
    today, before, aliases = today_of(session.now), organization.named, organization.own_aliases
    if organization.bears_names_of(today):
        return
    now = period_on(organization.periods, today)
    named, what = before, OrganizationChange.RENAMED
    if is_borne(session, organization, now.name_zh):
        named, what = now.named(organization.id), OrganizationChange.RENAMING_HELD_UP
    else:
        organization.take_names_of(today)
        organization.call_it(aliases, today)
    tell(session, organization, what, since=now.since, named=named, reason=organization.why_since(now.since))
