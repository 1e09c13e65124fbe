"""Erasure (删除个人信息): what is held about people of an entry goes on request, where no published result needs it."""

from __future__ import annotations

from sqlalchemy import exists, select

from contracts.base import Message
from contracts.events.admission import entries as say
from contracts.events.admission.entries import AlreadyErased, ResultNeedsIt
from contracts.events.judging.results import VersionStatus
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entries.model import Entry
from services.events.admission.entries.person_counts import count_member_out
from services.events.admission.entries.substitution import member
from services.events.directory.model import Organization
from services.events.judging.results.model import ResultRow, ResultVersion

KEEPS = (VersionStatus.PROPOSED, VersionStatus.ANNOUNCED, VersionStatus.SUPERSEDED)
"""The versions of a result that go on saying what they say; one that was taken back before anybody saw it does not."""


def erase_member(session: Session, *, entry: Entry, organization: Organization, member_id: str) -> Entry:
    """Blank a member's name, person and key; refuses with MemberUnknown, AlreadyErased or ResultNeedsIt."""
    gone = member(entry, member_id)
    if gone.erased_at:
        raise AlreadyErased("memberId")
    check_not_needed(session, entry)
    if entry.stands:
        count_member_out(session, entry, gone)
    gone.name, gone.person, gone.person_key, gone.erased_at = "", None, None, session.now
    return _say(session, entry, say.MemberErased(**entry.about(organization.named), member_id=gone.id))


def erase_contestant(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """Blank the name under which an entry is shown; refuses with AlreadyErased or ResultNeedsIt."""
    if entry.erased_at:
        raise AlreadyErased("entryId")
    check_not_needed(session, entry)
    entry.contestant, entry.erased_at = "", session.now
    return _say(session, entry, say.ContestantErased(**entry.about(organization.named)))


def check_not_needed(session: Session, entry: Entry) -> None:
    """Go on only if no version of a result that is or was published, or that is about to be, includes the entry."""
    includes = (
        ResultRow.entry_id == entry.id,
        ResultVersion.id == ResultRow.version_id,
        ResultVersion.status.in_(KEEPS),
    )
    if session.scalar(select(exists().where(*includes))):
        raise ResultNeedsIt("entryId")


def _say(session: Session, entry: Entry, message: Message) -> Entry:
    record(session, entry, message)
    session.flush()
    return entry
