"""What can be done about works: begin and complete an upload, fix what counts, sweep, prune and erase."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from contracts.events import works as say
from contracts.events.entries import EntryStatus
from contracts.events.works import piece_key
from contracts.refusals import ChangedMeanwhile, NotFound
from kit import schedule
from kit.db import Session
from kit.ids import new_id
from kit.outbox import record
from kit.store import Store
from services.events.competitions.model import Stage
from services.events.competitions.queries import stage as find_stage
from services.events.competitions.rules import section
from services.events.directory.queries import organization
from services.events.entries.model import Entry
from services.events.phases.model import Phase
from services.events.works import queries
from services.events.works.assembling import assemble
from services.events.works.model import Upload, Work, WorkVersion
from services.events.works.rules import WorksForm, WorksRules

SWEEP_UPLOAD, PRUNE_WORK, ERASE_WORKS = "sweep_upload", "prune_work", "erase_works"
SWEEP_AFTER = timedelta(minutes=10)
"""How long after its end an upload is swept: a piece that the gateway began to take in before may arrive until then."""


def begin_upload(
    session: Session,
    *,
    entry: Entry,
    work: Work | None,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
) -> Upload:
    """Let a file of an entry be sent, as a further work or as the next version of `work`.

    Refuses with NotCompeting, WorksNotOpen, MediaTypeNotTaken, FileTooLarge, TooManyWorks, TooManyUploads, and with
    NotFound a work of another entry or stage.
    """
    stage = queries.open_stage(session, entry)
    rules = section(session, entry.track, WorksForm)
    _check_file(rules, media_type, size)
    if work is None:
        _free_place(session, rules, stage.id, entry.id)
    elif (work.entry_id, work.stage_id) != (entry.id, stage.id):
        raise NotFound("workId")
    upload = Upload(
        id=new_id(),
        stage_id=stage.id,
        entry_id=entry.id,
        work_id=work.id if work else None,
        slot=_free_slot(session, rules, stage.id, entry.id),
        person=session.viewer.id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        piece_size=rules.piece_bytes,
        expires_at=(session.now + timedelta(minutes=rules.upload_minutes)).replace(microsecond=0),
    )
    session.add(upload)
    schedule.at(session, upload.expires_at + SWEEP_AFTER, SWEEP_UPLOAD, upload.id)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else began at the same moment
        raise ChangedMeanwhile("entryId") from error
    return upload


def complete_upload(session: Session, *, upload: Upload, entry: Entry, store: Store) -> Work:
    """Make the next version of a work of what was sent.

    Refuses with UploadExpired, NotCompeting, PiecesMissing, ChecksumWrong, NotThatType, TooManyWorks and, at any moment
    after the phase of works has ended, WorksNotOpen.
    """
    upload.check_alive(session.now)
    if queries.open_stage(session, entry).id != upload.stage_id:
        raise say.WorksNotOpen
    rules = section(session, entry.track, WorksForm)
    assemble(store, upload)
    queries.hold_open(session, upload.stage_id)
    work = _work(session, upload, entry, rules)
    work.latest += 1
    session.add(
        WorkVersion(
            id=upload.id,
            work_id=work.id,
            number=work.latest,
            name=upload.name,
            media_type=upload.media_type,
            extension=rules.media_types.get(upload.media_type, "bin"),
            size=upload.size,
            sha256=upload.sha256,
            completed_at=session.now,
        )
    )
    record(session, work, _submitted(session, work, entry))
    if work.latest > rules.versions:
        schedule.at(session, session.now, PRUNE_WORK, work.id)
    session.flush()
    return work


def fix_works(session: Session, phase: Phase) -> None:
    """Let the newest version of each work of a round count, for good: what falls to the end of the phase of works."""
    stages = select(Stage.id).where(Stage.round_id == phase.round_id)
    fix = update(Work).where(Work.stage_id.in_(stages), Work.counts.is_(None)).values(counts=Work.latest)
    session.execute(fix, execution_options={"synchronize_session": False})


def sweep_upload(session: Session, *, upload: Upload, store: Store) -> None:
    """Delete the pieces of an upload, whether it was completed or not, and what a failed completion has left."""
    for number in range(1, upload.pieces + 1):
        store.delete(piece_key(upload.id, number))
    if session.get(WorkVersion, upload.id) is None:
        store.delete(upload.key)
    session.delete(upload)


def prune_work(session: Session, *, work: Work, store: Store) -> None:
    """Delete the oldest versions of a work, beyond those that the rules want kept."""
    stage = find_stage(session, work.stage_id)
    kept = section(session, stage.track, WorksForm).versions
    for version in work.versions[kept:]:
        _erase(session, version, store)


def forget_works(session: Session, *, entry: Entry) -> None:
    """Have the works of a withdrawn entry deleted when the rules say so."""
    days = section(session, entry.track, WorksForm).erase_days
    schedule.at(session, session.now + timedelta(days=days), ERASE_WORKS, entry.id)


def erase_works(session: Session, *, entry: Entry, store: Store) -> None:
    """Delete every file of an entry that has withdrawn; that there were files, when and how large, stays on record."""
    if entry.status != EntryStatus.WITHDRAWN:
        return
    for work in queries.works(session, entry.id):
        for version in work.versions:
            _erase(session, version, store)


def _check_file(rules: WorksRules, media_type: str, size: int) -> None:
    if media_type not in rules.media_types:
        raise say.MediaTypeNotTaken("mediaType", choices=", ".join(rules.media_types))
    if size > rules.bytes:
        raise say.FileTooLarge("size", max=rules.bytes)


def _free_place(session: Session, rules: WorksRules, stage_id: str, entry_id: str) -> int:
    taken = queries.places(session, stage_id, entry_id)
    if len(taken) >= rules.per_entry:
        raise say.TooManyWorks("workId", max=rules.per_entry)
    return len(taken) + 1


def _free_slot(session: Session, rules: WorksRules, stage_id: str, entry_id: str) -> int:
    free = set(range(1, rules.uploads + 1)) - queries.slots(session, stage_id, entry_id)
    if not free:
        raise say.TooManyUploads(max=rules.uploads)
    return min(free)


def _work(session: Session, upload: Upload, entry: Entry, rules: WorksRules) -> Work:
    """The work that the upload is for, or a new one."""
    if upload.work_id:
        return session.get_one(Work, upload.work_id, with_for_update=True)
    work = Work(
        id=new_id(),
        created_at=session.now,
        version=0,
        stage_id=upload.stage_id,
        entry_id=upload.entry_id,
        place=_free_place(session, rules, upload.stage_id, upload.entry_id),
        latest=0,
    )
    session.add(work)
    try:
        session.flush()
    except IntegrityError as error:  # another upload was completed at the same moment
        raise ChangedMeanwhile("uploadId") from error
    return work


def _submitted(session: Session, work: Work, entry: Entry) -> say.WorkSubmitted:
    edition = entry.edition
    return say.WorkSubmitted(
        work_id=work.id,
        number=work.latest,
        entry_id=entry.id,
        stage_id=work.stage_id,
        competition=edition.named,
        track=entry.track.named,
        organization=organization(session, entry.organization_id).named,
        province=entry.province,
        edition=edition.number,
        series_id=edition.series_id,
    )


def _erase(session: Session, version: WorkVersion, store: Store) -> None:
    store.delete(version.key)
    version.erased_at, version.name = session.now, ""
