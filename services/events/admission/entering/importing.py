"""Importing: a roster becomes entries; its preview says what is wrong with every row, and how every entry would stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from contracts.base import Refusal
from contracts.events.admission.eligibility import MemberTwice
from contracts.events.admission.rosters import OrganizationAmbiguous, OrganizationNotNamed, RosterFaulty, TrackUnknown
from contracts.ids import is_id
from contracts.names import name_key
from contracts.refusals import NotAllowed
from kit.data.db import Session
from kit.person_keys import KeyOf
from kit.sheets.sheet import Fault, Sheet
from services.events.admission.entering.admitting import NewEntry, NewMember
from services.events.admission.entering.batching import Prospect, enter_all, prospects
from services.events.admission.entering.queries import desk_for
from services.events.admission.entering.roster import ANSWER, Row, read_roster
from services.events.admission.entries.model import Entry
from services.events.admission.entries.rules import EntriesForm
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Track
from services.events.editions.rulesets.reading import newest, section_of

MayEnter = Callable[[Organization], bool]
COLUMNS = {
    "trackId": "track",
    "organizationId": "organization",
    "contestant": "contestant",
    "members": "name",
    "personNumber": "person_number",
}
"""In which column of a roster the field of an entry stands."""


@dataclass(frozen=True)
class Draft:
    """An entry of a roster with its rows, and how it would stand."""

    rows: tuple[Row, ...]
    prospect: Prospect


@dataclass(frozen=True)
class Preview:
    """What a roster would become; an entry of which a row is faulty is not among the drafts."""

    sheet: Sheet
    drafts: Sequence[Draft]
    faults: Sequence[Fault]


@dataclass(frozen=True)
class Reader:
    """What the rows of a roster are understood by; `key_of` turns an identity number into a key, `waits` is said of all."""

    tracks: Mapping[str, Track]
    organizations: Mapping[str, Sequence[Organization]]
    may_enter: MayEnter
    key_of: KeyOf
    waits: bool

    def track(self, row: Row) -> Track | None:
        return self.tracks.get(name_key(row.track))

    def organization(self, name: str) -> Organization | Refusal:
        """The one of this name or id; among several the only one that the viewer enters for."""
        found = self.organizations.get(name_key(name), ())
        if len(found) > 1:
            found = [each for each in found if self.may_enter(each)] or found
        if not found:
            return OrganizationNotNamed(name=name)
        return OrganizationAmbiguous(name=name) if len(found) > 1 else found[0]

    def faults(self, row: Row) -> Iterator[Fault]:
        """What of a row is not known here, or not the viewer's to enter; blank cells have been found faulty before."""
        if row.track and self.track(row) is None:
            yield Fault(row.number, "track", TrackUnknown(track=row.track))
        own = self.organization(row.organization) if row.organization else None
        if isinstance(own, Refusal):
            yield Fault(row.number, "organization", own)
        elif own and not self.may_enter(own):
            yield Fault(row.number, "organization", NotAllowed())
        other = self.organization(row.member_organization) if row.member_organization else None
        if isinstance(other, Refusal):
            yield Fault(row.number, "member_organization", other)

    def entry(self, rows: Sequence[Row]) -> NewEntry:
        """The entry of these rows, none of which has a fault."""
        first = rows[0]
        track, own = self.track(first), self.organization(first.organization)
        assert track and isinstance(own, Organization)
        members = tuple(self._member(row) for row in rows if row.name)
        group = next((row.group for row in rows if row.group), None)
        answers = {key: value for row in reversed(rows) for key, value in row.answers}
        mine = tuple((field["key"], answers[field["key"]]) for field in track.entry_fields if field["key"] in answers)
        return NewEntry(track, own, first.contestant, members, group, self.waits, mine)

    def _member(self, row: Row) -> NewMember:
        other = self.organization(row.member_organization) if row.member_organization else None
        key = self.key_of(row.person_number) if row.person_number else None
        return NewMember(row.role, row.name, other.id if isinstance(other, Organization) else None, None, key)


def preview_entries(
    session: Session,
    *,
    edition: Edition,
    data: bytes | str,
    may_enter: MayEnter,
    key_of: KeyOf,
    wait_if_full: bool,
) -> Preview:
    """Read a roster and hold it against the rules; changes nothing."""
    rules = section_of(newest(session, edition.id).document, "", EntriesForm)
    fields = [field for track in edition.tracks for field in track.entry_fields]
    roster = read_roster(data, most_rows=rules.roster_rows_most, fields=fields)
    reader = Reader(_tracks(edition), _organizations(session, roster.rows), may_enter, key_of, wait_if_full)
    faults = [*roster.faults, *_twice(roster.rows), *(fault for row in roster.rows for fault in reader.faults(row))]
    sound = _sound(reader, roster.rows, {fault.row for fault in faults})
    new = [reader.entry(rows) for rows in sound]
    found = prospects(session, new, desk_for(session, new, hold=False)) if new else []
    drafts = [Draft(tuple(rows), prospect) for rows, prospect in zip(sound, found, strict=True)]
    faults += [fault for draft in drafts for fault in _against(draft)]
    return Preview(roster.sheet, drafts, faults)


def import_entries(
    session: Session,
    *,
    edition: Edition,
    data: bytes | str,
    may_enter: MayEnter,
    key_of: KeyOf,
    wait_if_full: bool,
) -> list[Entry]:
    """Enter all that a roster names; refuses with RosterFaulty where its preview has a fault, and then enters nothing."""
    preview = preview_entries(
        session, edition=edition, data=data, may_enter=may_enter, key_of=key_of, wait_if_full=wait_if_full
    )
    if preview.faults:
        raise RosterFaulty("file", faults=len(preview.faults))
    new = [draft.prospect.new for draft in preview.drafts]
    return enter_all(session, new, desk_for(session, new))


def _twice(rows: Sequence[Row]) -> Iterator[Fault]:
    """A person without an identity number, by which the rules would find out, is in one entry twice."""
    seen = set[Row]()
    for row in rows:
        if row.name and not row.person_number:
            if (same := replace(row, number=0)) in seen:
                yield Fault(row.number, "name", MemberTwice())
            seen.add(same)


def _tracks(edition: Edition) -> dict[str, Track]:
    """The tracks of an edition by code and by names."""
    for track in edition.tracks:
        set_committed_value(track, "edition", edition)
    named = [(name, track) for track in edition.tracks for name in (track.name_en, track.name_zh, track.code)]
    return {name_key(name): track for name, track in named}


def _organizations(session: Session, rows: Sequence[Row]) -> dict[str, list[Organization]]:
    """Those that the rows name, by the key of the name or of the id."""
    names = {name for row in rows for name in (row.organization, row.member_organization) if name}
    ids = {name for name in names if is_id(name)}
    of_id = session.scalars(select(Organization).where(Organization.id.in_(ids))).all() if ids else []
    by_name = directory.named(session, names) if names else ()
    now = directory.in_place_of(session, [*of_id, *by_name])
    found: dict[str, list[Organization]] = {each.id: [now[each.id]] for each in of_id}
    for each in by_name:
        for key in {name_key(each.name_zh), name_key(each.name_en)}:
            if now[each.id] not in found.setdefault(key, []):
                found[key].append(now[each.id])
    return found


def _sound(reader: Reader, rows: Sequence[Row], faulty: set[int]) -> list[list[Row]]:
    """The rows of each entry, in the order of the file, without entries of which a row is faulty."""
    entries: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        track, own = reader.track(row), reader.organization(row.organization)
        track_id = track.id if track else row.track
        own_id = own.id if isinstance(own, Organization) else row.organization
        entries.setdefault((track_id, own_id, name_key(row.contestant)), []).append(row)
    return [each for each in entries.values() if not faulty & {row.number for row in each}]


def _against(draft: Draft) -> Iterator[Fault]:
    """The faults of an entry, each at the row of the member that it is about, or else at the entry's first."""
    named = [row for row in draft.rows if row.name]
    for refusal in draft.prospect.faults:
        match (refusal.field or "").split("."):
            case ["members", place, field]:
                column = "member_organization" if field == "organizationId" else COLUMNS.get(field, "name")
                yield Fault(named[int(place)].number, column, refusal)
            case ["answers", key]:
                yield Fault(draft.rows[0].number, ANSWER + key, refusal)
            case [field, *_]:
                yield Fault(draft.rows[0].number, COLUMNS.get(field), refusal)
