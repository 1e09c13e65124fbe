"""What can be asked about members on a day: the list of them, by class, region and kind, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import contains_eager

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.organizations import OrganizationKind
from contracts.browsing import START, ByAge, Stretch
from kit.clock import CHINA
from kit.data.db import Session
from kit.data.paging import Page, by_age, or_by_name, page
from kit.rights.right import province_code
from services.alliances.membership.charters.reading import InForce
from services.alliances.membership.classes.model import ClassPeriod
from services.alliances.membership.memberships.model import ENDED, LIVES, Membership, MembershipStep
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.regions import lies_in


def members(
    session: Session,
    charter: InForce,
    *,
    alliance_id: str,
    day: date,
    member_class: str | None = None,
    region: str | None = None,
    kind: OrganizationKind | None = None,
    by_class: bool = False,
    stretch: Stretch = START,
) -> Page[Membership]:
    """Who was a member of one alliance at the end of a day, of a class, in a region, of a kind."""
    query = select(Membership).join(Membership.organization).where(*members_on(alliance_id, day))
    if member_class:
        query = query.where(_in_class(charter, member_class, day))
    if region:
        query = query.where(lies_in(Organization.region, region))
    if kind:
        query = query.where(Organization.kind == kind)
    organization = contains_eager(Membership.organization)
    whole = (
        organization.undefer(Organization.called),
        organization.joinedload(Organization.survivor).undefer(Organization.called),
    )
    query = query.options(*whole)
    orders = or_by_name(by_age(Membership.id), Organization.sort_key, Membership.id)
    if by_class:
        ranked = (_rank(charter, day), province_code(Organization.region), Membership.id)
        orders = {
            ByAge.OLDEST: ranked,
            ByAge.NEWEST: (*ranked[:-1], Membership.id.desc()),
            ByAge.NAME: (*ranked[:-1], Organization.sort_key, Membership.id),
        }
    return page(session, query, stretch, orders=orders)


def numbers_by_class(session: Session, charter: InForce, alliance_id: str, day: date) -> dict[str, int]:
    """How many members each class had at the end of a day, by its code."""
    code = func.coalesce(_period(day).with_only_columns(ClassPeriod.code).scalar_subquery(), "")
    found = _counted(session, code, alliance_id, day)
    return {code or charter.classes.admitted_as: number for code, number in found.items()}


def numbers_by_province(session: Session, alliance_id: str, day: date) -> dict[str, int]:
    """How many members each province had at the end of a day, by its code."""
    return _counted(session, province_code(Organization.region), alliance_id, day)


def numbers_by_kind(session: Session, alliance_id: str, day: date) -> dict[str, int]:
    """How many members of each kind there were at the end of a day."""
    return _counted(session, Organization.kind, alliance_id, day)


def joined_and_left(session: Session, alliance_id: str, day: date) -> tuple[int, int]:
    """How often somebody joined and left in the year of a day until its end; to rest and to resume is neither,
    and neither is a merger that was undone."""
    begin, end = datetime.combine(day.replace(month=1, day=1), time.min, CHINA), datetime.combine(day, time.max, CHINA)
    last = func.lag(MembershipStep.status, 1, "")
    before = last.over(partition_by=MembershipStep.membership_id, order_by=MembershipStep.version)
    steps = (
        select(
            MembershipStep.status,
            MembershipStep.since,
            before.label("before"),
        )
        .join(Membership, Membership.id == MembershipStep.membership_id)
        .where(Membership.alliance_id == alliance_id)
        .subquery()
    )
    lives, ended = sorted(LIVES), sorted(ENDED)
    joined = steps.c.status.in_(lives) & steps.c.before.not_in([*lives, MembershipStatus.MERGED])
    left = steps.c.status.in_(ended) & steps.c.before.in_(lives)
    counts = [func.coalesce(func.sum(case((event, 1), else_=0)), 0) for event in (joined, left)]
    found = session.execute(select(*counts).where(steps.c.since.between(begin, end))).one()
    return found[0], found[1]


def members_on(alliance_id: str | None, day: date) -> Sequence[ColumnElement[bool]]:
    """That a membership is one of this alliance, if one is given, and was that of a member at the end of a day."""
    end = datetime.combine(day, time.max, CHINA)
    # asked as a yes or no, of which PostgreSQL expects half; of a status it would expect hardly any, and sort them all
    newest = select(MembershipStep.status == MembershipStatus.MEMBER).where(
        MembershipStep.membership_id == Membership.id, MembershipStep.since <= end
    )
    was_member = newest.order_by(MembershipStep.version.desc()).limit(1).scalar_subquery()
    return *([Membership.alliance_id == alliance_id] if alliance_id else []), was_member


def _rank(charter: InForce, day: date) -> ColumnElement[int]:
    """The place of a member's class in the charter, from 0; behind all of them a class that it no longer has."""
    period = _period(day).with_only_columns(ClassPeriod.code).limit(1).scalar_subquery()
    places = {known: place for place, known in enumerate(charter.classes.by_code)}
    return case(places, value=func.coalesce(period, charter.classes.admitted_as), else_=len(places))


def _period(day: date) -> Select[ClassPeriod]:
    """The period of a membership that a day lies in."""
    query = select(ClassPeriod).where(ClassPeriod.membership_id == Membership.id, ClassPeriod.since <= day)
    return query.where(ClassPeriod.until.is_(None) | (ClassPeriod.until > day))


def _in_class(charter: InForce, code: str, day: date) -> ColumnElement[bool]:
    period = _period(day)
    if code == charter.classes.admitted_as:
        return ~exists(period.where(ClassPeriod.code != code).with_only_columns(ClassPeriod.id))
    return exists(period.where(ClassPeriod.code == code).with_only_columns(ClassPeriod.id))


def _counted(session: Session, by: Any, alliance_id: str, day: date) -> dict[str, int]:
    key = by.label("counted_by")
    query = select(key, func.count()).select_from(Membership).join(Membership.organization)
    query = query.where(*members_on(alliance_id, day)).group_by(key).order_by(key)
    return {row[0]: row[1] for row in session.execute(query)}
