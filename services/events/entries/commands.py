"""What can be done about entries: enter a contestant, and withdraw."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.events import entries as say
from contracts.events.entries import AlreadyEntered, EntryStatus
from kit.db import Session
from kit.ids import new_id
from kit.outbox import record
from services.events.competitions.model import Track
from services.events.directory.model import Organization
from services.events.entries.model import Entry
from services.events.entries.queries import stands
from services.events.quotas.commands import release_place, take_place, why_no_place
from services.events.quotas.model import Quota
from services.events.quotas.queries import quota_for


def submit_entry(session: Session, *, track: Track, organization: Organization, contestant: str) -> Entry:
    """Enter a contestant and take a place of the quota that the organisation has part in.

    Refuses with EntriesNotOpen, AlreadyEntered, NoQuota or QuotaExhausted. Nothing is written for who comes when all is
    taken. The row that entries contend for is changed last, so that it is held for one round trip and the commit only.
    """
    track.edition.check_takes_entries(session.now)
    quota = quota_for(session, track, organization)
    entry = Entry(
        id=new_id(),
        created_at=session.now,
        edition=track.edition,
        edition_id=track.edition_id,
        track=track,
        track_id=track.id,
        organization_id=organization.id,
        province=organization.province,
        contestant=" ".join(contestant.split()),
        quota_id=quota.id,
        status=EntryStatus.ENTERED,
    )
    _check_free(session, entry, quota)
    session.add(entry)
    record(session, entry, say.EntrySubmitted(**about(entry, organization)))
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyEntered("contestant") from error
    take_place(session, quota)
    return entry


def withdraw_entry(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """End an entry and give its place back; refuses with EntryEnded.

    Of two who withdraw it at once, the entry's version lets one through.
    """
    entry.withdraw(session.now)
    record(session, entry, say.EntryWithdrawn(**about(entry, organization)))
    session.flush()
    release_place(session, str(entry.quota_id))
    return entry


def about(entry: Entry, organization: Organization) -> dict[str, Any]:
    """What every message about an entry says."""
    return {
        "entry_id": entry.id,
        "competition": entry.edition.named,
        "track": entry.track.named,
        "organization": organization.named,
        "province": entry.province,
        "edition": entry.edition.number,
        "series_id": entry.edition.series_id,
    }


def _check_free(session: Session, entry: Entry, quota: Quota) -> None:
    if not quota.unlimited and not quota.free:
        raise AlreadyEntered("contestant") if stands(session, entry) else why_no_place(quota)
