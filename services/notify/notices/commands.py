"""What can be done about notices: announce a fact in waves, tell those who become known late, and read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import update

from contracts.base import Message
from contracts.notify.notices import NoticeIssued
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record_first
from kit.wire.envelope import Envelope
from kit.work import timers
from services.notify.directory.commands import hold
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices.gathering import keep
from services.notify.notices.model import NEXT_WAVE, Addressee, Announcement, NewNotice, Notice
from services.notify.notices.queries import (
    Untold,
    each_once,
    last_tenure,
    tellings,
    tenures_of,
    told_as_members,
    told_by_role,
    told_in_person,
    untold,
)
from services.notify.notices.settings import NoticeLimits
from services.notify.rules.table import facts_of, rules_for
from services.notify.telling.rule import Rule

LOOK_BACK = timedelta(days=30)
"""How old a fact may be of which somebody is told late: news of last month helps nobody, and a directory that is
filled anew must not flood the inboxes."""


def announce(session: Session, message: Message, envelope: Envelope, limits: NoticeLimits) -> list[NewNotice]:
    """Tell those whom the rules name for this message and who held the role when it happened.

    Where they are more than a wave, only those addressed in person are told at once, the others wave by wave.
    """
    hold(session)
    for rule in rules_for(message):
        _keep(session, rule, message, envelope)
    session.flush()
    this_one = Addressee.message_id == envelope.id
    told = (told_by_role(this_one), told_in_person(this_one), told_as_members(this_one))
    people = untold(session, *told, most=None if session.context.replayed else limits.wave + 1)
    if len(people) > limits.wave and not session.context.replayed:
        timers.at(session, session.now, NEXT_WAVE, f"{envelope.id}/")
        people = untold(session, told_in_person(this_one))
    return _issue(session, people, limits)


def tell_wave(session: Session, place: str, limits: NoticeLimits) -> list[NewNotice]:
    """Tell whom a message concerns of the next people with a role, behind a place.

    The next place is a timer of the same transaction, so that a process that dies between two waves loses nobody. Whoever
    comes to be known meanwhile is told by what makes them known.
    """
    hold(session)
    message_id, _, behind = place.partition("/")
    tenure = tenures_of(behind, limits.wave)
    if last := last_tenure(session, behind, limits.wave):
        timers.at(session, session.now, NEXT_WAVE, f"{message_id}/{last}")
    this_one = Addressee.message_id == message_id
    people = untold(session, told_by_role(this_one, tenure=tenure), told_as_members(this_one, tenure=tenure))
    return _issue(session, people, limits)


def finish_tellings(session: Session, limits: NoticeLimits) -> list[NewNotice]:
    """Tell at once what goes on in waves: of a restored database, where this may have been told since."""
    issued: list[NewNotice] = []
    for place in tellings(session):
        timers.cancel(session, NEXT_WAVE, place)
        this_one = Addressee.message_id == place.partition("/")[0]
        issued += _issue(session, untold(session, told_by_role(this_one), told_as_members(this_one)), limits)
    return issued


def tell_holder_late(session: Session, grant_id: str, limits: NoticeLimits) -> list[NewNotice]:
    """Tell the holder of a grant of what happened in their time before the grant was known here."""
    theirs = (Tenure.grant_id == grant_id, Addressee.time >= session.now - LOOK_BACK)
    return _issue(session, untold(session, told_by_role(*theirs), told_as_members(*theirs)), limits)


def tell_members_late(session: Session, membership_id: str, limits: NoticeLimits) -> list[NewNotice]:
    """Tell a member's representatives of what happened in its time before the membership was known here."""
    theirs = (MembershipStep.membership_id == membership_id, Addressee.time >= session.now - LOOK_BACK)
    return _issue(session, untold(session, told_as_members(*theirs)), limits)


def mark_notice_read(session: Session, *, notice: Notice) -> Notice:
    """The reader has seen it; the first time counts."""
    notice.read_at = notice.read_at or session.now
    return notice


def mark_all_read(session: Session) -> None:
    """The viewer has seen all of their notices."""
    unread = update(Notice).where(Notice.recipient == session.viewer.id, Notice.read_at.is_(None))
    session.execute(unread.values(read_at=session.now).execution_options(synchronize_session=False))


def _keep(session: Session, rule: Rule, message: Message, envelope: Envelope) -> None:
    addressees = [
        Addressee(reason=reason, scope_type=scope.type, scope_id=scope.id, time=envelope.time)
        for reason, scope in rule.addressed(message)
    ]
    if not addressees:
        return
    announcement = Announcement(
        message_id=envelope.id,
        rule=rule.name,
        time=envelope.time,
        subject_type=envelope.subject_type,
        subject_id=envelope.subject_id,
        facts=facts_of(rule, message),
        actor=envelope.actor or None,
        addressees=addressees,
    )
    session.add(announcement)


def _issue(session: Session, who: Iterable[Untold], limits: NoticeLimits) -> list[NewNotice]:
    """One notice each, and a message for those that are not gathered: one statement a table, however many they are."""
    notices = [
        NewNotice(id=new_id(), message_id=one.message_id, rule=one.rule, recipient=one.person, reason=one.reason)
        for one in each_once(who)
    ]
    if not notices:
        return []
    issued = keep(session, notices, limits)
    said = {new.id: NoticeIssued(notice_id=new.id, recipient=new.recipient, rule=new.rule) for new in issued}
    record_first(session, Notice, said)
    return issued
