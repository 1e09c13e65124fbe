"""Retaining: what is deleted when: pieces after their upload, versions beyond those kept, files of withdrawn entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from contracts.events.admission.entries import EntryStatus
from contracts.uploads import piece_key
from kit.data.db import Session
from kit.files.stores import StoreAt, delete_all
from kit.work import timers
from kit.work.job_rows import enqueue, is_under_way
from kit.work.jobs import Think
from services.events.admission.entries.model import Entry
from services.events.editions.editions.queries import stage as find_stage
from services.events.editions.rulesets.reading import section
from services.events.judging.blinding.queries import is_sealed
from services.events.judging.results.keeping import needed_until
from services.events.judging.works import queries, storing
from services.events.judging.works.model import Upload, Work, WorkVersion
from services.events.judging.works.rules import WorksForm

SWEEP_UPLOAD, PRUNE_WORK, ERASE_WORKS = "sweep_upload", "prune_work", "erase_works"
DELETE_FILES = "delete_files"
COMPLETE_UPLOAD = "complete_upload"
SWEEP_AFTER = timedelta(minutes=10)
"""How long after its end an upload is swept: a piece that the gateway began to take in before may arrive until then."""


def sweep_later(session: Session, upload: Upload) -> None:
    """Have the pieces of an upload deleted when none can come any more."""
    timers.at(session, upload.expires_at + SWEEP_AFTER, SWEEP_UPLOAD, upload.id)


def prune_now(session: Session, work: Work) -> None:
    """Have the oldest versions deleted as soon as what was done now is committed."""
    timers.at(session, session.now, PRUNE_WORK, work.id)


def sweep_upload(session: Session, *, upload: Upload | None) -> None:
    """Let go of an upload, whether it was completed or not: its pieces, and what a failed completion has left.

    One whose completion was asked for in time and is still under way has its pieces until that has ended.
    """
    if upload is None:
        return
    if is_under_way(session, COMPLETE_UPLOAD, {"upload_id": upload.id}):
        timers.at(session, session.now + SWEEP_AFTER, SWEEP_UPLOAD, upload.id)
        return
    keys = [piece_key(upload.id, number) for number in range(1, upload.pieces + 1)]
    session.delete(upload)
    if session.get(WorkVersion, upload.id) is None:
        keys.append(upload.key)
        edition_id = session.get_one(Entry, upload.entry_id).edition_id
        storing.give_back(session, [storing.File(edition_id, upload.person, upload.size)])
    _delete_later(session, keys)


def prune_work(session: Session, *, work: Work) -> None:
    """Let go of the oldest versions of a work, beyond those that the rules want kept."""
    stage = find_stage(session, work.stage_id)
    kept = section(session, stage.track, WorksForm).versions
    _erase(session, session.get_one(Entry, work.entry_id), work.versions[kept:])


def forget_works(session: Session, *, entry: Entry) -> None:
    """Have the works of a withdrawn entry deleted when the rules say so."""
    days = section(session, entry.track, WorksForm).erase_days
    timers.at(session, session.now + timedelta(days=days), ERASE_WORKS, entry.id)


def erase_works(session: Session, *, entry: Entry) -> None:
    """Let go of every file of an entry that has withdrawn; that there were files, when and how large, stays on record."""
    if entry.status != EntryStatus.WITHDRAWN:
        return
    if is_sealed(session, entry.id):  # files that vanish behind a code would tell whose code it is
        timers.at(session, session.now + timedelta(days=1), ERASE_WORKS, entry.id)
        return
    needed = needed_until(session, entry, section(session, entry.track, WorksForm).days_after_result)
    if needed > session.now:  # whoever has a place answers for the work, also after they have left
        timers.at(session, needed, ERASE_WORKS, entry.id)
        return
    _erase(session, entry, [version for work in queries.works(session, entry.id) for version in work.versions])


def delete_files(think: Think, *, at: StoreAt, keys: Sequence[str]) -> None:
    """Delete what nothing in the database names any more."""
    think(delete_all, at, keys)


def _erase(session: Session, entry: Entry, versions: Sequence[WorkVersion]) -> None:
    gone = [storing.File(entry.edition_id, version.person, version.size) for version in versions]
    for version in versions:
        version.erased_at, version.name, version.person = session.now, "", None
    storing.give_back(session, gone)
    _delete_later(session, [version.key for version in versions])


def _delete_later(session: Session, keys: Sequence[str]) -> None:
    """Nobody is given a file whose row is gone; so the row goes first, and the file once that is committed."""
    if keys:
        enqueue(session, DELETE_FILES, {"keys": list(keys)})
