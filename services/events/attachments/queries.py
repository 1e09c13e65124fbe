"""What can be asked about attachments: those of editions that the viewer may know of, and how much room they take up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from contracts.refusals import NotFound
from kit.data.db import Session
from services.events.attachments.model import Attachment, AttachmentFile, AttachmentUpload
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import organized, visible

SHOWN = 20
"""How many versions of an attachment are shown, the newest first."""
REMOVED = 100
"""How many of those that were removed from an edition are shown, the last ones."""
_OWN = aliased(Attachment)
_LATEST = select(_OWN.latest).where(_OWN.id == AttachmentFile.attachment_id).correlate(AttachmentFile).scalar_subquery()
_FILES = selectinload(Attachment.files.and_(AttachmentFile.number > _LATEST - SHOWN))


def attachments(session: Session, *, competition_ids: list[str]) -> Sequence[Attachment]:
    """The attachments of these editions, as far as the viewer may know of them, in their order; rules bound their number."""
    return _of(session, competition_ids, visible(session), Attachment.removed_at.is_(None))


def removed_attachments(session: Session, *, competition_ids: list[str]) -> Sequence[Attachment]:
    """The last REMOVED of those removed from each edition that the viewer organises, as long as their file is kept."""
    kept = select(AttachmentFile.id).where(
        AttachmentFile.attachment_id == Attachment.id,
        AttachmentFile.number == Attachment.latest,
        AttachmentFile.erased_at.is_(None),
    )
    last = func.row_number().over(
        partition_by=Attachment.edition_id, order_by=(Attachment.removed_at.desc(), Attachment.id.desc())
    )
    removed = Attachment.edition_id.in_(competition_ids), Attachment.removed_at.is_not(None), kept.exists()
    ranked = select(Attachment.id, last.label("place")).where(*removed).subquery()
    shown = select(ranked.c.id).where(ranked.c.place <= REMOVED)
    return _of(session, competition_ids, organized(session), Attachment.id.in_(shown))


def of_edition(session: Session, edition_id: str) -> Sequence[Attachment]:
    """The attachments that an edition has now, in their order."""
    query = select(Attachment).where(Attachment.edition_id == edition_id, Attachment.removed_at.is_(None))
    fresh = query.order_by(Attachment.place, Attachment.id).options(_FILES)
    return session.scalars(fresh.execution_options(populate_existing=True)).all()


def attachment(session: Session, attachment_id: str) -> Attachment:
    """The attachment with its edition and series and its files; refuses with NotFound."""
    whole = joinedload(Attachment.edition).joinedload(Edition.series)
    found = session.get(Attachment, attachment_id, options=[_FILES, whole], populate_existing=True)
    if found is None:
        raise NotFound("attachmentId")
    return found


def file(session: Session, file_id: str, *, past: bool) -> AttachmentFile:
    """A file that is kept: the one that is shown, or with `past` any; refuses with NotFound."""
    query = select(AttachmentFile).where(AttachmentFile.id == file_id, AttachmentFile.erased_at.is_(None))
    if not past:
        current = Attachment.removed_at.is_(None), Attachment.latest == AttachmentFile.number
        query = query.join(Attachment, Attachment.id == AttachmentFile.attachment_id).where(*current)
    found = session.scalar(query)
    if found is None:
        raise NotFound("ticket")
    return found


def upload(session: Session, upload_id: str) -> AttachmentUpload | None:
    """The upload, if it was not swept away yet; nobody else completes or sweeps it meanwhile."""
    return session.get(AttachmentUpload, upload_id, with_for_update=True, populate_existing=True)


def edition_of_upload(session: Session, upload_id: str) -> str:
    """The id of the edition for which a file was announced, also after the upload was swept away; refuses with NotFound."""
    found = session.scalar(select(AttachmentUpload.edition_id).where(AttachmentUpload.id == upload_id))
    became = select(Attachment.edition_id).join(Attachment.files).where(AttachmentFile.id == upload_id)
    found = found or session.scalar(became)
    if found is None:
        raise NotFound("uploadId")
    return found


def uploads(session: Session, edition_id: str) -> Sequence[AttachmentUpload]:
    """The uploads of an edition that are not swept away yet."""
    query = select(AttachmentUpload).where(AttachmentUpload.edition_id == edition_id)
    return session.scalars(query.order_by(AttachmentUpload.id)).all()


def kept_files(session: Session, edition_id: str) -> Sequence[AttachmentFile]:
    """All files of an edition that lie in the store."""
    query = select(AttachmentFile).join(Attachment, Attachment.id == AttachmentFile.attachment_id)
    mine = Attachment.edition_id == edition_id, AttachmentFile.erased_at.is_(None)
    return session.scalars(query.where(*mine).order_by(AttachmentFile.id)).all()


def newest_file_at(session: Session, edition_id: str) -> datetime | None:
    """When the newest file of an edition that lies in the store came."""
    query = select(func.max(AttachmentFile.completed_at)).join(
        Attachment, Attachment.id == AttachmentFile.attachment_id
    )
    return session.scalar(query.where(Attachment.edition_id == edition_id, AttachmentFile.erased_at.is_(None)))


def room_taken(session: Session, edition_id: str) -> int:
    """Bytes that the files of an edition take up, or will when they have arrived."""
    kept = select(func.coalesce(func.sum(AttachmentFile.size), 0)).where(
        AttachmentFile.attachment_id == Attachment.id,
        Attachment.edition_id == edition_id,
        AttachmentFile.erased_at.is_(None),
    )
    coming = select(func.coalesce(func.sum(AttachmentUpload.size), 0)).where(
        AttachmentUpload.edition_id == edition_id, AttachmentUpload.arrived_at.is_(None)
    )
    return session.scalar(select(kept.scalar_subquery() + coming.scalar_subquery())) or 0


def _of(session: Session, edition_ids: list[str], *which: ColumnElement[bool]) -> Sequence[Attachment]:
    query = select(Attachment).join(Attachment.edition).where(Attachment.edition_id.in_(edition_ids), *which)
    whole = query.options(_FILES, contains_eager(Attachment.edition))
    return session.scalars(whole.order_by(Attachment.edition_id, Attachment.place, Attachment.id)).all()
