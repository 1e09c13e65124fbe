"""What can be asked about notices: a person's inbox, and who is still to be told of what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.authority import Role
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, newest_first, page
from kit.rights.asking import holds
from kit.work.timers import DueRow
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.directory.naming import names_of
from services.notify.notices.model import NEXT_WAVE, Addressee, Notice
from services.notify.rights import OWN_NOTICE
from services.notify.rules.table import accounts_in
from services.notify.telling.facts import Fact

Told = Select[str, str, str, str, str]
"""Who is to be told of what: message id, rule, person, reason, cause."""


Cause = InstrumentedAttribute[str]
_MESSAGE = Addressee.message_id


class Untold(NamedTuple):
    """Somebody who is to be told of an announcement, and why.

    `cause` is the id of what makes them told now: of the message, or of the grant or membership that is known late.
    """

    message_id: str
    rule: str
    person: str
    reason: str
    cause: str


def notice(session: Session, notice_id: str) -> Notice:
    """The viewer's own notice; refuses with NotFound, also where it is somebody else's."""
    found = session.find(Notice, notice_id, joinedload(Notice.announcement))
    if found is None or not holds(session, OWN_NOTICE, recipient=found.recipient):
        raise NotFound("noticeId")
    return found


def notices(
    session: Session,
    *,
    unread: bool = False,
    gathered_by: str | None = None,
    stretch: Stretch = START,
) -> Page[Notice]:
    """The viewer's inbox, newest first: all of it, what is unread, or what one notice of theirs has gathered."""
    query = _own(session).where(Notice.gathered_by == gathered_by)
    if unread:
        query = query.where(Notice.read_at.is_(None))
    return page(session, query, stretch, orders=newest_first(Notice.id))


def notices_by_id(session: Session, ids: list[str]) -> Sequence[Notice]:
    """Those of these notices that are the viewer's own, in no particular order."""
    return session.scalars(_own(session).where(Notice.id.in_(ids))).all()


def names_in(session: Session, notices: Iterable[Notice]) -> dict[str, Fact]:
    """The names of all persons whom these notices speak of, by their accounts."""
    return names_of(session, {one for each in notices for one in accounts_in(each.rule, each.announcement.facts)})


def unread_count(session: Session, most: int) -> int:
    """How many of the viewer's notices are unread, or `most` where there are more: a longer inbox costs no more to count."""
    own = OWN_NOTICE.rows(session, recipient=Notice.recipient)
    unread = select(Notice.id).where(own, Notice.read_at.is_(None), Notice.gathered_by.is_(None)).limit(most)
    return session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def tellings(session: Session) -> list[str]:
    """The places at which tellings go on: `<message id>/<tenure behind which the next wave begins>`."""
    return list(session.scalars(select(DueRow.subject_id).where(DueRow.timer == NEXT_WAVE)))


def last_tenure(session: Session, behind: str, most: int) -> str | None:
    """The last of the next so many tenures behind this one, as `<grant>/<since when>`; None where there are fewer."""
    last = session.execute(_walk(behind, 1).offset(most - 1)).first()
    return f"{last.grant_id}/{last.granted_at.isoformat()}" if last else None


def untold(session: Session, *told: Told, most: int | None = None) -> list[Untold]:
    """Of those who are to be told (`told_by_role`, `told_in_person`, `told_as_members`) at most so many without a notice.

    Somebody who is to be told for two reasons comes twice: to stop early, the database sorts nothing. See `each_once`.
    """
    return [Untold(*row) for row in session.execute(_untold(*told).limit(most))]


def untold_of(session: Session, message_ids: Collection[str], most: int) -> list[Untold]:
    """As `untold`, whoever is to be told of these messages."""
    return [Untold(*row) for row in session.execute(_OF_MESSAGES, {"messages": message_ids, "most": most})]


def _untold(*told: Told) -> Told:
    columns = union_all(*told).subquery().c
    return select(columns.message_id, columns.rule, columns.person, columns.reason, columns.cause).where(
        ~exists().where(
            Notice.message_id == columns.message_id,
            Notice.rule == columns.rule,
            Notice.recipient == columns.person,
        )
    )


def each_once(people: Iterable[Untold], causes: Iterable[str]) -> list[Untold]:
    """Everybody once for each announcement, by the first cause and for the reason that comes first in the alphabet.

    They come in the order of the causes, then of people.
    """
    order = {cause: place for place, cause in enumerate(causes)}
    found: dict[tuple[str, str, str], Untold] = {}
    for one in sorted(
        people, key=lambda one: (order.get(one.cause, 0), one.person, one.rule, one.message_id, one.reason)
    ):
        found.setdefault((one.message_id, one.rule, one.person), one)
    return list(found.values())


def told_by_role(*which: ColumnElement[bool], tenure: type[Tenure] = Tenure, cause: Cause = _MESSAGE) -> Told:
    """Who held an addressed role on the very scope when the fact happened."""
    addressed = and_(
        tenure.role == Addressee.reason,
        tenure.scope_type == Addressee.scope_type,
        tenure.scope_id == Addressee.scope_id,
    )
    return _told(tenure, cause).join(tenure, and_(addressed, _held(tenure))).where(*which)


def told_in_person(*which: ColumnElement[bool]) -> Told:
    """Who is addressed themselves, as somebody with a seat on a panel."""
    person = Addressee.scope_id.label("person")
    query = select(_MESSAGE, Addressee.rule, person, Addressee.reason, _MESSAGE.label("cause"))
    return query.where(Addressee.scope_type == "person", *which)


def told_as_members(*which: ColumnElement[bool], tenure: type[Tenure] = Tenure, cause: Cause = _MESSAGE) -> Told:
    """Who represented, when the fact happened, an organisation that was then a member of the addressed alliance."""
    in_alliance = and_(
        Addressee.reason == Role.REPRESENTATIVE,
        Addressee.scope_type == "alliance",
        Addressee.scope_id == MembershipStep.alliance_id,
    )
    represents = and_(
        tenure.role == Role.REPRESENTATIVE,
        tenure.scope_type == "organization",
        tenure.scope_id == MembershipStep.organization_id,
    )
    members = _told(tenure, cause).join(MembershipStep, and_(in_alliance, _was_member()))
    return members.join(tenure, and_(represents, _held(tenure))).where(*which)


def tenures_of(behind: str, most: int) -> type[Tenure]:
    """The next tenures alone, in place of all, so that what is asked of them costs the same however many there are."""
    return aliased(Tenure, _walk(behind, most).with_only_columns(Tenure).subquery())


def _walk(behind: str, most: int) -> Select[str, datetime]:
    place = Tenure.grant_id, Tenure.granted_at
    query = select(*place).order_by(*place).limit(most)
    if not behind:
        return query
    grant_id, _, granted_at = behind.partition("/")
    return query.where(tuple_(*place) > (grant_id, datetime.fromisoformat(granted_at)))


def _own(session: Session) -> Select[Notice]:
    own = OWN_NOTICE.rows(session, recipient=Notice.recipient)
    return select(Notice).where(own).options(joinedload(Notice.announcement))


def _told(tenure: type[Tenure], cause: Cause) -> Told:
    query = select(_MESSAGE, Addressee.rule, tenure.person, Addressee.reason, cause.label("cause"))
    return query.select_from(Addressee)


def _held(tenure: type[Tenure]) -> ColumnElement[bool]:
    """The tenure covers the time of the fact."""
    return and_(
        tenure.granted_at <= Addressee.time, or_(tenure.revoked_at.is_(None), Addressee.time < tenure.revoked_at)
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


_THESE = _MESSAGE.in_(bindparam("messages", expanding=True))
_OF_MESSAGES = _untold(told_by_role(_THESE), told_in_person(_THESE), told_as_members(_THESE)).limit(bindparam("most"))
"""Built once: to build it takes longer than all else that one message needs."""
