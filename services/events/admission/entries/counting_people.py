"""Person counts: how often one person stands in a track, an edition and a series; the database lets no two be the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, case, delete, literal, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from contracts.base import Refusal
from contracts.events.admission.eligibility import Within
from contracts.events.admission.entries import MemberRole
from kit.data.db import Session
from services.events.admission.entries.eligibility import ENTERED, Clause, PersonCounts
from services.events.admission.entries.model import STANDING, Entry, Member, PersonCount
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Track

Key = tuple[str, str, str]
"""The id of a track, edition or series, a role, and a person key."""

_KEY = tuple_(PersonCount.scope_id, PersonCount.role, PersonCount.person_key)
_AT_ONCE = 3_000
_UNSEEN = {"synchronize_session": False}


def scopes(track_id: str, edition: Edition) -> Mapping[Within, str]:
    """Where entries in a track of an edition are counted."""
    return {Within.TRACK: track_id, Within.EDITION: edition.id, Within.SERIES: edition.series_id}


def counts_among(
    session: Session, tracks: Iterable[Track], keys: Iterable[str], organization_ids: Iterable[str]
) -> Counter[Key]:
    """How many standing entries of these organisations these people have in and around these tracks.

    Who enters for an organisation may know no more before they enter: counted over all, whoever tries numbers could learn
    without a trace whose are entered elsewhere.
    """
    wanted, found = set(keys), Counter[Key]()
    if not wanted:
        return found
    series = {track.edition.series_id for track in tracks}
    own = set(organization_ids)
    one_with = select(Organization.id).where(Organization.survivor_id.in_(own))
    query = (
        select(Entry.track_id, Edition, Member.role, Member.person_key)
        .join(Member, Member.entry_id == Entry.id)
        .join(Entry.edition)
        .where(Member.person_key.in_(wanted), Entry.organization_id.in_(own) | Entry.organization_id.in_(one_with))
        .where(Entry.status.in_(STANDING), Edition.series_id.in_(series))
    )
    for track_id, edition, role, key in session.execute(query):
        found.update((id_, role, str(key)) for id_ in scopes(track_id, edition).values())
    return found


def around(track: Track, counts: Mapping[Key, int]) -> PersonCounts:
    """The counts as a clause about an entry in this track asks for them."""
    names = {id_: within for within, id_ in scopes(track.id, track.edition).items()}
    return {(names[id_], MemberRole(role), key): n for (id_, role, key), n in counts.items() if id_ in names}


def count_in(session: Session, entries: Sequence[Entry], limits: Mapping[str, Iterable[Clause]]) -> None:
    """Count the people of these new entries; `limits` has the limits of each track by its id.

    Refuses with PersonEnteredInTrack, …InEdition or …InSeries where somebody would stand more often than a limit lets
    them, also when two entries of theirs come at the same moment.
    """
    new = Counter(key for entry in entries for member in entry.members for key in _keys(entry, member))
    _more(session, new, _most(entries, limits))


def count_member_in(session: Session, entry: Entry, member: Member, limits: Iterable[Clause]) -> None:
    """Count somebody who is new in an entry that stands; refuses as `count_in` does."""
    _more(session, Counter(_keys(entry, member)), _most([entry], {entry.track_id: limits}))


def count_out(session: Session, entries: Iterable[Entry]) -> None:
    """No longer count the people of entries that have ended; their members must be loaded."""
    _less(session, Counter(key for entry in entries for member in entry.members for key in _keys(entry, member)))


def count_member_out(session: Session, entry: Entry, member: Member) -> None:
    """No longer count one person of an entry that stands."""
    _less(session, Counter(_keys(entry, member)))


_Most = Mapping[tuple[str, str], tuple[Within, int]]
"""By id of the scope and role: how it is called, and how many entries one person may have there."""


def _more(session: Session, new: Counter[Key], most: _Most) -> None:
    if not new:
        return
    for key, number in new.items():
        _check(key, number, most)
    rows = [dict(zip(("scope_id", "role", "person_key"), key, strict=True), entries=new[key]) for key in sorted(new)]
    counted = {tuple(row) for row in session.execute(_upsert(session, most), rows)}
    for key in sorted(set(new) - counted):
        raise _refusal(key, most)


def _keys(entry: Entry, member: Member) -> list[Key]:
    if member.person_key is None:
        return []
    return [(id_, member.role, member.person_key) for id_ in scopes(entry.track_id, entry.edition).values()]


def _most(entries: Iterable[Entry], limits: Mapping[str, Iterable[Clause]]) -> _Most:
    most: dict[tuple[str, str], tuple[Within, int]] = {}
    for track_id, edition in {entry.track_id: entry.edition for entry in entries}.items():
        ids = scopes(track_id, edition)
        for limit in limits[track_id]:
            key = (ids[limit.within], str(limit.role))
            most[key] = (limit.within, min(limit.most, most.get(key, (limit.within, limit.most))[1]))
    return most


def _check(key: Key, number: int, most: _Most) -> None:
    within, allowed = most.get(key[:2], (Within.TRACK, number))
    if number > allowed:
        raise ENTERED[within]("members", most=allowed)


def _refusal(key: Key, most: _Most) -> Refusal:
    within, allowed = most[key[:2]]
    return ENTERED[within]("members", most=allowed)


def _upsert(session: Session, most: _Most) -> Any:
    """What counts one more and says for which rows it could; SQLAlchemy sends the rows together."""
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    more = make(cast(Table, PersonCount.__table__))
    total = PersonCount.entries + more.excluded.entries
    return more.on_conflict_do_update(
        index_elements=["scope_id", "role", "person_key"], set_={"entries": total}, where=total <= _allowed(most)
    ).returning(PersonCount.scope_id, PersonCount.role, PersonCount.person_key)


def _allowed(most: _Most) -> ColumnElement[int]:
    """How many the row may come to; without a limit, as many as it likes."""
    limits = [
        ((PersonCount.scope_id == id_) & (PersonCount.role == role), literal(allowed))
        for (id_, role), (_, allowed) in most.items()
    ]
    without = PersonCount.entries + 1_000_000
    return case(*limits, else_=without) if limits else without


def _less(session: Session, ended: Counter[Key]) -> None:
    for times in sorted(set(ended.values())):  # once, as a rule: only the clock ends two entries of a person at a time
        for some in _in_parts(sorted(key for key, number in ended.items() if number == times)):
            fewer = update(PersonCount).where(_KEY.in_(some)).values(entries=PersonCount.entries - times)
            session.execute(fewer, execution_options=_UNSEEN)
            none_left = delete(PersonCount).where(_KEY.in_(some), PersonCount.entries == 0)
            session.execute(none_left, execution_options=_UNSEEN)


def _in_parts(keys: list[Key]) -> Iterator[list[Key]]:
    """As many at a time as both databases take in one statement."""
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]
