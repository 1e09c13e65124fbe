"""What can be asked about memberships, now and on any past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.clock import CHINA, in_china
from kit.data.db import Session
from kit.data.first_of_each import count_of_each, first_of_each
from kit.data.paging import Page, by_age, page
from kit.rights.merged import meaning
from kit.rights.right import province_code
from services.alliances.membership.memberships.model import LIVE, LIVES, Membership, MembershipStep
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import REPRESENTS, SEES_MEMBERSHIP

_ORGANIZATION = joinedload(Membership.organization)
_WHOLE = (
    joinedload(Membership.alliance),
    _ORGANIZATION.undefer(Organization.called),
    _ORGANIZATION.joinedload(Organization.survivor).undefer(Organization.called),
)
_MEMBERS = {Membership.status: MembershipStatus.MEMBER}


def membership(session: Session, membership_id: str) -> Membership:
    """The membership with its alliance and organisation; refuses with NotFound."""
    found = session.find(Membership, membership_id, *_WHOLE)
    if found is None:
        raise NotFound("membershipId")
    return found


def between(session: Session, alliance_id: str, organization_id: str) -> Membership | None:
    """What stands between this organisation and this alliance, if anything ever began."""
    return standing(session, alliance_id, [organization_id]).get(organization_id)


def standing(session: Session, alliance_id: str, organization_ids: Collection[str]) -> dict[str, Membership]:
    """What stands between each of these organisations and an alliance, where anything ever began.

    Where others were merged into it, this may be a membership of theirs, if that goes on; else it is its own.
    """
    means = {id_: id_ for id_ in organization_ids} | meaning(session, organization_ids)
    found: dict[str, Membership] = {}
    for each in memberships_of(session, means, alliance_id):
        own = each.organization_id == means[each.organization_id]
        if each.status in LIVE or (own and means[each.organization_id] not in found):
            found[means[each.organization_id]] = each
    return found


def memberships_of(
    session: Session, organization_ids: Collection[str], alliance_id: str | None = None
) -> Sequence[Membership]:
    """The memberships of these organisations in any alliance, or in one."""
    query = select(Membership).where(Membership.organization_id.in_(organization_ids))
    if alliance_id:
        query = query.where(Membership.alliance_id == alliance_id)
    return session.scalars(query.options(*_WHOLE).order_by(Membership.id)).all()


def memberships_in(session: Session, alliance_id: str, ids: Collection[str]) -> Sequence[Membership]:
    """Those of these memberships that are of this alliance, in no particular order."""
    query = select(Membership).where(Membership.alliance_id == alliance_id, Membership.id.in_(ids))
    return session.scalars(query.options(*_WHOLE)).all()


def all_between(session: Session, alliance_id: str, organization_ids: Collection[str]) -> dict[str, Membership]:
    """As `between`, of many organisations by their ids."""
    return standing(session, alliance_id, organization_ids)


def number_of_members(session: Session, alliance_id: str) -> int:
    """How many members an alliance has, suspended ones included."""
    query = select(func.count()).where(Membership.alliance_id == alliance_id, Membership.status.in_(sorted(LIVES)))
    return session.scalar(query) or 0


def membership_steps(session: Session, *, membership_id: str, stretch: Stretch = START) -> Page[MembershipStep]:
    """The steps of one membership, the latest first."""
    query = select(MembershipStep).where(MembershipStep.membership_id == membership_id)
    return page(session, query.order_by(MembershipStep.version.desc()), stretch)


def memberships(
    session: Session,
    *,
    alliance_id: str,
    status: MembershipStatus | None = None,
    stretch: Stretch = START,
) -> Page[Membership]:
    """The memberships of one alliance: all, or those that stand at `status`."""
    query = select(Membership).where(Membership.alliance_id == alliance_id)
    if status:
        query = query.where(Membership.status == status)
    return page(session, query.options(*_WHOLE), stretch, orders=by_age(Membership.id))


def my_memberships(session: Session, *, stretch: Stretch = START) -> Page[Membership]:
    """The memberships in any alliance of the organisations that the viewer represents."""
    query = select(Membership).where(REPRESENTS.rows(session, organization_id=Membership.organization_id))
    return page(session, query.options(*_WHOLE), stretch, orders=by_age(Membership.id))


def memberships_by_id(session: Session, ids: list[str]) -> Sequence[Membership]:
    """Those of these memberships that exist and that the viewer may know of, in no particular order."""
    shown = SEES_MEMBERSHIP.rows(
        session,
        member=Membership.status == MembershipStatus.MEMBER,
        alliance_id=Membership.alliance_id,
        organization_id=Membership.organization_id,
        province=province_code(Organization.region),
    )
    query = select(Membership).join(Membership.organization).where(Membership.id.in_(ids), shown)
    return session.scalars(query.options(*_WHOLE)).all()


def first_members(session: Session, *, alliance_ids: list[str], stretch: Stretch = START) -> Sequence[Membership]:
    """A stretch of the members of each of these alliances, and one more each that tells whether there are others."""
    member = first_of_each(session, Membership, Membership.alliance_id, alliance_ids, stretch=stretch, where=_MEMBERS)
    query = (
        select(member)
        .join(member.organization)
        .options(
            contains_eager(member.organization).undefer(Organization.called),
            contains_eager(member.organization).joinedload(Organization.survivor).undefer(Organization.called),
        )
        .order_by(member.id)
    )
    return session.scalars(query).all()


def numbers_of_members(session: Session, *, alliance_ids: list[str]) -> list[dict[str, Any]]:
    """How many of them each of these alliances has, as a counted page says it."""
    return count_of_each(session, Membership, Membership.alliance_id, alliance_ids, where=_MEMBERS)


def memberships_with_steps(
    session: Session, membership_ids: set[str]
) -> dict[str, tuple[Membership, list[MembershipStep]]]:
    """Those of these memberships that exist, by id, each with its steps, the latest first."""
    found = session.scalars(select(Membership).where(Membership.id.in_(membership_ids)).options(*_WHOLE))
    steps = steps_of(session, membership_ids)
    return {each.id: (each, steps[each.id]) for each in found}


def steps_of(session: Session, membership_ids: set[str]) -> dict[str, list[MembershipStep]]:
    """The steps of these memberships, of each the latest first."""
    query = (
        select(MembershipStep)
        .where(MembershipStep.membership_id.in_(membership_ids))
        .order_by(MembershipStep.membership_id, MembershipStep.version.desc())
    )
    steps: dict[str, list[MembershipStep]] = defaultdict(list)
    for step in session.scalars(query):
        steps[step.membership_id].append(step)
    return steps


def step_on(steps: list[MembershipStep], day: date) -> MembershipStep | None:
    """Where a membership with these steps stood at the end of a day in China; None before it began."""
    end = datetime.combine(day, time.max, CHINA)
    return next((step for step in steps if step.since <= end), None)


def joined_on(steps: list[MembershipStep], day: date) -> date | None:
    """The day on which a member with these steps, the latest first, had joined, as known at the end of a day.

    None where it was no member then; to be suspended and to resume is to stay, and so is a merger that was undone.
    """
    end = datetime.combine(day, time.max, CHINA)
    joined = None
    for step in steps:
        if step.since <= end:
            if step.status in LIVES:
                joined = in_china(step.since).date()
            elif joined is None or step.status != MembershipStatus.MERGED:
                break
    return joined
