"""Erasure (删除个人信息): what is held about people of an entry goes on request, where no published result needs it."""

from __future__ import annotations

from contracts.base import Message
from contracts.events.admission import entries as say
from contracts.events.admission.entries import AlreadyErased
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entries.answering import erase_answers_of
from services.events.admission.entries.counting_people import count_member_out
from services.events.admission.entries.model import Entry, Member
from services.events.admission.entries.queries import hold, member
from services.events.directory.model import Organization

ERASING = "entry_erasing"
"""The hook of who has reasons to keep what is to be erased: it refuses."""


def member_to_erase(entry: Entry, member_id: str) -> Member:
    """The member whose data are still here; refuses with MemberUnknown or AlreadyErased."""
    gone = member(entry, member_id)
    if gone.erased_at:
        raise AlreadyErased("memberId")
    return gone


def erase_member(session: Session, *, entry: Entry, organization: Organization, gone: Member) -> Entry:
    """Blank a member's name, person and key."""
    hold(session, entry)
    if entry.stands:
        count_member_out(session, entry, gone)
    gone.name, gone.person, gone.person_key, gone.erased_at = "", None, None, session.now
    return _say(session, entry, say.MemberErased(**entry.about(organization.named), member_id=gone.id))


def erase_contestant(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """Blank the name under which an entry is shown, and erase what it answers; refuses with AlreadyErased."""
    hold(session, entry)
    entry.check_named()
    entry.contestant, entry.erased_at = "", session.now
    erase_answers_of(session, [entry.id])
    return _say(session, entry, say.ContestantErased(**entry.about(organization.named)))


def _say(session: Session, entry: Entry, message: Message) -> Entry:
    record(session, entry, message)
    session.flush()
    return entry
