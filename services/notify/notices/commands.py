"""What can be done about notices: announce a fact in waves, tell those who become known late, and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from contracts.authority import Scope
from contracts.base import Message
from contracts.notify.notices import NoticeIssued
from kit.data.db import Session
from kit.data.many import Row, insert_many
from kit.ids import new_id
from kit.messages.handlers import Received, TooMuch
from kit.messages.outbox import first_of, record_first
from kit.telemetry import tracing
from kit.wire.envelope import Envelope
from kit.work import timers
from services.notify.directory.commands import hold
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices.gathering import keep
from services.notify.notices.model import NEXT_WAVE, Addressee, Announcement, NewNotice, Notice
from services.notify.notices.queries import (
    Told,
    Untold,
    each_once,
    last_tenure,
    tellings,
    tenures_of,
    told_as_members,
    told_by_role,
    told_in_person,
    untold,
    untold_of,
)
from services.notify.notices.settings import NoticeLimits
from services.notify.rules.table import facts_of, rules_for
from services.notify.telling.reasons import Reason
from services.notify.telling.rule import Rule

LOOK_BACK = timedelta(days=30)
"""How old a fact may be of which somebody is told late: news of last month helps nobody, and a directory that is
filled anew must not flood the inboxes."""

EVERYBODY = 2**31 - 1
Deeds = Mapping[str, Received[Any]]
"""What makes somebody told, by the id that is the cause."""


def announce(session: Session, received: Sequence[Received[Message]], limits: NoticeLimits) -> list[NewNotice]:
    """Tell those whom the rules name for these messages and who held the role when it happened.

    Where a message concerns more than a wave, only those addressed in person are told at once, the others wave by wave.
    Raises TooMuch where several messages do together.
    """
    if not _keep(session, received):
        return []
    hold(session)
    these = {one.envelope.id: one for one in received}
    people = untold_of(session, list(these), EVERYBODY if session.context.replayed else limits.wave + 1)
    if len(people) > limits.wave and not session.context.replayed:
        _check_alone(these)
        (message_id,) = these
        timers.at(session, session.now, NEXT_WAVE, f"{message_id}/")
        people = untold(session, told_in_person(Addressee.message_id == message_id))
    return _issue(session, people, limits, these)


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
    return _issue(session, people, limits, {})


def finish_tellings(session: Session, limits: NoticeLimits) -> list[NewNotice]:
    """Tell at once what goes on in waves: of a restored database, where this may have been told since."""
    issued: list[NewNotice] = []
    for place in tellings(session):
        timers.cancel(session, NEXT_WAVE, place)
        this_one = Addressee.message_id == place.partition("/")[0]
        issued += _issue(session, untold(session, told_by_role(this_one), told_as_members(this_one)), limits, {})
    return issued


def tell_holders_late(session: Session, grants: Deeds, limits: NoticeLimits) -> list[NewNotice]:
    """Tell the holders of grants of what happened in their time before the grants were known here."""
    theirs = (Tenure.grant_id.in_(grants), Addressee.time >= session.now - LOOK_BACK)
    by = Tenure.grant_id
    return _tell_late(session, grants, limits, told_by_role(*theirs, cause=by), told_as_members(*theirs, cause=by))


def tell_members_late(session: Session, memberships: Deeds, limits: NoticeLimits) -> list[NewNotice]:
    """Tell the representatives of members of what happened in their time before the memberships were known here."""
    theirs = (MembershipStep.membership_id.in_(memberships), Addressee.time >= session.now - LOOK_BACK)
    return _tell_late(session, memberships, limits, told_as_members(*theirs, cause=MembershipStep.membership_id))


def _tell_late(session: Session, causes: Deeds, limits: NoticeLimits, *told: Told) -> list[NewNotice]:
    people = untold(session, *told, most=limits.wave + 1 if len(causes) > 1 else None)
    if len(people) > limits.wave:
        _check_alone(causes)
    return _issue(session, people, limits, causes)


def mark_notice_read(session: Session, *, notice: Notice) -> Notice:
    """The reader has seen it; the first time counts."""
    notice.read_at = notice.read_at or session.now
    return notice


def mark_all_read(session: Session) -> None:
    """The viewer has seen all of their notices."""
    unread = update(Notice).where(Notice.recipient == session.viewer.id, Notice.read_at.is_(None))
    session.execute(unread.values(read_at=session.now).execution_options(synchronize_session=False))


def _check_alone(deeds: Sized) -> None:
    """Raises TooMuch where more than one is to be taken up."""
    if len(deeds) > 1:
        raise TooMuch


def _keep(session: Session, received: Sequence[Received[Message]]) -> bool:
    """Write down what the rules tell and whom it concerns; whether there is anybody."""
    announcements, addressees = [], []
    for one in received:
        for rule in rules_for(one.message):
            if addressed := rule.addressed(one.message):
                announcements.append(_announcement(rule, one))
                addressees += [_addressee(rule, one.envelope, *each) for each in addressed]
    insert_many(session, Announcement, announcements)
    insert_many(session, Addressee, addressees)
    return bool(addressees)


def _announcement(rule: Rule, one: Received[Message]) -> Row:
    return {
        "message_id": one.envelope.id,
        "rule": rule.name,
        "time": one.envelope.time,
        "subject_type": one.envelope.subject_type,
        "subject_id": one.envelope.subject_id,
        "facts": facts_of(rule, one.message),
        "actor": one.envelope.actor or None,
    }


def _addressee(rule: Rule, envelope: Envelope, reason: Reason, scope: Scope) -> Row:
    return {
        "message_id": envelope.id,
        "rule": rule.name,
        "reason": reason,
        "scope_type": scope.type,
        "scope_id": scope.id,
        "time": envelope.time,
    }


def _issue(session: Session, who: Iterable[Untold], limits: NoticeLimits, causes: Deeds) -> list[NewNotice]:
    """One notice each, and a message for those that are not gathered: one statement a table, however many they are."""
    people = each_once(who, causes)
    notices = [
        NewNotice(id=new_id(), message_id=one.message_id, rule=one.rule, recipient=one.person, reason=one.reason)
        for one in people
    ]
    if not notices:
        return []
    deeds = {new.id: causes.get(one.cause) for new, one in zip(notices, people, strict=True)}
    issued = keep(session, notices, limits)
    record_first(session, [_said(session, new, deeds[new.id]) for new in issued])
    return issued


def _said(session: Session, new: NewNotice, deed: Received[Any] | None) -> Row:
    """That this notice was issued, as the deed that led to it."""
    with deed.acting(session) if deed else nullcontext():
        new.traceparent = tracing.traceparent()
        return first_of(session, Notice, new.id, NoticeIssued(notice_id=new.id, recipient=new.recipient, rule=new.rule))
