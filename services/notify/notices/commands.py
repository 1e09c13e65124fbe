"""What can be done about notices: announce a fact, tell those who become known late, and read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import update

from contracts.base import Message
from contracts.notify.notices import NoticeIssued
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.wire.envelope import Envelope
from services.notify.delivery.commands import post
from services.notify.directory.commands import hold
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices.model import Addressee, Announcement, Notice
from services.notify.notices.queries import Untold, told_as_members, told_by_role, told_in_person, untold
from services.notify.notices.rules import Rule, rules_for

LOOK_BACK = timedelta(days=30)
"""How old a fact may be of which somebody is told late: news of last month helps nobody, and a directory that is
filled anew must not flood the inboxes."""


def announce(session: Session, message: Message, envelope: Envelope) -> None:
    """Tell everybody whom the rules name for this message and who held the role when it happened."""
    hold(session)
    for rule in rules_for(message):
        _keep(session, rule, message, envelope)
    session.flush()
    this_one = Addressee.message_id == envelope.id
    _issue(session, untold(session, told_by_role(this_one), told_in_person(this_one), told_as_members(this_one)))


def tell_holder_late(session: Session, grant_id: str) -> None:
    """Tell the holder of a grant of what happened in their time before the grant was known here."""
    theirs = (Tenure.grant_id == grant_id, Addressee.time >= session.now - LOOK_BACK)
    _issue(session, untold(session, told_by_role(*theirs), told_as_members(*theirs)))


def tell_members_late(session: Session, membership_id: str) -> None:
    """Tell a member's representatives of what happened in its time before the membership was known here."""
    theirs = (MembershipStep.membership_id == membership_id, Addressee.time >= session.now - LOOK_BACK)
    _issue(session, untold(session, told_as_members(*theirs)))


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
        Addressee(role=role, scope_type=scope.type, scope_id=scope.id, time=envelope.time)
        for role, scope in rule.audience(message)
    ]
    if not addressees:
        return
    announcement = Announcement(
        message_id=envelope.id,
        rule=rule.name,
        time=envelope.time,
        subject_type=envelope.subject_type,
        subject_id=envelope.subject_id,
        facts=rule.facts(message),
        addressees=addressees,
    )
    session.add(announcement)


def _issue(session: Session, who: Iterable[Untold]) -> None:
    """One notice each; however many they are, SQLAlchemy writes the rows of a table in one statement."""
    notices = [
        Notice(
            id=new_id(),
            created_at=session.now,
            message_id=one.message_id,
            rule=one.rule,
            recipient=one.person,
            role=one.role,
        )
        for one in who
    ]
    session.add_all(notices)
    for notice in notices:
        record(session, notice, NoticeIssued(notice_id=notice.id, recipient=notice.recipient, rule=notice.rule))
    post(session, notices)
