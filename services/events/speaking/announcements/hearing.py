"""Hearing: whom the frozen filter of an announcement means at this moment, as one column of what names each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select, union
from sqlalchemy.orm import aliased

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.events.admission.entries import EntryStatus, ParticipantStatus
from contracts.events.editions.competitions import StageStatus
from contracts.events.editions.phases import PhaseKind
from contracts.events.speaking.announcements import Hearers
from kit.data.db import Session
from kit.rights.right import province_code
from services.events.admission.entries.model import CONCERNED, Entry, Participant
from services.events.admission.quotas.model import WHOLE, Quota
from services.events.directory.model import AllianceMember, Organization
from services.events.editions.editions.model import Stage, Track
from services.events.editions.phases.model import Phase
from services.events.judging.judges.model import LIVE, Seat
from services.events.judging.works.model import Work
from services.events.speaking.announcements.model import Announcement, Hearer

Filter = Select[str]
"""A select of one column: the ids of institutions, the scopes of delegations, or the subjects of people; each may come twice."""


def next_hearers(session: Session, announcement: Announcement, most: int) -> list[str]:
    """The next so many whom an announcement is to be said to, behind those who have been told, in one order."""
    meant = hearers(session, announcement).subquery().c[0]
    query = select(meant).distinct().order_by(meant).limit(most)
    if announcement.behind is not None:
        query = query.where(meant > announcement.behind)
    return list(session.scalars(query))


def hearers(session: Session, announcement: Announcement) -> Filter:
    """All whom it means; a correction means those who have heard what it corrects."""
    if announcement.corrects_id:
        return _who_heard(announcement)
    return _MEANT.get(announcement.to, _entrants)(session, announcement)


def _who_heard(announcement: Announcement) -> Filter:
    return select(Hearer.hearer).where(
        Hearer.announcement_id == announcement.corrects_id, Hearer.heard_as == announcement.heard_as
    )


def _entrants(_session: Session, announcement: Announcement) -> Filter:
    statuses = _STATUSES[announcement.to]
    return select(Entry.organization_id).where(Entry.status.in_(statuses), *_of_entries(announcement))


def _without_a_work(session: Session, announcement: Announcement) -> Filter:
    """Institutions with an entry that competes in a stage in which works are asked for, and has none there."""
    handed_in = exists().where(Work.stage_id == Stage.id, Work.entry_id == Participant.entry_id, Work.latest > 0)
    asked_for = (
        select(Participant.entry_id)
        .join(Stage, Stage.id == Participant.stage_id)
        .join(Phase, Phase.round_id == Stage.round_id)
        .where(Participant.entry_id == Entry.id, Participant.status == ParticipantStatus.COMPETING)
        .where(Stage.status != StageStatus.FINISHED, Phase.kind == PhaseKind.WORKS, Phase.opens_at <= session.now)
        .where(~handed_in)
    )
    competing = Entry.status == EntryStatus.ENTERED, asked_for.exists()
    return select(Entry.organization_id).where(*competing, *_of_entries(announcement))


def _of_entries(announcement: Announcement) -> Iterator[ColumnElement[bool]]:
    yield Entry.edition_id == announcement.edition_id
    if announcement.track_id:
        yield Entry.track_id == announcement.track_id
    if announcement.province:
        yield Entry.province == announcement.province
    if announcement.organization_ids:
        yield Entry.organization_id.in_(announcement.organization_ids)


def _not_entered(_session: Session, announcement: Announcement) -> Filter:
    """Members of the alliance and holders of places, all of them institutions, that have no entry.

    One that was merged is not meant, for another stands in its place; what it has entered counts as that one's.
    """
    merged = aliased(Organization)
    as_merged = select(merged.id).where(merged.survivor_id == Organization.id).correlate(Organization)
    own = or_(Entry.organization_id == Organization.id, Entry.organization_id.in_(as_merged))
    entered = exists().where(own, Entry.status.in_(CONCERNED), *_same_contest(announcement))
    stands = or_(Organization.survivor_id.is_(None), Organization.survivor_id == Organization.id)
    query = select(Organization.id).where(~entered, stands, Organization.id.in_(_expected(announcement)))
    if announcement.province:
        query = query.where(province_code(Organization.region) == announcement.province)
    if announcement.organization_ids:
        query = query.where(Organization.id.in_(announcement.organization_ids))
    return query


def _same_contest(announcement: Announcement) -> Iterator[ColumnElement[bool]]:
    yield Entry.edition_id == announcement.edition_id
    if announcement.track_id:
        yield Entry.track_id == announcement.track_id


def _expected(announcement: Announcement) -> Any:
    members = select(AllianceMember.organization_id).where(
        AllianceMember.alliance_id == announcement.edition.alliance_id,
        AllianceMember.status == MembershipStatus.MEMBER,
    )
    holders = select(Quota.organization_id).where(_of_tracks(announcement), Quota.organization_id.is_not(None))
    return union(members, holders)


def _delegations(_session: Session, announcement: Announcement) -> Filter:
    """The delegations of the provinces that hold places or have entries, as the scopes of their leaders."""
    begins = literal(f"{announcement.edition.series_id}:")
    with_places = select(Quota.province).where(_of_tracks(announcement), Quota.province != WHOLE)
    with_entries = select(Entry.province).where(Entry.status.in_(CONCERNED), *_same_contest(announcement))
    province = union(with_places, with_entries).subquery().c[0]
    query = select(begins.concat(province))
    if announcement.province:
        query = query.where(province == announcement.province)
    if announcement.organization_ids:
        named = select(province_code(Organization.region)).where(Organization.id.in_(announcement.organization_ids))
        query = query.where(province.in_(named))
    return query


def _of_tracks(announcement: Announcement) -> ColumnElement[bool]:
    if announcement.track_id:
        return Quota.track_id == announcement.track_id
    return Quota.track_id.in_(select(Track.id).where(Track.edition_id == announcement.edition_id))


def _judges(_session: Session, announcement: Announcement) -> Filter:
    query = select(Seat.person).join(Stage, Stage.id == Seat.stage_id)
    query = query.where(Stage.edition_id == announcement.edition_id, Seat.status.in_(LIVE))
    if announcement.track_id:
        query = query.where(Stage.track_id == announcement.track_id)
    if announcement.province:
        query = query.where(Seat.province == announcement.province)
    return query


_STATUSES: Mapping[str, tuple[EntryStatus, ...]] = {
    Hearers.ENTRANTS: CONCERNED,
    Hearers.WAITING: (EntryStatus.WAITING,),
    Hearers.NOT_CONFIRMED: (EntryStatus.OFFERED,),
}
_MEANT: Mapping[str, Callable[[Session, Announcement], Filter]] = {
    Hearers.NOT_ENTERED: _not_entered,
    Hearers.NO_WORK: _without_a_work,
    Hearers.DELEGATIONS: _delegations,
    Hearers.JUDGES: _judges,
}
