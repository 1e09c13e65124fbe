"""What can be done about attachments: announce a file, have it put together, rename, order, remove and restore."""

from __future__ import annotations

from typing import Any

from contracts.events.attachments import attachments as say
from contracts.refusals import NotFound, NothingChanged, Required
from contracts.uploads import TooManyUploads, UploadExpired
from kit.data.db import Session
from kit.files.stores import StoreAt
from kit.files.uploads import assemble
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work.job_rows import asked_at
from kit.work.jobs import Think
from procedures.uploads.sweeping import sweep_later
from services.events.attachments import queries, retaining
from services.events.attachments.model import Attachment, AttachmentFile, AttachmentUpload
from services.events.attachments.rules import AttachmentRules
from services.events.attachments.settings import AttachmentSettings
from services.events.attachments.telling import tell
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import go_on, hold


def begin_attachment(
    session: Session,
    *,
    edition: Edition,
    most: AttachmentSettings,
    media_type: str,
    size: int,
    attachment_id: str | None = None,
    reason: str | None = None,
    **said: Any,
) -> AttachmentUpload:
    """Let a file be sent, as a further attachment or as the next version of one.

    Refuses with IsCancelled, MediaTypeNotTaken, FileTooLarge, Required, NotFound, AttachmentGone, TooManyAttachments,
    TooManyUploads and AttachmentStorageFull.
    """
    rules = _rules(session, edition)
    rules.check(media_type, size)
    _may_change(session, edition, reason)
    if attachment_id:
        _standing(session, edition, attachment_id)
    else:
        _check_named(said)
        _check_number(session, rules, edition.id)
    _check_uploads(session, rules, edition.id)
    _check_room(session, most, edition.id, size)
    upload = AttachmentUpload(
        id=new_id(), edition_id=edition.id, attachment_id=attachment_id, person=session.viewer.id, **said
    )
    upload.media_type, upload.size, upload.reason = media_type, size, reason or ""
    upload.piece_size, upload.expires_at = rules.piece_bytes, rules.expiry(session.now)
    session.add(upload)
    sweep_later(session, upload, retaining.SWEEP_ATTACHMENT)
    session.flush()
    return upload


def complete_attachment(session: Session, think: Think, *, upload_id: str, edition: Edition, at: StoreAt) -> Attachment:
    """Attach what was sent; an upload that was completed before changes nothing.

    Refuses with UploadExpired what was asked for too late, with IsCancelled, PiecesMissing, ChecksumWrong, NotThatType,
    Required where the edition was published meanwhile, and AttachmentGone where what it replaces was removed.
    """
    upload = queries.upload(session, upload_id)
    if earlier := session.get(AttachmentFile, upload_id):
        return queries.attachment(session, earlier.attachment_id)
    if upload is None or upload.arrived_at:
        raise UploadExpired("uploadId")
    upload.check_alive(asked_at(session))
    think(assemble, at, upload.announced)
    _may_change(session, edition, upload.reason)
    upload.arrived_at = session.now
    return _replaced(session, edition, upload) if upload.attachment_id else _added(session, edition, upload)


def rename_attachment(
    session: Session, *, attachment: Attachment, name_zh: str, name_en: str, reason: str | None
) -> Attachment:
    """Call it otherwise; refuses with IsCancelled, AttachmentGone, NothingChanged, or Required without a reason."""
    _may_change(session, attachment.edition, reason)
    attachment = _standing(session, attachment.edition, attachment.id)
    before = attachment.named
    attachment.name_zh, attachment.name_en = name_zh, name_en
    if attachment.named == before:
        raise NothingChanged("nameZh")
    renamed = say.AttachmentRenamed(
        **attachment.edition.about,
        attachment=attachment.named,
        before=before,
        reason=reason or "",
        organization_ids=[],
    )
    record(session, attachment.edition, renamed)
    return attachment


def order_attachments(session: Session, *, edition: Edition, attachment_ids: list[str]) -> None:
    """Show them in this order; refuses with IsCancelled, or NotAllAttachments what is not each of them once."""
    go_on(session, edition)
    there = {each.id: each for each in queries.of_edition(session, edition.id)}
    if sorted(there) != sorted(attachment_ids):
        raise say.NotAllAttachments("attachmentIds", count=len(there))
    if list(there) == attachment_ids:
        raise NothingChanged("attachmentIds")
    for place, id_ in enumerate(attachment_ids, 1):
        there[id_].place = place
    record(session, edition, say.AttachmentsOrdered(**edition.about, attachment_ids=attachment_ids))
    session.flush()


def remove_attachment(session: Session, *, attachment: Attachment, reason: str | None) -> None:
    """Show it no more, in a cancelled edition too; refuses with AttachmentGone, or Required without a reason."""
    edition = attachment.edition
    hold(session, edition)
    _check_reason(edition, reason)
    attachment = _standing(session, edition, attachment.id)
    attachment.removed_at = session.now
    retaining.erase_later(session, attachment.newest, _rules(session, edition))
    tell(session, edition, attachment, reason, say.AttachmentRemoved)
    session.flush()


def restore_attachment(session: Session, *, attachment: Attachment, reason: str | None) -> Attachment:
    """Show one again that was removed, behind the others.

    Refuses with IsCancelled, AttachmentStands, AttachmentErased, TooManyAttachments, or Required without a reason.
    """
    edition = attachment.edition
    _may_change(session, edition, reason)
    attachment = queries.attachment(session, attachment.id)
    if attachment.removed_at is None:
        raise say.AttachmentStands("attachmentId")
    if attachment.newest.erased_at:
        raise say.AttachmentErased("attachmentId")
    _check_number(session, _rules(session, edition), edition.id)
    attachment.removed_at, attachment.place = None, _next_place(session, edition)
    retaining.keep(session, attachment.newest)
    tell(session, edition, attachment, reason, say.AttachmentAdded, file=attachment.newest.name)
    session.flush()
    return attachment


def _may_change(session: Session, edition: Edition, reason: str | None) -> None:
    """Go on only if the edition is held, with a reason once it is public; nobody else changes what it has meanwhile."""
    go_on(session, edition)
    _check_reason(edition, reason)


def _check_reason(edition: Edition, reason: str | None) -> None:
    if edition.published_at and not reason:
        raise Required("reason")


def _rules(session: Session, edition: Edition) -> AttachmentRules:
    return retaining.rules_of(session, [edition.id])[edition.id]


def _standing(session: Session, edition: Edition, attachment_id: str) -> Attachment:
    """The attachment of this edition as it stands now; refuses with NotFound or AttachmentGone."""
    found = queries.attachment(session, attachment_id)
    if found.edition_id != edition.id:
        raise NotFound("attachmentId")
    found.check_stands()
    return found


def _check_named(said: dict[str, Any]) -> None:
    for name, field in (("name_zh", "nameZh"), ("name_en", "nameEn")):
        if not said.get(name):
            raise Required(field)


def _check_number(session: Session, rules: AttachmentRules, edition_id: str) -> None:
    """Refuses with TooManyAttachments where another has no place beside those there and those on their way."""
    uploads = queries.uploads(session, edition_id)
    coming = [each for each in uploads if not each.attachment_id and not each.arrived_at]
    if len(queries.of_edition(session, edition_id)) + len(coming) >= rules.most:
        raise say.TooManyAttachments(max=rules.most)


def _check_uploads(session: Session, rules: AttachmentRules, edition_id: str) -> None:
    if len(queries.uploads(session, edition_id)) >= rules.uploads:
        raise TooManyUploads(max=rules.uploads)


def _check_room(session: Session, most: AttachmentSettings, edition_id: str, size: int) -> None:
    used = queries.room_taken(session, edition_id)
    if used + size > most.edition:
        raise say.AttachmentStorageFull("size", used=used, left=max(0, most.edition - used), max=most.edition)


def _added(session: Session, edition: Edition, upload: AttachmentUpload) -> Attachment:
    """A further attachment, behind the others."""
    place = _next_place(session, edition)
    added = Attachment(id=upload.id, edition_id=edition.id, place=place, latest=0, **upload.names())
    session.add(added)
    session.flush()
    return _filed(session, edition, added, upload)


def _replaced(session: Session, edition: Edition, upload: AttachmentUpload) -> Attachment:
    """The attachment with its next version; the earlier file is kept for some days."""
    attachment = _standing(session, edition, str(upload.attachment_id))
    retaining.erase_later(session, attachment.newest, _rules(session, edition))
    for name, value in upload.names().items():
        setattr(attachment, name, value)
    return _filed(session, edition, attachment, upload)


def _filed(session: Session, edition: Edition, attachment: Attachment, upload: AttachmentUpload) -> Attachment:
    attachment.latest += 1
    facts = {name: getattr(upload, name) for name in ("id", "name", "media_type", "size", "sha256", "reason")}
    session.add(
        AttachmentFile(**facts, attachment_id=attachment.id, number=attachment.latest, completed_at=session.now)
    )
    session.flush()
    retaining.erase_all_later(session, edition)
    if attachment.latest == 1:
        tell(session, edition, attachment, upload.reason, say.AttachmentAdded, file=upload.name)
    else:
        number = attachment.latest
        tell(session, edition, attachment, upload.reason, say.AttachmentReplaced, file=upload.name, number=number)
    session.flush()
    return queries.attachment(session, attachment.id)


def _next_place(session: Session, edition: Edition) -> int:
    return max((each.place for each in queries.of_edition(session, edition.id)), default=0) + 1
