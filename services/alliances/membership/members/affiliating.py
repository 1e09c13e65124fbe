"""Affiliating (附属成员): who belongs to an alliance through others on a day; worked out, never kept."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Select, Uuid, cast, false, func, null, or_, select, union_all
from sqlalchemy.orm import Bundle

from contracts.browsing import START, Stretch
from kit.clock import CHINA
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.membership.charters.rules import InheritRules
from services.alliances.membership.members.queries import members_on
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.alliances.model import AllianceLink
from services.alliances.registry.relations.model import Relation


class Affiliated(NamedTuple):
    """An organisation that belongs to an alliance through a member, or through an alliance of which it is one."""

    organization_id: str
    member_id: str | None
    alliance_id: str | None


def affiliated_members(
    session: Session,
    rules: InheritRules,
    *,
    alliance_id: str,
    day: date,
    stretch: Stretch = START,
) -> Page[Any]:
    """Each organisation with what it belongs through, one row for each way, by the id of the organisation."""
    found = _ways(rules, alliance_id, day).subquery()
    columns = (found.c.organization_id, found.c.member_id, found.c.through_id)
    query: Select[Any] = select(Bundle("affiliated", *columns)).where(
        _is_no_member(found.c.organization_id, alliance_id, day)
    )
    return page(session, query.order_by(found.c.organization_id, found.c.by_id), stretch)


def number_of_affiliated(session: Session, rules: InheritRules, alliance_id: str, day: date) -> int:
    """How many organisations belong through others."""
    found = _ways(rules, alliance_id, day).subquery()
    count = select(func.count(found.c.organization_id.distinct()))
    return session.scalar(count.where(_is_no_member(found.c.organization_id, alliance_id, day))) or 0


def _ways(rules: InheritRules, alliance_id: str, day: date) -> Any:
    """Through members by relations, through sub-alliances by their members."""
    by_relation = _by_relation(rules, alliance_id, day)
    return union_all(by_relation, _by_sub_alliance(alliance_id, day)) if rules.sub_alliances else by_relation


def _by_relation(rules: InheritRules, alliance_id: str, day: date) -> Select[Any]:
    """Of one member the first so many that the charter allows, by when the relation was entered."""
    place = func.row_number().over(partition_by=Relation.to_id, order_by=Relation.id)
    stood = (
        or_(Relation.since.is_(None), Relation.since <= day),
        or_(Relation.until.is_(None), Relation.until >= day),
    )
    query = (
        select(Relation.organization_id, Relation.to_id, Relation.id, place.label("place"))
        .join(Membership, Membership.organization_id == Relation.to_id)
        .where(Relation.kind.in_(sorted(rules.relations)) if rules.relations else false(), *stood)
        .where(*members_on(alliance_id, day))
        .subquery()
    )
    none = cast(null(), Uuid(as_uuid=False))
    columns = (
        query.c.organization_id,
        query.c.to_id.label("member_id"),
        none.label("through_id"),
        query.c.id.label("by_id"),
    )
    return select(*columns).where(query.c.place <= rules.most if rules.most else query.c.place > 0)


def _by_sub_alliance(alliance_id: str, day: date) -> Select[Any, Any, Any, Any]:
    """The members of each alliance that belonged to this one at the end of the day."""
    end = datetime.combine(day, time.max, CHINA)
    none = cast(null(), Uuid(as_uuid=False))
    return (
        select(
            Membership.organization_id,
            none.label("member_id"),
            AllianceLink.alliance_id.label("through_id"),
            Membership.id.label("by_id"),
        )
        .join(AllianceLink, AllianceLink.alliance_id == Membership.alliance_id)
        .where(AllianceLink.parent_id == alliance_id, AllianceLink.since <= end)
        .where(or_(AllianceLink.until.is_(None), AllianceLink.until > end))
        .where(members_on(None, day)[-1])
    )


def _is_no_member(organization_id: Any, alliance_id: str, day: date) -> Any:
    """That an organisation is not one of the members themselves."""
    return organization_id.not_in(select(Membership.organization_id).where(*members_on(alliance_id, day)))
