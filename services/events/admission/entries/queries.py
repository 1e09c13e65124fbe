"""What can be asked about entries: by those whom they concern, and by the families that judge them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from contracts.browsing import START, Stretch
from contracts.events.admission.entries import TOLD_AT_ONCE, EntryStatus, MemberUnknown
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, newest_first, page
from kit.rights.right import Right
from services.events.admission.entries.model import STANDING, Entry, Member, Participant
from services.events.admission.entries.rights import HAS_ENTRY, entries_for
from services.events.editions.editions.model import Edition, Track
from services.events.editions.editions.queries import edition
from services.events.rights import ANSWERS_FOR

_WHOLE_ENTRY = (joinedload(Entry.track), joinedload(Entry.edition).joinedload(Edition.series))


def entry(session: Session, entry_id: str) -> Entry:
    """The entry with its track, edition and series; refuses with NotFound."""
    found = session.find(Entry, entry_id, *_WHOLE_ENTRY)
    if found is None:
        raise NotFound("entryId")
    return found


def entry_with_members(session: Session, entry_id: str) -> Entry:
    """The entry as `entry` gives it, with its members; refuses with NotFound."""
    found = session.find(Entry, entry_id, *_WHOLE_ENTRY, selectinload(Entry.members))
    if found is None:
        raise NotFound("entryId")
    return found


def hold(session: Session, entry: Entry) -> None:
    """Read how an entry stands now, which nobody changes until the end of the transaction.

    Its version stays the one that was read first, so that nothing else of it is written over.
    """
    session.execute(select(Entry.id).where(Entry.id == entry.id).with_for_update(key_share=True))
    session.refresh(entry, ["status", "erased_at"])


def whole_entries(session: Session, ids: Sequence[str]) -> Sequence[Entry]:
    """These entries with track, edition, series and members, in the order in which they came."""
    if not ids:
        return []
    query = select(Entry).where(Entry.id.in_(ids)).options(*_WHOLE_ENTRY, selectinload(Entry.members))
    return session.scalars(query.order_by(Entry.id)).all()


def entries(
    session: Session,
    *,
    competition_id: str,
    track_id: str | None = None,
    status: EntryStatus | None = None,
    stretch: Stretch = START,
) -> Page[Entry]:
    """The entries of an edition in the order in which they came: all for organisers, else those of one's delegation.

    Somebody whom no entry concerns sees an empty list.
    """
    found = edition(session, competition_id)
    query = select(Entry).join(Entry.edition).options(*_WHOLE_ENTRY).where(Entry.edition_id == found.id)
    query = query.where(entries_for(session, ANSWERS_FOR, series_id=found.series_id))
    if track_id:
        query = query.where(Entry.track_id == track_id)
    if status:
        query = query.where(Entry.status == status)
    return page(session, query, stretch, orders=by_age(Entry.id))


def my_entries(
    session: Session,
    *,
    competition_id: str | None = None,
    status: EntryStatus | None = None,
    stretch: Stretch = START,
) -> Page[Entry]:
    """The entries that are the viewer's own or those of an organisation that they represent, newest first."""
    mine = HAS_ENTRY.ids(session, Entry.id, entry_id=Entry.id, organization_id=Entry.organization_id)
    query = select(Entry).where(mine).options(*_WHOLE_ENTRY)
    if competition_id:
        query = query.where(Entry.edition_id == competition_id)
    if status:
        query = query.where(Entry.status == status)
    return page(session, query, stretch, orders=newest_first(Entry.id))


def entries_by_id(session: Session, ids: list[str], right: Right = ANSWERS_FOR) -> Sequence[Entry]:
    """Those of these entries for which the viewer has the right, in no particular order."""
    concerned = entries_for(session, right)
    query = select(Entry).join(Entry.edition).options(*_WHOLE_ENTRY).where(Entry.id.in_(ids), concerned)
    return session.scalars(query).all()


def member(entry: Entry, member_id: str) -> Member:
    """The member of an entry whose members are loaded; refuses with MemberUnknown."""
    for each in entry.members:
        if each.id == member_id:
            return each
    raise MemberUnknown("memberId")


def members_to_erase(session: Session, accounts: Collection[str]) -> Sequence[tuple[str, str]]:
    """Entry and id of the members with these accounts whose data are still here."""
    query = select(Member.entry_id, Member.id).where(Member.person.in_(accounts), Member.erased_at.is_(None))
    return [(entry_id, member_id) for entry_id, member_id in session.execute(query.order_by(Member.id))]


def members(session: Session, *, entry_ids: list[str]) -> Sequence[Member]:
    """The members of those of these entries that concern the viewer, with entry and edition; rules bound their number."""
    concerned = entries_for(session, ANSWERS_FOR)
    whole = contains_eager(Member.entry).contains_eager(Entry.edition)
    query = select(Member).join(Member.entry).join(Entry.edition).options(whole)
    query = query.where(Member.entry_id.in_(entry_ids), concerned)
    return session.scalars(query.order_by(Member.entry_id, Member.id)).all()


def participants(session: Session, stage_id: str) -> Sequence[Entry]:
    """The entries that compete in a stage, with their members, in no particular order."""
    query = select(Entry).join(Participant, Participant.entry_id == Entry.id).where(Participant.stage_id == stage_id)
    return session.scalars(query.options(joinedload(Entry.members), *_WHOLE_ENTRY)).unique().all()


def entered_organizations(session: Session, edition_id: str) -> list[str]:
    """The ids of the organisations that have entries standing or waiting in an edition."""
    query = select(Entry.organization_id).where(Entry.edition_id == edition_id, Entry.status.in_(STANDING)).distinct()
    return list(session.scalars(query.order_by(Entry.organization_id)))


def entered(session: Session, edition_id: str) -> Iterator[list[str]]:
    """The same, so many as one message names at a time; once where none has entered."""
    told = entered_organizations(session, edition_id)
    for first in range(0, max(len(told), 1), TOLD_AT_ONCE):
        yield told[first : first + TOLD_AT_ONCE]


def among(session: Session, ids: Collection[str]) -> dict[str, Track]:
    """Those of these tracks that there are, with edition and series, by their ids."""
    whole = joinedload(Track.edition).joinedload(Edition.series)
    return {each.id: each for each in session.scalars(select(Track).where(Track.id.in_(ids)).options(whole))}


def one_of(found: Mapping[str, Track], track_id: str) -> Track:
    """The track of this id; refuses with NotFound."""
    if track_id not in found:
        raise NotFound("trackId")
    return found[track_id]
