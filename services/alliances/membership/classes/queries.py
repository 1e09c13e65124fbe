"""What can be asked about classes: the periods of members, and those of a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from contracts.alliances.membership.memberships import MembershipStatus
from kit.data.db import Session
from services.alliances.membership.classes.model import ClassPeriod
from services.alliances.membership.memberships.model import Membership


def periods_of(session: Session, membership_ids: Collection[str]) -> dict[str, list[ClassPeriod]]:
    """The periods of these members, each member's in the order of their days."""
    query = select(ClassPeriod).where(ClassPeriod.membership_id.in_(membership_ids))
    found: dict[str, list[ClassPeriod]] = defaultdict(list)
    for period in session.scalars(query.order_by(ClassPeriod.membership_id, ClassPeriod.since, ClassPeriod.id)):
        found[period.membership_id].append(period)
    return found


def holders(session: Session, *, alliance_id: str, code: str, since: date) -> Sequence[ClassPeriod]:
    """The periods in this class that a day from `since` on lies in."""
    query = select(ClassPeriod).join(Membership, Membership.id == ClassPeriod.membership_id)
    return session.scalars(query.where(ClassPeriod.code == code, *_counted(alliance_id, since))).all()


def held_classes(session: Session, *, alliance_id: str, since: date) -> set[str]:
    """The codes of the classes that a member has on a day from `since` on."""
    query = select(ClassPeriod.code).join(Membership, Membership.id == ClassPeriod.membership_id).distinct()
    return set(session.scalars(query.where(*_counted(alliance_id, since))))


def _counted(alliance_id: str, since: date) -> Sequence[ColumnElement[bool]]:
    """Which periods take a place from this day on: those of a membership that was merged take none until it is undone."""
    goes_on = or_(ClassPeriod.until.is_(None), ClassPeriod.until > since)
    return ClassPeriod.alliance_id == alliance_id, goes_on, Membership.status != MembershipStatus.MERGED
