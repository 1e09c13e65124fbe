"""What can be done about one entry: enter a contestant, or have it wait for a place, and withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from contracts.events.admission import entries as say
from contracts.events.admission import waiting as said
from contracts.events.admission.entries import AlreadyEntered, EntryStatus, ParticipantStatus
from contracts.events.admission.quotas import QuotaExhausted
from contracts.events.admission.waiting import OthersWait, WaitingListFull
from contracts.events.editions.competitions import EditionStatus
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.quotas.places import give_back, locked
from services.events.admission.entering.admitting import NewEntry, NewMember, check, check_organizations, entry_of
from services.events.admission.entering.queries import stands
from services.events.admission.entries.counting_people import count_in, count_out
from services.events.admission.entries.model import Entry, Participant
from services.events.admission.entries.queries import quota_and_rules
from services.events.admission.entries.rules import EntriesForm, EntriesRules
from services.events.admission.quotas.commands import take_place, why_no_place
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.commands import quota_of
from services.events.admission.waiting.moving import move_up
from services.events.admission.waiting.rules import WaitingForm, WaitingRules
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track
from services.events.editions.rulesets.reading import section_of_version


def submit_entry(
    session: Session,
    *,
    track: Track,
    organization: Organization,
    contestant: str,
    members: tuple[NewMember, ...] = (),
    group_name: str | None = None,
    wait_if_full: bool = False,
) -> Entry:
    """Enter a contestant and take a place of the quota that the organisation has part in, or wait for one.

    Refuses with EntriesNotOpen, NoQuota, AlreadyEntered, QuotaExhausted, OthersWait, WaitingListFull, or one problem for
    each rule that the entry breaks. Nothing is written for who comes when all is taken and does not wait. The row that
    entries contend for is changed last, so that it is held for one round trip and the commit only.
    """
    track.edition.check_takes_entries(session.now)
    quota, version = quota_and_rules(session, track, organization)
    rules = section_of_version(session, track, version, EntriesForm)
    new = NewEntry(track, organization, " ".join(contestant.split()), members, group_name)
    check_organizations(session, members, organization)
    check(rules, new)
    waiting = section_of_version(session, track, version, WaitingForm) if wait_if_full else None
    if waiting and waiting.enabled:
        return _enter_or_wait(session, new, quota, rules, waiting)
    if not quota.has_room:
        raise AlreadyEntered("contestant") if stands(session, new) else why_no_place(quota)
    return _enter(session, new, quota, rules)


def withdraw_entry(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """End an entry and give its place to the next who waits for one; refuses with EntryEnded.

    Of two who withdraw it at once, the entry's version lets one through.
    """
    waited_for = quota_of(session, entry) if entry.status in {EntryStatus.WAITING, EntryStatus.OFFERED} else None
    before = entry.status
    entry.withdraw(session.now)
    record(session, entry, say.EntryWithdrawn(**entry.about(organization.named)))
    count_out(session, [entry])
    if entry.edition.status == EditionStatus.CLOSED:
        _leave_stages(session, entry)
    session.flush()
    if waited_for:
        _vacate(waited_for, before)
        move_up(session, [waited_for.id])
    elif give_back(session, Quota, str(entry.quota_id)):
        move_up(session, [str(entry.quota_id)])
    return entry


def add(session: Session, new: Mapping[NewEntry, Entry], rules: Mapping[str, EntriesRules], field: str) -> None:
    """Write new entries with what is said of each; `rules` are by the id of the track.

    Refuses with AlreadyEntered in this field, or where somebody stands more often than they may.
    """
    for plan, entry in new.items():
        message = say.EntrySubmitted if entry.status == EntryStatus.ENTERED else said.EntryWaiting
        record(session, entry, message(**entry.about(plan.organization.named)))
    session.add_all(new.values())
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyEntered(field) from error
    count_in(session, list(new.values()), {track_id: each.person_limits for track_id, each in rules.items()})


def _enter(session: Session, new: NewEntry, quota: Quota, rules: EntriesRules) -> Entry:
    entry = entry_of(session, new, quota, EntryStatus.ENTERED)
    add(session, {new: entry}, {new.track.id: rules}, "contestant")
    take_place(session, quota)
    return entry


def _enter_or_wait(session: Session, new: NewEntry, quota: Quota, rules: EntriesRules, waiting: WaitingRules) -> Entry:
    """As long as places are free, enter like everybody; else look again with the quota held, and wait."""
    if quota.has_room:
        with suppress(QuotaExhausted, OthersWait), session.begin_nested():
            return _enter(session, new, quota, rules)
    [quota] = locked(session, Quota, [quota.id])
    status = let_in(quota, waiting)
    entry = entry_of(session, new, quota, status)
    add(session, {new: entry}, {new.track.id: rules}, "contestant")
    if status == EntryStatus.WAITING and quota.free > 0:
        move_up(session, [quota.id])
    return entry


def let_in(quota: Quota, waiting: WaitingRules | None) -> EntryStatus:
    """Give the next one a place of a locked quota, or one on its waiting list.

    Refuses with EntriesNotOpen, WaitingListFull, or without a waiting list with QuotaExhausted or OthersWait.
    """
    if not quota.closed and quota.has_room:
        quota.taken += 1
        return EntryStatus.ENTERED
    if quota.closed or not (waiting and waiting.enabled):
        raise why_no_place(quota)
    if quota.waiting >= waiting.most:
        raise WaitingListFull("trackId", most=waiting.most)
    quota.waiting += 1
    return EntryStatus.WAITING


def _vacate(quota: Quota, status: str) -> None:
    """Strike from the books of a locked quota what an entry had there."""
    match status:
        case EntryStatus.WAITING:
            quota.waiting -= 1
        case EntryStatus.OFFERED:
            quota.offered -= 1
        case _:  # it was accepted at the same moment
            quota.taken, quota.freed = quota.taken - 1, quota.freed + 1


def _leave_stages(session: Session, entry: Entry) -> None:
    """No longer compete where it does."""
    competes = Participant.entry_id == entry.id, Participant.status == ParticipantStatus.COMPETING
    leave = update(Participant).where(*competes).values(status=ParticipantStatus.WITHDRAWN)
    session.execute(leave, execution_options={"synchronize_session": False})
