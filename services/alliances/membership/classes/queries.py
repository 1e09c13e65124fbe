"""What can be asked about classes: the periods of members, and those of a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select

from kit.data.db import Session
from services.alliances.membership.classes.model import ClassPeriod


def periods_of(session: Session, membership_ids: Collection[str]) -> dict[str, list[ClassPeriod]]:
    """The periods of these members, each member's in the order of their days."""
    query = select(ClassPeriod).where(ClassPeriod.membership_id.in_(membership_ids))
    found: dict[str, list[ClassPeriod]] = defaultdict(list)
    for period in session.scalars(query.order_by(ClassPeriod.membership_id, ClassPeriod.since, ClassPeriod.id)):
        found[period.membership_id].append(period)
    return found


def holders(session: Session, *, alliance_id: str, code: str, since: date) -> Sequence[ClassPeriod]:
    """The periods in this class that a day from `since` on lies in."""
    query = select(ClassPeriod).where(ClassPeriod.alliance_id == alliance_id, ClassPeriod.code == code)
    return session.scalars(query.where(or_(ClassPeriod.until.is_(None), ClassPeriod.until > since))).all()


def held_classes(session: Session, *, alliance_id: str, since: date) -> set[str]:
    """The codes of the classes that a member has on a day from `since` on."""
    query = select(ClassPeriod.code).where(ClassPeriod.alliance_id == alliance_id).distinct()
    return set(session.scalars(query.where(or_(ClassPeriod.until.is_(None), ClassPeriod.until > since))))
