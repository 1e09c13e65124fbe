"""Batches: many entries in one call, all or none of them; and how they would stand, without changing anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contracts.base import Refusal
from contracts.events.admission.entries import AlreadyEntered, BatchTooLong, EntryStatus
from contracts.events.admission.rosters import EntryTwice
from contracts.refusals import InvalidInput
from kit.calls.group import Call, Group
from kit.data.db import Session
from services.events.admission.entering.admitting import NewEntry, faults
from services.events.admission.entering.commands import enter, take_places
from services.events.admission.entering.desk import Desk, Named
from services.events.admission.entering.queries import desk_for
from services.events.admission.entries.counting_people import Key, around, counts_among, scopes
from services.events.admission.entries.model import Entry


@dataclass(frozen=True)
class Prospect:
    """How an entry would stand, or everything that is against it."""

    new: NewEntry
    status: EntryStatus | None
    faults: tuple[Refusal, ...]


def submit_entries(session: Session, calls: Group, new: Mapping[Call, Sequence[NewEntry]]) -> dict[Call, list[Entry]]:
    """Enter all that a call brings, or none of it: refuses with one problem a fault, its field beginning with `entries.<place>.`

    Where there are not places for all, the first have them and the others wait, if they may.
    """
    if not new:
        return {}
    desk = desk_for(session, [each for batch in new.values() for each in batch])

    def batch(new: Sequence[NewEntry]) -> list[Entry]:
        trial = desk.on_trial()
        for track_id, number in Counter(each.track.id for each in new).items():
            if number > desk.rules[track_id].batch_most:
                raise BatchTooLong("entries", most=desk.rules[track_id].batch_most)
        made = _let_in(session, new, trial)
        desk.go_on_as(trial, new)
        return made

    made = calls.each(new, batch)
    if desk.moved():
        calls.apart()
    take_places(session, desk, [entry for entries in made.values() for entry in entries], "entries")
    return made


def enter_all(session: Session, new: Sequence[NewEntry], desk: Desk) -> list[Entry]:
    """Enter all of these, or none, however many they are."""
    made = _let_in(session, new, desk)
    take_places(session, desk, made, "entries")
    return made


def _let_in(session: Session, new: Sequence[NewEntry], desk: Desk) -> list[Entry]:
    found = prospects(session, new, desk)
    _check(found)
    return [enter(session, desk, each.new, each.status) for each in found if each.status]


def prospects(session: Session, new: Sequence[NewEntry], desk: Desk) -> list[Prospect]:
    """How each of these would stand if all came now, one after the other; changes nothing but the desk.

    Of the people only what their own organisations have entered is known here; the database counts all once they enter.
    """
    tracks = {each.track.id: each.track for each in new}
    keys = [member.person_key for each in new for member in each.members if member.person_key]
    own = {each.organization.id for each in new}
    counts = counts_among(session, tracks.values(), keys, own)
    counts.update(key for each in desk.admitted if each.organization.id in own for key in _keys(each))
    found, seen = [], set[Named]()
    for each in new:
        against = [
            *_closed(session, each),
            *_known(each, desk, seen),
            *desk.unknown_members(each),
            *faults(desk.rules[each.track.id], each, around(each.track, counts)),
        ]
        counts.update(_keys(each))
        status = None
        if not against:
            status, against = _placed(each, desk)
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


def _known(new: NewEntry, desk: Desk, seen: set[Named]) -> Iterator[Refusal]:
    if new.named in desk.standing:
        yield AlreadyEntered("contestant")
    elif new.named in seen:
        yield EntryTwice("contestant")
    seen.add(new.named)


def _keys(new: NewEntry) -> list[Key]:
    return [
        (id_, member.role, member.person_key)
        for member in new.members
        if member.person_key
        for id_ in scopes(new.track.id, new.track.edition).values()
    ]


def _placed(new: NewEntry, desk: Desk) -> tuple[EntryStatus | None, list[Refusal]]:
    try:
        return desk.let_in(new), []
    except Refusal as refusal:
        return None, [refusal]
