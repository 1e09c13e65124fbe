"""Reminding: before entries close, whoever may enter somebody and has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import exists, select

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.events.admission.entries import TOLD_AT_ONCE, EntriesDue
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.reminders.reminding import falls_due, remind_each
from services.events.admission.entries.model import STANDING, Entry
from services.events.admission.quotas.model import Quota
from services.events.directory.model import AllianceMember
from services.events.editions.editions.model import Edition, Track

REMIND_OF_ENTRIES = "remind_of_entries"


def watch_entries(session: Session, edition: Edition) -> None:
    """Have those reminded who do not enter before its window ends."""
    remind_each(session, REMIND_OF_ENTRIES, {edition.id: edition.closes_at})


def remind_of_entries(session: Session, *, edition: Edition, lead: timedelta) -> None:
    """Tell members of the alliance and leaders of delegations without an entry until when they can enter."""
    if not edition.takes_entries_yet(session.now):
        return
    if falls_due(session, REMIND_OF_ENTRIES, edition.id, edition.closes_at, lead):
        provinces = _provinces_without(session, edition.id)
        for some in _members_without(session, edition):
            if some or provinces:
                record(session, edition, EntriesDue(**edition.about, organization_ids=some, provinces=provinces))
            provinces = []


def _members_without(session: Session, edition: Edition) -> Iterator[list[str]]:
    """The members of the alliance that have not entered, some at a time; once where there is none."""
    entered = exists().where(
        Entry.edition_id == edition.id,
        Entry.organization_id == AllianceMember.organization_id,
        Entry.status.in_(STANDING),
    )
    query = select(AllianceMember.organization_id).where(
        AllianceMember.alliance_id == edition.alliance_id, AllianceMember.status == MembershipStatus.MEMBER, ~entered
    )
    found = list(session.scalars(query.order_by(AllianceMember.organization_id))) if edition.alliance_id else []
    for first in range(0, max(len(found), 1), TOLD_AT_ONCE):
        yield found[first : first + TOLD_AT_ONCE]


def _provinces_without(session: Session, edition_id: str) -> list[str]:
    """The provinces that have places and no entry."""
    entered = exists().where(
        Entry.edition_id == edition_id, Entry.province == Quota.province, Entry.status.in_(STANDING)
    )
    query = select(Quota.province).join(Track, Track.id == Quota.track_id).distinct()
    return list(
        session.scalars(
            query.where(Track.edition_id == edition_id, Quota.province != "", ~entered).order_by(Quota.province)
        )
    )
