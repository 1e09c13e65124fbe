"""Standing down: all entries of an edition that is cancelled end at once, and stand again where that is taken back.

Each is one statement, however many entries there are; what is said of it is said of the edition.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, case, delete, func, literal, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from contracts.events.admission.entries import EntryStatus
from kit.data.db import Session
from services.events.admission.entries.model import STANDING, Entry, Member, PersonCount
from services.events.admission.quotas.model import Quota
from services.events.editions.editions.model import Edition, Track

_UNSEEN = {"synchronize_session": False}
_PERSON = tuple_(PersonCount.role, PersonCount.person_key)


def stand_down(session: Session, edition: Edition) -> int:
    """End every entry that stands, and leave the books of its places empty; returns how many stood.

    The quotas are closed, so that none comes meanwhile; whoever ends or changes one at the same moment comes before or
    after, so that its people are counted out once.
    """
    ending = update(Entry).where(Entry.edition_id == edition.id, Entry.status.in_(STANDING))
    ending = ending.values(stood_as=Entry.status, status=EntryStatus.CANCELLED, offered_until=None)
    ended = session.connection().execute(ending).rowcount
    _forget_people(session, edition)
    _keep_books(session, edition, taken=literal(0), waiting=literal(0), closed=True)
    return ended


def stand_again(session: Session, edition: Edition, *, closed: bool) -> None:
    """Let every entry stand that stood when the edition was cancelled; who had a place on offer waits for it again.

    People count as they did, also beyond a limit that they reached elsewhere meanwhile.
    """
    as_before = case((Entry.stood_as == EntryStatus.OFFERED, EntryStatus.WAITING), else_=Entry.stood_as)
    cancelled = update(Entry).where(Entry.edition_id == edition.id, Entry.status == EntryStatus.CANCELLED)
    session.execute(cancelled.values(status=as_before, stood_as=None), execution_options=_UNSEEN)
    entered, waiting = _standing(EntryStatus.ENTERED), _standing(EntryStatus.WAITING)
    _keep_books(session, edition, taken=entered, waiting=waiting, closed=closed)
    _count_people(session, edition)


def _keep_books(session: Session, edition: Edition, *, closed: bool, **counts: ColumnElement[int]) -> None:
    tracks = select(Track.id).where(Track.edition_id == edition.id)
    books = update(Quota).where(Quota.track_id.in_(tracks)).values(closed=closed, offered=0, **counts)
    session.execute(books, execution_options=_UNSEEN)


def _standing(status: EntryStatus) -> ColumnElement[int]:
    count = select(func.count()).select_from(Entry).where(Entry.quota_id == Quota.id, Entry.status == status)
    return count.scalar_subquery()


def _people(edition: Edition, statuses: Collection[EntryStatus]) -> Select[str, str | None]:
    """Of the entries that stand so, everybody who can be told apart, by role."""
    stands = Entry.edition_id == edition.id, Entry.status.in_(statuses), Member.person_key.is_not(None)
    return select(Member.role, Member.person_key).join(Entry, Entry.id == Member.entry_id).where(*stands)


def _forget_people(session: Session, edition: Edition) -> None:
    """Those who stood no longer count in the series; in the edition and its tracks nobody is counted any more."""
    same = Member.role == PersonCount.role, Member.person_key == PersonCount.person_key
    stood = _people(edition, [EntryStatus.CANCELLED])
    number = stood.where(*same).with_only_columns(func.count()).scalar_subquery()
    in_series = PersonCount.scope_id == edition.series_id
    less = update(PersonCount).where(in_series, _PERSON.in_(stood))
    session.execute(less.values(entries=PersonCount.entries - number), execution_options=_UNSEEN)
    gone = (in_series & (PersonCount.entries == 0)) | PersonCount.scope_id.in_(_scopes(edition))
    session.execute(delete(PersonCount).where(gone), execution_options=_UNSEEN)


def _scopes(edition: Edition) -> list[str]:
    return [edition.id, *(track.id for track in edition.tracks)]


def _count_people(session: Session, edition: Edition) -> None:
    as_id = partial(literal, type_=PersonCount.scope_id.type)
    for scope in (Entry.track_id, as_id(edition.id), as_id(edition.series_id)):
        _count(session, edition, scope)


def _count(session: Session, edition: Edition, scope: Any) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    within = (scope, Member.role, Member.person_key)
    counted = _people(edition, STANDING).with_only_columns(*within, func.count()).group_by(*_named(scope))
    columns = ["scope_id", "role", "person_key", "entries"]
    more = insert(cast(Table, PersonCount.__table__)).from_select(columns, counted)
    total = PersonCount.entries + more.excluded.entries
    session.execute(more.on_conflict_do_update(index_elements=columns[:3], set_={"entries": total}))


def _named(scope: Any) -> tuple[Any, ...]:
    """What is grouped by: what is the same for all is none of it."""
    same = () if scope is not Entry.track_id else (scope,)
    return *same, Member.role, Member.person_key
