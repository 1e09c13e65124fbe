"""Answering: what entries answer is corrected, read by those who need it, and erased when its time is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload

from contracts.refusals import InvalidInput, NotAllowed
from kit.data.db import Session
from kit.rights.asking import holds
from kit.work import timers
from services.events.admission.entries.fields import Answers, answer_faults
from services.events.admission.entries.model import Entry, EntryAnswer
from services.events.admission.entries.queries import hold
from services.events.admission.entries.rights import NEEDS_SENSITIVE, READS_ENTRY_DATA, entries_for
from services.events.editions.editions.model import Track

ERASE_ANSWERS = "erase_answers"


def answers(session: Session, *, entry_ids: list[str]) -> Sequence[EntryAnswer]:
    """What those of these entries answer that concern the viewer; what is sensitive only where the viewer needs it."""
    needed = or_(EntryAnswer.sensitive.is_(False), entries_for(session, NEEDS_SENSITIVE))
    query = select(EntryAnswer).join(EntryAnswer.entry).join(Entry.edition).where(Entry.id.in_(entry_ids))
    seen = query.where(entries_for(session, READS_ENTRY_DATA), needed).options(joinedload(EntryAnswer.entry))
    return session.scalars(seen.order_by(EntryAnswer.entry_id, EntryAnswer.key)).all()


def correct_entry_form(session: Session, *, entry: Entry, answers: Answers) -> Entry:
    """Answers anew, while entries are taken; those that the viewer may not read stay as they are.

    Refuses with IsCancelled, EntryEnded, AlreadyErased, EntriesNotOpen, or one problem a fault.
    """
    hold(session, entry)
    entry.check_answers_change(session.now)
    unread = set() if holds(session, NEEDS_SENSITIVE, **entry.keys) else _sensitive(entry.track)
    whole = [*_kept(session, entry, unread), *((key, value) for key, value in answers if key not in unread)]
    forbidden = [NotAllowed(f"answers.{key}") for key, _ in answers if key in unread]
    if found := [*forbidden, *answer_faults(entry.track.entry_fields, whole)]:
        raise InvalidInput(*found)
    erase_answers_of(session, [entry.id])
    session.add_all(answered(entry.track, whole, entry_id=entry.id))
    session.flush()
    return entry


def answered(track: Track, answers: Answers, *, entry_id: str) -> list[EntryAnswer]:
    """These answers as they are kept."""
    sensitive = _sensitive(track)
    return [EntryAnswer(entry_id=entry_id, key=key, value=value, sensitive=key in sensitive) for key, value in answers]


def erase_answers_of(session: Session, entry_ids: Collection[str]) -> None:
    """Keep nothing of what these entries have answered."""
    session.execute(
        delete(EntryAnswer).where(EntryAnswer.entry_id.in_(entry_ids)), execution_options={"synchronize_session": False}
    )


def erase_answers(session: Session, *, track: Track) -> None:
    """Erase the answers of a track whose time is over, by its fields, and come back for the next ones.

    They are kept so many days after entries close, also where that has moved, and where the edition is cancelled.
    """
    ahead = []
    for field in track.entry_fields:
        if "retention_days" not in field:
            continue
        until = track.edition.closes_at + timedelta(days=field["retention_days"])
        if until > session.now:
            ahead.append(until)
            continue
        entries = select(Entry.id).where(Entry.track_id == track.id)
        gone = delete(EntryAnswer).where(EntryAnswer.key == field["key"], EntryAnswer.entry_id.in_(entries))
        session.execute(gone, execution_options={"synchronize_session": False})
    if ahead:
        timers.at(session, min(ahead), ERASE_ANSWERS, track.id)


def erase_later(session: Session, tracks: Collection[Track]) -> None:
    """Have the answers of tracks that are public now erased in time."""
    kept = [track for track in tracks if any("retention_days" in field for field in track.entry_fields)]
    timers.at_each(session, {track.id: track.edition.closes_at for track in kept}, ERASE_ANSWERS)


def _sensitive(track: Track) -> set[str]:
    return {field["key"] for field in track.entry_fields if field.get("sensitive")}


def _kept(session: Session, entry: Entry, keys: Collection[str]) -> Answers:
    """What an entry has answered in these fields."""
    query = select(EntryAnswer.key, EntryAnswer.value).where(
        EntryAnswer.entry_id == entry.id, EntryAnswer.key.in_(keys)
    )
    return [(key, value) for key, value in session.execute(query.order_by(EntryAnswer.key))] if keys else []
