"""What can be asked about works: by the people of an entry and its organisers, and, without any name, by judges."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from contracts.events.entries import EntryStatus, ParticipantStatus
from contracts.events.phases import PhaseKind, PhaseState
from contracts.events.works import NotCompeting, WorksNotOpen
from contracts.refusals import NotFound
from kit.db import Session
from services.events.competitions.model import Stage
from services.events.entries.model import Entry, Member, Participant
from services.events.phases.model import Phase
from services.events.works.model import Upload, Work, WorkVersion

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


def upload(session: Session, upload_id: str) -> Upload | None:
    """The upload, if it is not swept away yet; nobody else completes or sweeps it meanwhile."""
    return session.get(Upload, upload_id, with_for_update=True)


def version(session: Session, version_id: str) -> WorkVersion | None:
    """A version whose file is still kept."""
    query = select(WorkVersion).where(WorkVersion.id == version_id, WorkVersion.erased_at.is_(None))
    return session.scalar(query)


def judged_versions(session: Session, stage_id: str, entry_id: str) -> list[tuple[int, WorkVersion]]:
    """The place of each work of an entry with the version of it that counts; none before the phase of works has ended."""
    query = (
        select(Work.place, WorkVersion)
        .join(WorkVersion, (WorkVersion.work_id == Work.id) & (WorkVersion.number == Work.counts))
        .where(Work.stage_id == stage_id, Work.entry_id == entry_id, WorkVersion.erased_at.is_(None))
    )
    return [(place, version) for place, version in session.execute(query.order_by(Work.place))]


def open_stage(session: Session, entry: Entry) -> Stage:
    """The stage for which the entry can hand works in now; refuses with NotCompeting or WorksNotOpen."""
    competing = (
        select(Stage)
        .join(Participant, Participant.stage_id == Stage.id)
        .where(Participant.entry_id == entry.id, Participant.status == ParticipantStatus.COMPETING)
    )
    if entry.status != EntryStatus.ENTERED or not session.scalar(select(competing.exists())):
        raise NotCompeting
    open_now = (
        competing.join(Phase, Phase.round_id == Stage.round_id)
        .where(Phase.kind == PhaseKind.WORKS, Phase.state != PhaseState.CLOSED)
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
    if phase is None or phase.state == PhaseState.CLOSED or not phase.opens_at <= session.now < phase.closes_at:
        raise WorksNotOpen


def belongs(session: Session, entry_id: str) -> bool:
    """Whether the viewer is a member of the entry."""
    mine = Member.entry_id == entry_id, Member.person == session.viewer.id
    return session.viewer.signed_in and bool(session.scalar(select(exists().where(*mine))))
