"""What can be done about one entry: enter a contestant, or have it wait for a place, and withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from contracts.events.admission import entries as say
from contracts.events.admission import waiting as said
from contracts.events.admission.entries import AlreadyEntered, EntryStatus, ParticipantStatus
from contracts.events.editions.competitions import EditionStatus
from kit.calls.group import Call, Group
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.quotas.places import give_back
from services.events.admission.entering.admitting import NewEntry, NewMember, entry_of
from services.events.admission.entering.desk import Desk
from services.events.admission.entering.queries import desk_for
from services.events.admission.entries.counting_people import count_in, count_out
from services.events.admission.entries.fields import Answers
from services.events.admission.entries.model import Entry, Participant
from services.events.admission.entries.queries import hold
from services.events.admission.quotas import commands as quotas
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.commands import quota_of
from services.events.admission.waiting.moving import move_up
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track


def planned(
    session: Session,
    *,
    track: Track,
    organization: Organization,
    contestant: str,
    members: tuple[NewMember, ...] = (),
    group_name: str | None = None,
    wait_if_full: bool | None = None,
    answers: Answers = (),
) -> NewEntry:
    """An entry as it is to be, while entries are taken; refuses with EntriesNotOpen."""
    track.edition.check_takes_entries(session.now)
    return NewEntry(track, organization, contestant, members, group_name, bool(wait_if_full), answers)


def submit_entry(session: Session, calls: Group, new: Mapping[Call, NewEntry]) -> dict[Call, Entry]:
    """Enter a contestant for each call, which takes a place of the quota that its organisation has part in, or waits for one.

    Refuses each with NoQuota, AlreadyEntered, EntriesNotOpen, QuotaExhausted, OthersWait, WaitingListFull, or one problem
    for each rule that the entry breaks. Nothing is written for who comes when all is taken and does not wait.
    """
    if not new:
        return {}
    desk = desk_for(session, list(new.values()))
    made = calls.each(new, lambda each: _enter(session, desk, each))
    if desk.moved():
        calls.apart()
    take_places(session, desk, list(made.values()), "contestant")
    return made


def _enter(session: Session, desk: Desk, new: NewEntry) -> Entry:
    desk.check(new)
    return enter(session, desk, new, desk.let_in(new))


def enter(session: Session, desk: Desk, new: NewEntry, status: EntryStatus) -> Entry:
    """A new entry that was let in, with what is said of it; it is not written yet."""
    entry = entry_of(session, new, desk.quota(new).id, status)
    message = say.EntrySubmitted if status == EntryStatus.ENTERED else said.EntryWaiting
    record(session, entry, message(**entry.about(new.organization.named)))
    return entry


def take_places(session: Session, desk: Desk, made: Sequence[Entry], field: str) -> None:
    """Write these entries and count their places.

    Refuses with AlreadyEntered in this field, or where somebody stands more often than they may. The rows that entries
    contend for are changed last, so that they are held for one round trip each and the commit only.
    """
    session.add_all(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyEntered(field) from error
    count_in(session, made, {track_id: rules.person_limits for track_id, rules in desk.rules.items()})
    take = partial(quotas.take_places, session, desk.taken, desk.waited)
    if moved := desk.moved():
        take()
        move_up(session, moved)
    else:
        session.last(take)


def withdraw_entry(session: Session, *, entry: Entry, organization: Organization) -> Entry:
    """End an entry and give its place to the next who waits for one; refuses with IsCancelled or EntryEnded.

    Of two who withdraw it at once, whoever holds it first is let through.
    """
    entry.check_stands()
    waited_for = quota_of(session, entry) if entry.status in {EntryStatus.WAITING, EntryStatus.OFFERED} else None
    hold(session, entry)
    before = entry.status
    end_entry(session, entry, organization)
    count_out(session, [entry])
    leave_stages(session, [entry])
    session.flush()
    if waited_for:
        vacate(waited_for, before)
        move_up(session, [waited_for.id])
    elif give_back(session, Quota, str(entry.quota_id)):
        move_up(session, [str(entry.quota_id)])
    return entry


def end_entry(session: Session, entry: Entry, organization: Organization) -> None:
    """Let an entry that is held end, and say so; refuses with IsCancelled or EntryEnded."""
    entry.withdraw(session.now)
    record(session, entry, say.EntryWithdrawn(**entry.about(organization.named)))


def vacate(quota: Quota, status: str) -> None:
    """Strike from the books of a locked quota what an entry had there."""
    match status:
        case EntryStatus.WAITING:
            quota.waiting -= 1
        case EntryStatus.OFFERED:
            quota.offered -= 1
        case _:  # it has a place, perhaps accepted at the same moment
            quota.taken, quota.freed = quota.taken - 1, quota.freed + 1


def leave_stages(session: Session, entries: Sequence[Entry]) -> None:
    """Let those of ended entries that compete, as entries are closed, no longer do so."""
    competing = [entry.id for entry in entries if entry.edition.status == EditionStatus.CLOSED]
    if not competing:
        return
    competes = Participant.entry_id.in_(competing), Participant.status == ParticipantStatus.COMPETING
    leave = update(Participant).where(*competes).values(status=ParticipantStatus.WITHDRAWN)
    session.execute(leave, execution_options={"synchronize_session": False})
