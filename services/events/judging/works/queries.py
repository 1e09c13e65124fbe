"""What can be asked about works: by the people of an entry and its organisers, and, without any name, by judges."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from contracts.events.admission.entries import EntryStatus, ParticipantStatus
from contracts.events.editions.cancelling import IsCancelled
from contracts.events.editions.phases import PhaseKind
from contracts.events.judging.works import NotCompeting, WorksNotOpen
from contracts.refusals import NotFound
from kit.data.db import Session
from services.events.admission.entries.model import Entry, Participant
from services.events.editions.editions.model import Stage
from services.events.editions.phases.model import OVER, Phase
from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.model import LIVE, Assignment, Seat
from services.events.judging.rejudging.queries import judges_again
from services.events.judging.works.model import Upload, Work, WorkVersion

_KEPT = selectinload(Work.versions.and_(WorkVersion.erased_at.is_(None)))


def works(session: Session, entry_id: str) -> Sequence[Work]:
    """The works of an entry with the versions that are kept, newest first, by stage and place.

    Their number is bounded by the rules: so many an entry in each of its stages.
    """
    query = select(Work).where(Work.entry_id == entry_id).options(_KEPT)
    return session.scalars(query.order_by(Work.stage_id, Work.place)).all()


def work(session: Session, work_id: str) -> Work:
    """The work with the versions that are kept; refuses with NotFound."""
    found = session.get(Work, work_id, options=[_KEPT], populate_existing=True)
    if found is None:
        raise NotFound("workId")
    return found


def places(session: Session, stage_id: str, entry_id: str) -> list[int]:
    """The places that the works of an entry have in a stage."""
    query = select(Work.place).where(Work.stage_id == stage_id, Work.entry_id == entry_id)
    return list(session.scalars(query.order_by(Work.place)))


def slots(session: Session, stage_id: str, entry_id: str) -> set[int]:
    """The slots that the uploads of an entry in a stage take up."""
    return set(session.scalars(select(Upload.slot).where(Upload.stage_id == stage_id, Upload.entry_id == entry_id)))


def entry_of_upload(session: Session, upload_id: str) -> str:
    """The id of the entry whose file it is, also after the upload was swept away; refuses with NotFound."""
    found = session.scalar(select(Upload.entry_id).where(Upload.id == upload_id))
    found = found or session.scalar(select(Work.entry_id).join(Work.versions).where(WorkVersion.id == upload_id))
    if found is None:
        raise NotFound("uploadId")
    return found


def upload(session: Session, upload_id: str) -> Upload | None:
    """The upload, if it was not swept away yet; nobody else completes or sweeps it meanwhile."""
    return session.get(Upload, upload_id, with_for_update=True)


def completed(session: Session, upload_id: str) -> Work | None:
    """The work of which an upload has become a version."""
    return session.scalar(select(Work).join(Work.versions).where(WorkVersion.id == upload_id))


def version(session: Session, version_id: str) -> WorkVersion | None:
    """A version whose file is still kept."""
    query = select(WorkVersion).where(WorkVersion.id == version_id, WorkVersion.erased_at.is_(None))
    return session.scalar(query)


def judged_versions(session: Session, stage_id: str, code: str) -> list[tuple[int, WorkVersion]]:
    """The place of each work behind a blind code with the version that counts; none before works are no longer taken.

    What comes of it may be shown to judges; that it belongs to a work, and the work to an entry, may not.
    """
    query = (
        select(Work.place, WorkVersion)
        .join(WorkVersion, (WorkVersion.work_id == Work.id) & (WorkVersion.number == Work.counts))
        .join(BlindCode, (BlindCode.stage_id == Work.stage_id) & (BlindCode.entry_id == Work.entry_id))
        .where(BlindCode.stage_id == stage_id, BlindCode.code == code, WorkVersion.erased_at.is_(None))
    )
    return [(place, version) for place, version in session.execute(query.order_by(Work.place))]


def judges(session: Session, stage_id: str, code: str) -> bool:
    """Whether the viewer has this code to judge: by a seat on the panel of the stage, or in a re-judging."""
    seat = Seat.id == Assignment.seat_id, Seat.person == session.viewer.id, Seat.status.in_(LIVE)
    mine = Assignment.stage_id == stage_id, Assignment.code == code
    assigned = session.scalar(select(exists().where(*mine, *seat)))
    return bool(assigned) or judges_again(session, stage_id, code)


def open_stage(session: Session, entry: Entry) -> Stage:
    """The stage for which the entry can hand works in now; refuses with IsCancelled, NotCompeting or WorksNotOpen."""
    if entry.status == EntryStatus.CANCELLED:
        raise IsCancelled
    competing = (
        select(Stage)
        .join(Participant, Participant.stage_id == Stage.id)
        .where(Participant.entry_id == entry.id, Participant.status == ParticipantStatus.COMPETING)
    )
    if entry.status != EntryStatus.ENTERED or not session.scalar(select(competing.exists())):
        raise NotCompeting
    open_now = (
        competing.join(Phase, Phase.round_id == Stage.round_id)
        .where(Phase.kind == PhaseKind.WORKS, Phase.state.not_in(OVER))
        .where(Phase.opens_at <= session.now, session.now < Phase.closes_at)
        .order_by(Stage.number.desc())
        .limit(1)
    )
    found = session.scalar(open_now)
    if found is None:
        raise WorksNotOpen
    return found


def hold_open(session: Session, stage_id: str) -> None:
    """Go on only while works are taken, and let nobody end that before this transaction; refuses with WorksNotOpen."""
    phase = session.scalar(
        select(Phase)
        .join(Stage, Stage.round_id == Phase.round_id)
        .where(Stage.id == stage_id, Phase.kind == PhaseKind.WORKS)
        .with_for_update(read=True, of=Phase)
        .execution_options(populate_existing=True)
    )
    if phase is None or phase.state in OVER or not phase.opens_at <= session.now < phase.closes_at:
        raise WorksNotOpen


def hold_participant(session: Session, stage_id: str, entry_id: str) -> None:
    """Let nobody else take a place or a slot of this entry before this transaction has ended."""
    session.get(Participant, (stage_id, entry_id), with_for_update=True)
