"""What can be asked about notices: a person's inbox, and who is still to be told of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from contracts.alliances import MembershipStatus
from contracts.authority import Role
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.rights.asking import holds
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices.model import Addressee, Notice
from services.notify.rights import OWN_NOTICE

Told = Select[str, str, str, str]
"""Who is to be told of what: message id, rule, person, role."""


class Untold(NamedTuple):
    """Somebody who is to be told of an announcement, and the role for which."""

    message_id: str
    rule: str
    person: str
    role: str


def notice(session: Session, notice_id: str) -> Notice:
    """The viewer's own notice; refuses with NotFound, also where it is somebody else's."""
    found = session.find(Notice, notice_id, joinedload(Notice.announcement))
    if found is None or not holds(session, OWN_NOTICE, recipient=found.recipient):
        raise NotFound("noticeId")
    return found


def notices(
    session: Session, *, unread: bool = False, first: int | None = None, after: str | None = None
) -> Page[Notice]:
    """The viewer's inbox, newest first: all of it, or what is unread."""
    query = _own(session).order_by(Notice.id.desc())
    if unread:
        query = query.where(Notice.read_at.is_(None))
    return page(session, query, first=first, after=after)


def notices_by_id(session: Session, ids: list[str]) -> Sequence[Notice]:
    """Those of these notices that are the viewer's own, in no particular order."""
    return session.scalars(_own(session).where(Notice.id.in_(ids))).all()


def unread_count(session: Session) -> int:
    """How many of the viewer's notices are unread."""
    unread = select(func.count()).where(OWN_NOTICE.rows(session, recipient=Notice.recipient), Notice.read_at.is_(None))
    return session.scalar(unread) or 0


def untold(session: Session, *told: Told) -> list[Untold]:
    """Of those who are to be told (`told_by_role`, `told_in_person`, `told_as_members`) those without a notice, each once."""
    all_told = union_all(*told).subquery()
    columns = all_told.c
    query = (
        select(columns.message_id, columns.rule, columns.person, func.min(columns.role))
        .where(
            ~exists().where(
                Notice.message_id == columns.message_id,
                Notice.rule == columns.rule,
                Notice.recipient == columns.person,
            )
        )
        .group_by(columns.message_id, columns.rule, columns.person)
    )
    return [Untold(*row) for row in session.execute(query)]


def told_by_role(*which: ColumnElement[bool]) -> Told:
    """Who held an addressed role on the very scope when the fact happened."""
    addressed = and_(
        Tenure.role == Addressee.role,
        Tenure.scope_type == Addressee.scope_type,
        Tenure.scope_id == Addressee.scope_id,
    )
    return _told().join(Tenure, and_(addressed, _held())).where(*which)


def told_in_person(*which: ColumnElement[bool]) -> Told:
    """Who is addressed themselves, as somebody with a seat on a panel."""
    query = select(Addressee.message_id, Addressee.rule, Addressee.scope_id, Addressee.role)
    return query.where(Addressee.scope_type == "person", *which)


def told_as_members(*which: ColumnElement[bool]) -> Told:
    """Who represented, when the fact happened, an organisation that was then a member of the addressed alliance."""
    in_alliance = and_(
        Addressee.role == Role.REPRESENTATIVE,
        Addressee.scope_type == "alliance",
        Addressee.scope_id == MembershipStep.alliance_id,
    )
    represents = and_(
        Tenure.role == Role.REPRESENTATIVE,
        Tenure.scope_type == "organization",
        Tenure.scope_id == MembershipStep.organization_id,
    )
    members = _told().join(MembershipStep, and_(in_alliance, _was_member()))
    return members.join(Tenure, and_(represents, _held())).where(*which)


def _own(session: Session) -> Select[Notice]:
    own = OWN_NOTICE.rows(session, recipient=Notice.recipient)
    return select(Notice).where(own).options(joinedload(Notice.announcement))


def _told() -> Told:
    return select(Addressee.message_id, Addressee.rule, Tenure.person, Addressee.role).select_from(Addressee)


def _held() -> ColumnElement[bool]:
    """The tenure covers the time of the fact."""
    return and_(
        Tenure.granted_at <= Addressee.time, or_(Tenure.revoked_at.is_(None), Addressee.time < Tenure.revoked_at)
    )


def _was_member() -> ColumnElement[bool]:
    """The step made a member, and no later step had been taken by the time of the fact."""
    later = aliased(MembershipStep)
    superseded = exists().where(
        later.membership_id == MembershipStep.membership_id,
        later.version > MembershipStep.version,
        later.since <= Addressee.time,
    )
    return and_(MembershipStep.status == MembershipStatus.MEMBER, MembershipStep.since <= Addressee.time, ~superseded)
