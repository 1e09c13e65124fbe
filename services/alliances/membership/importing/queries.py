"""What an import asks about memberships: where those of many organisations stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased, joinedload

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.browsing import Stretch
from kit.clock import CHINA
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.membership.memberships.queries import standing
from services.alliances.registry.organizations.model import Organization


def statuses(session: Session, alliance_id: str, organization_ids: Sequence[str]) -> dict[str, str]:
    """Where each of these organisations stands, of those of which anything ever began."""
    return {id_: each.status for id_, each in standing(session, alliance_id, organization_ids).items()}


def members_on(session: Session, *, alliance_id: str, day: date, stretch: Stretch) -> Page[Membership]:
    """The memberships of an alliance that were those of members at the end of a day in China."""
    query = (
        select(Membership)
        .join(MembershipStep, _last_on(day))
        .where(Membership.alliance_id == alliance_id, MembershipStep.status == MembershipStatus.MEMBER)
        .options(
            joinedload(Membership.organization).undefer(Organization.called),
            joinedload(Membership.organization).joinedload(Organization.survivor).undefer(Organization.called),
        )
        .order_by(Membership.id)
    )
    return page(session, query, stretch)


def since_on(session: Session, membership_ids: Iterable[str], day: date) -> dict[str, datetime]:
    """When each of these memberships came to where it stood at the end of a day."""
    query = select(Membership.id, MembershipStep.since).join(MembershipStep, _last_on(day))
    return dict(session.execute(query.where(Membership.id.in_(list(membership_ids)))).all())


def _last_on(day: date) -> ColumnElement[bool]:
    """That a step is the last that a membership had taken at the end of a day."""
    step: Any = aliased(MembershipStep)
    end = datetime.combine(day, time.max, CHINA)
    last = select(func.max(step.version)).where(step.membership_id == Membership.id, step.since <= end)
    of = MembershipStep.membership_id == Membership.id
    return and_(of, MembershipStep.version == last.correlate(Membership).scalar_subquery())
