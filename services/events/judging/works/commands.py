"""What can be done about works: begin and complete an upload, and fix what counts."""

from __future__ import annotations

from sqlalchemy import select, update

from contracts import uploads
from contracts.events.judging import works as say
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.files.stores import StoreAt
from kit.files.uploads import assemble
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work.job_rows import asked_at
from kit.work.jobs import Think
from procedures.uploads.sweeping import sweep_later
from services.events.admission.entries.model import Entry
from services.events.directory.queries import entered_as
from services.events.editions.editions.model import Stage
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.reading import section
from services.events.judging.works import queries, retaining, storing
from services.events.judging.works.model import Upload, Work, WorkVersion
from services.events.judging.works.rules import WorksForm, WorksRules
from services.events.judging.works.settings import WorksSettings


def begin_upload(
    session: Session,
    *,
    entry: Entry,
    work: Work | None,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
    most: WorksSettings,
) -> Upload:
    """Let a file of an entry be sent, as a further work or as the next version of `work`.

    Refuses with NotCompeting, WorksNotOpen, MediaTypeNotTaken, FileTooLarge, TooManyWorks, TooManyUploads, StorageFull,
    EditionStorageFull, HubStorageFull, and with NotFound a work of another entry or stage.
    """
    stage = queries.open_stage(session, entry)
    rules = section(session, entry.track, WorksForm)
    rules.check(media_type, size)
    _check_work(session, rules, stage.id, entry.id, work)
    slot = _free_slot(session, rules, stage.id, entry.id)
    storing.take_room(session, storing.File(entry.edition_id, session.viewer.id, size), rules, most)
    upload = Upload(
        id=new_id(),
        stage_id=stage.id,
        entry_id=entry.id,
        work_id=work.id if work else None,
        slot=slot,
        person=session.viewer.id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        piece_size=rules.piece_bytes,
        expires_at=rules.expiry(session.now),
    )
    session.add(upload)
    sweep_later(session, upload, retaining.SWEEP_UPLOAD)
    session.flush()
    return upload


def complete_upload(session: Session, think: Think, *, upload_id: str, entry: Entry, at: StoreAt) -> Work:
    """Make the next version of a work of what was sent; an upload that was completed before changes nothing.

    Refuses with UploadExpired what was asked for too late, with NotCompeting, PiecesMissing, ChecksumWrong, NotThatType,
    TooManyWorks and, at any moment after the phase of works has ended, WorksNotOpen.
    """
    upload = queries.upload(session, upload_id)
    earlier = queries.completed(session, upload_id)
    if earlier:
        return earlier
    if upload is None:
        raise uploads.UploadExpired("uploadId")
    upload.check_alive(asked_at(session))
    if queries.open_stage(session, entry).id != upload.stage_id:
        raise say.WorksNotOpen
    rules = section(session, entry.track, WorksForm)
    think(assemble, at, upload.announced)
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
            person=upload.person,
        )
    )
    record(session, work, _submitted(session, work, entry))
    if work.latest > rules.versions:
        retaining.prune_now(session, work)
    session.flush()
    return work


def fix_works(session: Session, phase: Phase) -> None:
    """Let the newest version of each work of a round count, for good: what falls to the end of the phase of works."""
    stages = select(Stage.id).where(Stage.round_id == phase.round_id)
    fix = update(Work).where(Work.stage_id.in_(stages), Work.counts.is_(None)).values(counts=Work.latest)
    session.execute(fix, execution_options={"synchronize_session": False})


def _check_work(session: Session, rules: WorksRules, stage_id: str, entry_id: str, work: Work | None) -> None:
    if work is None:
        _free_place(session, rules, stage_id, entry_id)
    elif (work.entry_id, work.stage_id) != (entry_id, stage_id):
        raise NotFound("workId")


def _free_place(session: Session, rules: WorksRules, stage_id: str, entry_id: str) -> int:
    queries.hold_participant(session, stage_id, entry_id)
    taken = queries.places(session, stage_id, entry_id)
    if len(taken) >= rules.per_entry:
        raise say.TooManyWorks("workId", max=rules.per_entry)
    return len(taken) + 1


def _free_slot(session: Session, rules: WorksRules, stage_id: str, entry_id: str) -> int:
    queries.hold_participant(session, stage_id, entry_id)
    free = set(range(1, rules.uploads + 1)) - queries.slots(session, stage_id, entry_id)
    if not free:
        raise uploads.TooManyUploads(max=rules.uploads)
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
        organization=entered_as(session, entry.organization_id).named,
        province=entry.province,
        edition=edition.number,
        series_id=edition.series_id,
    )
