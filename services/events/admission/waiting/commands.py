"""What can be done about places on offer: accept, decline, and let lapse what nobody took in time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.events.admission import waiting as say
from contracts.events.admission.entries import EntryStatus
from contracts.events.editions.competitions import EditionStatus
from contracts.refusals import ChangedMeanwhile
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.quotas.places import locked
from services.events.admission.entries.counting_people import count_out
from services.events.admission.entries.model import Entry, Participant
from services.events.admission.entries.queries import whole_entries
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.moving import move_up, offers_end, schedule_lapse, substitution_ends
from services.events.admission.waiting.rules import WaitingForm
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Stage, Track
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets import reading as rulebook


def accept_offer(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """Take the place that is held for an entry; refuses with NoOffer or OfferOver."""
    quota = quota_of(session, entry)
    entry.accept(session.now)
    quota.offered, quota.taken = quota.offered - 1, quota.taken + 1
    record(session, entry, say.OfferAccepted(**entry.about(organization.named)))
    if entry.edition.status == EditionStatus.CLOSED:
        _seat(session, entry)
    session.flush()
    return entry


def decline_offer(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """End an entry rather than take the place, which goes to the next; refuses with NoOffer or OfferOver."""
    quota = quota_of(session, entry)
    entry.decline(session.now)
    quota.offered -= 1
    record(session, entry, say.OfferDeclined(**entry.about(organization.named)))
    count_out(session, [entry])
    move_up(session, [quota.id])
    return entry


def lapse_offers(session: Session, *, track_id: str) -> None:
    """End the entries of a track that had a place on offer until now; the places go to the next."""
    due = (
        Entry.track_id == track_id,
        Entry.status == EntryStatus.OFFERED,
        Entry.offered_until <= session.now,
    )
    quotas = locked(session, Quota, session.scalars(select(Entry.quota_id).where(*due).distinct()))
    entries = whole_entries(session, session.scalars(select(Entry.id).where(*due)).all())
    end_entries(session, entries, quotas)
    move_up(session, [quota.id for quota in quotas])
    schedule_lapse(session, track_id)


def end_waiting(session: Session, *, edition: Edition) -> None:
    """End every entry that waits or has a place on offer in those tracks of an edition where places are no longer given."""
    tracks = session.scalars(select(Track).where(Track.edition_id == edition.id)).all()
    document = rulebook.newest(session, edition.id).document
    rules = {track.id: rulebook.section_of(document, track.code, WaitingForm) for track in tracks}
    later = substitution_ends(session, [edition.id]).get(edition.id)
    over = [track.id for track in tracks if offers_end(edition, rules[track.id], later) <= session.now]
    waited_for = select(Quota.id).where(Quota.track_id.in_(over), (Quota.waiting > 0) | (Quota.offered > 0))
    quotas = locked(session, Quota, session.scalars(waited_for).all())
    still = select(Entry.id).where(
        Entry.quota_id.in_([quota.id for quota in quotas]),
        Entry.status.in_((EntryStatus.WAITING, EntryStatus.OFFERED)),
    )
    end_entries(session, whole_entries(session, session.scalars(still).all()), quotas)


def end_waiting_after_substitution(session: Session, phase: Phase) -> None:
    """End what still waits when nobody can be substituted any more, unless entries are still taken."""
    if phase.round.number == 1 and phase.round.edition.status == EditionStatus.CLOSED:
        end_waiting(session, edition=phase.round.edition)


def end_entries(session: Session, entries: Sequence[Entry], quotas: Sequence[Quota]) -> None:
    """Let entries lapse that wait or have an offer; their quotas are locked."""
    by_id = {quota.id: quota for quota in quotas}
    organizations = directory.organizations(session, [entry.organization_id for entry in entries])
    for entry in entries:
        quota = by_id[str(entry.quota_id)]
        about = entry.about(organizations[entry.organization_id].named)
        if entry.status == EntryStatus.OFFERED:
            quota.offered -= 1
            record(session, entry, say.OfferLapsed(**about))
        else:
            quota.waiting -= 1
            record(session, entry, say.WaitingEnded(**about))
        entry.lapse()
    session.flush()
    count_out(session, entries)


def quota_of(session: Session, entry: Entry) -> Quota:
    """The quota of an entry that waits or has an offer, for nobody else to change, and the entry as it then is.

    Refuses with ChangedMeanwhile where a more particular quota has just become the entry's.
    """
    [quota] = locked(session, Quota, [str(entry.quota_id)])
    session.refresh(entry, ["status", "offered_until", "quota_id", "version"])
    if entry.quota_id != quota.id:
        raise ChangedMeanwhile
    return quota


def _seat(session: Session, entry: Entry) -> None:
    """Let an entry compete in the first round after all, which has begun."""
    first = select(Stage.id).where(Stage.track_id == entry.track_id, Stage.number == 1)
    session.add(Participant(stage_id=session.scalars(first).one(), entry_id=entry.id))
