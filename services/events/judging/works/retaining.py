"""Retaining: what is deleted when: pieces after their upload, versions beyond those kept, files of withdrawn entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from contracts.events.admission.entries import EntryStatus
from kit.data.db import Session
from kit.work import timers
from procedures.uploads import sweeping
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import stage as find_stage
from services.events.editions.rulesets.reading import newest, section, section_of
from services.events.judging.blinding.queries import is_sealed
from services.events.judging.results.keeping import needed_until
from services.events.judging.works import queries, storing
from services.events.judging.works.model import Upload, Work, WorkVersion
from services.events.judging.works.rules import WorksForm

SWEEP_UPLOAD, PRUNE_WORK, ERASE_WORKS = "sweep_upload", "prune_work", "erase_works"
COMPLETE_UPLOAD = "complete_upload"


def prune_now(session: Session, work: Work) -> None:
    """Have the oldest versions deleted as soon as what was done now is committed."""
    timers.at(session, session.now, PRUNE_WORK, work.id)


def sweep_upload(session: Session, *, upload: Upload | None) -> None:
    """Let go of an upload, whether it was completed or not: its pieces, and what a failed completion has left."""
    if upload is None or not sweeping.sweeps(session, upload, SWEEP_UPLOAD, COMPLETE_UPLOAD):
        return
    keys = upload.piece_keys
    session.delete(upload)
    if session.get(WorkVersion, upload.id) is None:
        keys.append(upload.key)
        edition_id = session.get_one(Entry, upload.entry_id).edition_id
        storing.give_back(session, [storing.File(edition_id, upload.person, upload.size)])
    sweeping.delete_later(session, keys)


def prune_work(session: Session, *, work: Work) -> None:
    """Let go of the oldest versions of a work, beyond those that the rules want kept."""
    stage = find_stage(session, work.stage_id)
    kept = section(session, stage.track, WorksForm).versions
    _erase(session, session.get_one(Entry, work.entry_id), work.versions[kept:])


def forget_works(session: Session, *, entry: Entry) -> None:
    """Have the works of a withdrawn entry deleted when the rules say so."""
    days = section(session, entry.track, WorksForm).erase_days
    timers.at(session, session.now + timedelta(days=days), ERASE_WORKS, entry.id)


def forget_works_of(session: Session, edition: Edition, *, not_before: datetime) -> None:
    """Have the works of a cancelled edition deleted when the rules say so, and not while it can be reinstated.

    Those of entries that had withdrawn before go when they would have gone.
    """
    document = newest(session, edition.id).document
    days = {track.id: section_of(document, track.code, WorksForm).erase_days for track in edition.tracks}
    ended = Entry.edition_id == edition.id, Entry.status == EntryStatus.CANCELLED
    with_works = (
        select(Entry.id, Entry.track_id).where(*ended).where(select(Work.id).where(Work.entry_id == Entry.id).exists())
    )
    whens = {
        entry_id: max(not_before, session.now + timedelta(days=days[track_id]))
        for entry_id, track_id in session.execute(with_works)
    }
    timers.at_each(session, whens, ERASE_WORKS)


def erase_works(session: Session, *, entry: Entry) -> None:
    """Let go of every file of an entry that has withdrawn or whose competition is cancelled.

    That there were files, when and how large, stays on record.
    """
    if entry.status not in (EntryStatus.WITHDRAWN, EntryStatus.CANCELLED):
        return
    if _would_tell(session, entry):
        timers.at(session, session.now + timedelta(days=1), ERASE_WORKS, entry.id)
        return
    needed = needed_until(session, entry, section(session, entry.track, WorksForm).days_after_result)
    if needed > session.now:  # whoever has a place answers for the work, also after they have left
        timers.at(session, needed, ERASE_WORKS, entry.id)
        return
    _erase(session, entry, [version for work in queries.works(session, entry.id) for version in work.versions])


def _would_tell(session: Session, entry: Entry) -> bool:
    """Whether files that vanish behind a code would tell whose code it is.

    Where a competition is cancelled for good all files go, and codes that are sealed then are never opened.
    """
    one_of_many = entry.status == EntryStatus.WITHDRAWN and not entry.track.edition.cancelled_for_good(session.now)
    return one_of_many and is_sealed(session, entry.id)


def _erase(session: Session, entry: Entry, versions: Sequence[WorkVersion]) -> None:
    gone = [storing.File(entry.edition_id, version.person, version.size) for version in versions]
    for version in versions:
        version.erased_at, version.name, version.person = session.now, "", None
    storing.give_back(session, gone)
    sweeping.delete_later(session, [version.key for version in versions])
