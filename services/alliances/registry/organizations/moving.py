"""Moving: an organisation has its seat elsewhere, since a day that has come, or from a day to come on, by a timer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationStatus
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.work import timers
from services.alliances.registry.days import beginning_of, today_of
from services.alliances.registry.organizations.model import Organization, PlannedMove
from services.alliances.registry.organizations.queries import is_borne, planned_moves
from services.alliances.registry.organizations.telling import tell
from services.alliances.registry.regions import check_country, check_region

MOVE_WHEN_DUE = "move_when_due"


def move_organization(
    session: Session,
    *,
    organization: Organization,
    region: str | None,
    country: str | None,
    since: date | None,
    reason: str,
) -> None:
    """Its seat is elsewhere, or will be; of one that is to move, the day or the place is set anew.

    Refuses with NothingChanged a place where it is.
    """
    place = (check_region(region) if region else "", check_country(country) if country else None)
    if since and since > today_of(session.now):
        _plan(session, organization, place, since, reason)
        return
    if place == (organization.region, organization.country):
        raise NothingChanged
    organization.region, organization.country = place
    tell(session, organization, OrganizationChange.MOVED, reason=reason, since=since, known="region")


def to_move(session: Session, organizations: Sequence[Organization]) -> Callable[[Organization], None]:
    """Whether one of these is to move; refuses with NothingChanged one that is not."""
    moving = {each.organization_id for each in planned_moves(session, [each.id for each in organizations])}

    def check(organization: Organization) -> None:
        if organization.id not in moving:
            raise NothingChanged("organizationId")

    return check


def withdraw_organization_move(session: Session, *, organization: Organization, reason: str) -> None:
    """It stays where it is; refuses with NothingChanged where it is not to move."""
    plan = session.get(PlannedMove, organization.id, with_for_update=True)
    if plan is None:
        raise NothingChanged("organizationId")
    session.delete(plan)
    timers.cancel(session, MOVE_WHEN_DUE, organization.id)
    tell(session, organization, OrganizationChange.MOVE_WITHDRAWN, reason=reason, since=plan.since)


def move_when_due(session: Session, organization: Organization) -> None:
    """Move what is to move by today; where another bears its name there, it stays, and is told why.

    Of one that was closed or merged meanwhile nothing is done.
    """
    plan = session.get(PlannedMove, organization.id, with_for_update=True)
    if plan is None or plan.since > today_of(session.now):
        return
    session.delete(plan)
    place = (plan.region, plan.country)
    if organization.status != OrganizationStatus.ACTIVE or place == (organization.region, organization.country):
        return
    what = OrganizationChange.MOVE_HELD_UP
    if not is_borne(session, organization, organization.name_zh, place):
        what = OrganizationChange.MOVED
        organization.region, organization.country = place
    tell(session, organization, what, reason=plan.reason, since=plan.since, known="region")


def _plan(
    session: Session, organization: Organization, place: tuple[str, str | None], since: date, reason: str
) -> None:
    plan = session.get(PlannedMove, organization.id, with_for_update=True)
    said: dict[str, Any] = {"region": place[0], "country": place[1], "since": since}
    if plan and all(getattr(plan, name) == value for name, value in said.items()):
        raise NothingChanged
    if plan is None and place == (organization.region, organization.country):
        raise NothingChanged
    if plan is None:
        plan = PlannedMove(organization_id=organization.id)
        session.add(plan)
    plan.region, plan.country = place
    plan.since, plan.reason = since, reason
    timers.at(session, beginning_of(since), MOVE_WHEN_DUE, organization.id)
    tell(session, organization, OrganizationChange.MOVE_PLANNED, reason=reason, since=since, place=place)
