"""What can be done about classes: set one, correct one, end it with the membership."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import update

from contracts.alliances.membership import classes as say
from contracts.alliances.membership.charters import ClassInUse
from contracts.alliances.membership.memberships import TermInvalid
from contracts.base import Named
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.membership.charters.commands import hold
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import InForce, in_force, today
from services.alliances.membership.charters.rules import MemberClass
from services.alliances.membership.classes.calendar import most_at_once
from services.alliances.membership.classes.model import ClassPeriod
from services.alliances.membership.classes.queries import held_classes, holders, periods_of
from services.alliances.membership.memberships.model import LIVES, Membership


def set_member_class(
    session: Session, *, membership: Membership, joined: date, code: str, since: date, reason: str
) -> None:
    """Put a member into a class from a day on.

    Refuses with MembershipStands, TermInvalid, ClassUnknown, ClassOverlaps, NothingChanged or ClassFull.
    """
    membership.check_lives()
    if since < joined:
        raise TermInvalid("since", earliest=joined.isoformat())
    found, charter = _found(session, membership.alliance_id, code, since)
    periods = _since(periods_of(session, [membership.id])[membership.id], joined)
    if periods and since <= periods[-1].since:
        raise say.ClassOverlaps("since", since=periods[-1].since.isoformat())
    if code == (periods[-1].code if periods else charter.classes.admitted_as):
        raise NothingChanged("memberClass")
    _check_room(session, membership, found, since, None)
    if periods:
        periods[-1].until = since
    session.add(_period(session, membership, code, since))
    _say(session, membership, found, since, reason)


def correct_member_class(
    session: Session, *, membership: Membership, joined: date, since: date, code: str | None, reason: str
) -> None:
    """Put another class in the place of the one that began on this day, or let the one before go on.

    Refuses with ClassNotSet, ClassUnknown, NothingChanged or ClassFull.
    """
    periods = _since(periods_of(session, [membership.id])[membership.id], joined)
    wrong = next((each for each in periods if each.since == since), None)
    if wrong is None:
        raise say.ClassNotSet("since", since=since.isoformat())
    before = next((each for each in periods if each.until == since), None)
    charter = in_force(session, membership.alliance_id, since)
    code = code or (before.code if before else charter.classes.admitted_as)
    found, _ = _found(session, membership.alliance_id, code, since)
    if code == wrong.code:
        raise NothingChanged("memberClass")
    _check_room(session, membership, found, since, wrong.until)
    if before and code == before.code:
        before.until = wrong.until
        session.delete(wrong)
    elif before is None and code == charter.classes.admitted_as:
        session.delete(wrong)
    else:
        wrong.code = code
    _say(session, membership, found, since, reason, corrected=True)


def put_into_classes(
    session: Session, alliance_id: str, codes: Mapping[str, list[Membership]], charter: InForce
) -> None:
    """Members who join one alliance today have these classes from the first day on; refuses with ClassUnknown or ClassFull."""
    day = today(session)
    for code in sorted(codes.keys() - {charter.classes.admitted_as}):
        found, _ = _found(session, alliance_id, code, day)
        hold(session, alliance_id)
        _check_most(session, alliance_id, found, day, None, more=len(codes[code]))
        for membership in codes[code]:
            session.add(_period(session, membership, code, day))
            _say(session, membership, found, day, "")


def end_classes(session: Session, membership_ids: Collection[str]) -> None:
    """Memberships have ended today: so have their classes, and those that were to come never begin."""
    day = today(session)
    still = (ClassPeriod.membership_id.in_(membership_ids)) & (ClassPeriod.until.is_(None) | (ClassPeriod.until > day))
    session.execute(update(ClassPeriod).where(still, ClassPeriod.since >= day).values(until=ClassPeriod.since))
    session.execute(update(ClassPeriod).where(still, ClassPeriod.since < day).values(until=day))


def come_back(session: Session, membership: Membership) -> None:
    """A merger of the membership was undone: it has its classes again, but those that were filled meanwhile end today."""
    if membership.status not in LIVES:
        return
    hold(session, membership.alliance_id)
    day = today(session)
    charter = in_force(session, membership.alliance_id)
    admitted = charter.classes.by_code[charter.classes.admitted_as]
    for period in periods_of(session, [membership.id])[membership.id]:
        found = charter.classes.by_code.get(period.code)
        since = max(period.since, day)
        if period.until is not None and period.until <= since:
            continue
        if found is None or _is_overfull(session, membership.alliance_id, found, since, period.until):
            period.until = since
            _say(session, membership, admitted, since, "", corrected=True)


def _is_overfull(session: Session, alliance_id: str, found: MemberClass, since: date, until: date | None) -> bool:
    try:
        _check_most(session, alliance_id, found, since, until, more=0)
    except say.ClassFull:
        return True
    return False


def check_classes(session: Session, charter: Charter) -> None:
    """Members fit into the classes of a new charter; refuses with ClassInUse or ClassFull."""
    known = InForce(charter).classes.by_code
    held = held_classes(session, alliance_id=charter.alliance_id, since=charter.since)
    for code in sorted(held - known.keys()):
        raise ClassInUse("rules", member_class=code)
    for code in sorted(held):
        _check_most(session, charter.alliance_id, known[code], charter.since, None, more=0)


def _since(periods: list[ClassPeriod], joined: date) -> list[ClassPeriod]:
    """The periods since the member last joined."""
    return [each for each in periods if each.since >= joined and each.until != each.since]


def _found(session: Session, alliance_id: str, code: str, day: date) -> tuple[MemberClass, InForce]:
    charter = in_force(session, alliance_id, day)
    found = charter.classes.by_code.get(code)
    if found is None:
        raise say.ClassUnknown("memberClass", member_class=code)
    return found, charter


def _check_room(session: Session, membership: Membership, found: MemberClass, since: date, until: date | None) -> None:
    hold(session, membership.alliance_id)
    _check_most(session, membership.alliance_id, found, since, until, more=1)


def _check_most(
    session: Session, alliance_id: str, found: MemberClass, since: date, until: date | None, *, more: int
) -> None:
    if found.most is None:
        return
    there = most_at_once(holders(session, alliance_id=alliance_id, code=found.code, since=since), since, until)
    if there + more > found.most:
        raise say.ClassFull("memberClass", member_class=found.name_zh, most=found.most)


def _period(session: Session, membership: Membership, code: str, since: date) -> ClassPeriod:
    return ClassPeriod(
        id=new_id(),
        alliance_id=membership.alliance_id,
        membership_id=membership.id,
        code=code,
        since=since,
        created_at=session.now,
    )


def _say(
    session: Session,
    membership: Membership,
    found: MemberClass,
    since: date,
    reason: str,
    *,
    corrected: bool = False,
) -> None:
    said = say.MemberClassChanged(
        membership_id=membership.id,
        alliance=membership.alliance.named,
        organization=membership.organization.named,
        member_class=Named(id=found.code, zh=found.name_zh, en=found.name_en),
        since=since,
        reason=reason,
        corrected=corrected,
    )
    record(session, membership, said)
    session.flush()
