"""What can be asked about entries: by those whom they concern, and by the families that judge them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from contracts.authority import Role, Scope
from contracts.events.entries import EntryStatus
from contracts.refusals import NotFound
from kit.authz import holds, require_signed_in, scopes_of
from kit.db import Session
from kit.paging import Page, page
from services.events.competitions.model import Edition
from services.events.competitions.queries import edition, organized, organizes
from services.events.entries.model import Entry, Participant

_WHOLE_ENTRY = (joinedload(Entry.track), joinedload(Entry.edition).joinedload(Edition.series))
_HUB_OFFICE = (Role.HUB_OFFICE, Scope.hub())


def entry(session: Session, entry_id: str) -> Entry:
    """The entry with its track, edition and series; refuses with NotFound."""
    found = session.get(Entry, entry_id, options=_WHOLE_ENTRY)
    if found is None:
        raise NotFound("entryId")
    return found


def stands(session: Session, entry: Entry) -> bool:
    """Whether the organisation has entered this contestant in this track."""
    same = (
        Entry.track_id == entry.track_id,
        Entry.organization_id == entry.organization_id,
        Entry.contestant == entry.contestant,
        Entry.status == EntryStatus.ENTERED,
    )
    return bool(session.scalar(select(exists().where(*same))))


def entries(
    session: Session,
    *,
    competition_id: str,
    track_id: str | None = None,
    status: EntryStatus | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[Entry]:
    """The entries of an edition in the order in which they came: all for organisers, else those of one's delegation.

    Refuses a visitor with SignInRequired; somebody whom no entry concerns sees an empty list.
    """
    require_signed_in(session)
    found = edition(session, competition_id)
    query = select(Entry).join(Entry.edition).options(*_WHOLE_ENTRY).where(Entry.edition_id == found.id)
    if not holds(session, organizes(found.series_id), _HUB_OFFICE):
        query = query.where(or_(*_of_my_delegation(session)))
    if track_id:
        query = query.where(Entry.track_id == track_id)
    if status:
        query = query.where(Entry.status == status)
    return page(session, query.order_by(Entry.id), first=first, after=after)


def entries_by_id(session: Session, ids: list[str]) -> Sequence[Entry]:
    """Those of these entries that concern the viewer, in no particular order."""
    concerned = or_(organized(session), *_of_my_delegation(session))
    query = select(Entry).join(Entry.edition).options(*_WHOLE_ENTRY).where(Entry.id.in_(ids), concerned)
    return session.scalars(query).all()


def participants(session: Session, stage_id: str) -> Sequence[Entry]:
    """The entries that compete in a stage, with their members, in no particular order."""
    query = select(Entry).join(Participant, Participant.entry_id == Entry.id).where(Participant.stage_id == stage_id)
    return session.scalars(query.options(joinedload(Entry.members), *_WHOLE_ENTRY)).unique().all()


def entered_organizations(session: Session, edition_id: str) -> list[str]:
    """The ids of the organisations that have entries standing or waiting in an edition."""
    open_ = (EntryStatus.ENTERED, EntryStatus.WAITING, EntryStatus.OFFERED)
    query = select(Entry.organization_id).where(Entry.edition_id == edition_id, Entry.status.in_(open_)).distinct()
    return list(session.scalars(query.order_by(Entry.organization_id)))


def _of_my_delegation(session: Session) -> tuple[ColumnElement[bool], ...]:
    """What the viewer enters for: organisations, the delegation of a province to an event, or all those of a province."""
    led = [scope.split(":") for scope in scopes_of(session, Role.DELEGATION_LEADER)]
    return (
        Entry.organization_id.in_(scopes_of(session, Role.REPRESENTATIVE)),
        Entry.province.in_(scopes_of(session, Role.PROVINCE_OFFICE)),
        *((Edition.series_id == series_id) & (Entry.province == province) for series_id, province in led),
    )
