"""Batches: many entries at once, all or none of them; and how they would stand, without changing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from contracts.base import Refusal
from contracts.events.admission.entries import AlreadyEntered, BatchTooLong, EntryStatus
from contracts.events.admission.quotas import NoQuota
from contracts.events.admission.rosters import EntryTwice
from contracts.refusals import InvalidInput, OrganizationUnknown
from kit.data.db import Session
from procedures.quotas.places import locked
from services.events.admission.entering.admitting import NewEntry, entry_of, faults
from services.events.admission.entering.commands import add, let_in
from services.events.admission.entering.queries import standing
from services.events.admission.entries.counting_people import Key, around, counts_among, scopes
from services.events.admission.entries.model import Entry
from services.events.admission.entries.rules import EntriesForm, EntriesRules
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.queries import quotas_for
from services.events.admission.waiting.moving import move_up
from services.events.admission.waiting.rules import WaitingForm, WaitingRules
from services.events.directory.queries import known
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of_version


@dataclass(frozen=True)
class Prospect:
    """How an entry would stand, or everything that is against it."""

    new: NewEntry
    status: EntryStatus | None
    faults: tuple[Refusal, ...]


@dataclass(frozen=True)
class Rulings:
    """What goes for a batch: the rules by track (of waiting only if one may wait), the quotas by track and organisation."""

    entries: Mapping[str, EntriesRules]
    waiting: Mapping[str, WaitingRules]
    quotas: Mapping[tuple[str, str], Quota]

    def quota(self, new: NewEntry) -> Quota | None:
        return self.quotas.get((new.track.id, new.organization.id))


def submit_entries(session: Session, *, new: Sequence[NewEntry], wait_if_full: bool) -> list[Entry]:
    """Enter all of these, or none: refuses with one problem a fault, its field beginning with `entries.<place>.`

    Where there are not places for all, the first have them and the others wait, if they may.
    """
    rulings = rulings_for(session, new, wait_if_full=wait_if_full)
    for track_id, number in Counter(each.track.id for each in new).items():
        if number > rulings.entries[track_id].batch_most:
            raise BatchTooLong("entries", most=rulings.entries[track_id].batch_most)
    return enter_all(session, new, rulings)


def enter_all(session: Session, new: Sequence[NewEntry], rulings: Rulings) -> list[Entry]:
    """Enter all of these, or none, however many they are."""
    locked(session, Quota, [quota.id for quota in rulings.quotas.values()])
    _check(prospects(session, new, rulings))
    made = {}
    for each in new:
        quota = rulings.quota(each)
        assert quota
        made[each] = entry_of(session, each, quota, let_in(quota, rulings.waiting.get(each.track.id)))
    add(session, made, rulings.entries, "entries")
    move_up(session, [quota.id for quota in rulings.quotas.values() if quota.waiting and quota.free > 0])
    return list(made.values())


def rulings_for(session: Session, new: Sequence[NewEntry], *, wait_if_full: bool) -> Rulings:
    """Look up what goes for these entries, in as many statements for many as for few."""
    tracks = {each.track.id: each.track for each in new}
    newest = (
        select(RuleSet.edition_id, func.max(RuleSet.number))
        .where(RuleSet.edition_id.in_({track.edition_id for track in tracks.values()}))
        .group_by(RuleSet.edition_id)
    )
    numbers = dict(session.execute(newest).all())
    entries = {
        track.id: section_of_version(session, track, numbers[track.edition_id], EntriesForm)
        for track in tracks.values()
    }
    waiting = {
        track.id: section_of_version(session, track, numbers[track.edition_id], WaitingForm)
        for track in tracks.values()
        if wait_if_full
    }
    pairs = {(each.track.id, each.organization.id): (each.track, each.organization) for each in new}
    return Rulings(entries, waiting, quotas_for(session, pairs.values()))


def prospects(session: Session, new: Sequence[NewEntry], rulings: Rulings) -> list[Prospect]:
    """How each of these would stand if all came now, one after the other; changes nothing.

    Of the people only what their own organisations have entered is known here; the database counts all once they enter.
    """
    tracks = {each.track.id: each.track for each in new}
    keys = [member.person_key for each in new for member in each.members if member.person_key]
    counts = counts_among(session, tracks.values(), keys, {each.organization.id for each in new})
    taken = standing(session, new)
    strangers = _strangers(session, new)
    books = {quota.id: _copy(quota) for quota in rulings.quotas.values()}
    found, seen = [], set[tuple[str, str, str]]()
    for each in new:
        against = [
            *_closed(session, each),
            *_known(each, taken, seen),
            *_unknown_members(each, strangers),
            *faults(rulings.entries[each.track.id], each, around(each.track, counts)),
        ]
        counts.update(_keys(each))
        quota = rulings.quota(each)
        status = None
        if not against:
            status, against = _placed(each, quota and books[quota.id], rulings)
        found.append(Prospect(each, status, tuple(against)))
    return found


def _check(found: Sequence[Prospect]) -> None:
    problems = [
        type(fault)(f"entries.{place}.{fault.field}" if fault.field else f"entries.{place}", **fault.params)
        for place, each in enumerate(found)
        for fault in each.faults
    ]
    if problems:
        raise InvalidInput(*problems)


def _closed(session: Session, new: NewEntry) -> list[Refusal]:
    try:
        new.track.edition.check_takes_entries(session.now)
    except Refusal as refusal:
        return [refusal]
    return []


def _known(new: NewEntry, taken: set[tuple[str, str, str]], seen: set[tuple[str, str, str]]) -> Iterator[Refusal]:
    named = (new.track.id, new.organization.id, new.contestant)
    if named in taken:
        yield AlreadyEntered("contestant")
    elif named in seen:
        yield EntryTwice("contestant")
    seen.add(named)


def _strangers(session: Session, new: Sequence[NewEntry]) -> set[str]:
    """The ids of the members' organisations that are not known."""
    ids = {member.organization_id for each in new for member in each.members if member.organization_id}
    return ids - known(session, ids) if ids else set()


def _unknown_members(new: NewEntry, strangers: set[str]) -> Iterator[Refusal]:
    for place, member in enumerate(new.members):
        if member.organization_id in strangers:
            yield OrganizationUnknown(f"members.{place}.organizationId")


def _keys(new: NewEntry) -> list[Key]:
    return [
        (id_, member.role, member.person_key)
        for member in new.members
        if member.person_key
        for id_ in scopes(new.track.id, new.track.edition).values()
    ]


def _placed(new: NewEntry, book: Quota | None, rulings: Rulings) -> tuple[EntryStatus | None, list[Refusal]]:
    if book is None:
        return None, [NoQuota("trackId")]
    try:
        return let_in(book, rulings.waiting.get(new.track.id)), []
    except Refusal as refusal:
        return None, [refusal]


def _copy(quota: Quota) -> Quota:
    """The books of a quota on a sheet of their own, which no session knows."""
    names = ("id", "allotted", "taken", "offered", "waiting", "unlimited", "closed")
    return Quota(**{name: getattr(quota, name) for name in names})
