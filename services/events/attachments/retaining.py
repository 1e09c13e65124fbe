"""Retaining: when files are deleted: pieces after their upload, what was replaced or removed, all when their time is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased, joinedload

from kit.data.db import Session
from kit.work import timers
from procedures.uploads import sweeping
from services.events.attachments import queries
from services.events.attachments.model import Attachment, AttachmentFile, AttachmentUpload
from services.events.attachments.rules import AttachmentRules, AttachmentsForm
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import hold
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of

SWEEP_ATTACHMENT, ERASE_ATTACHMENT, ERASE_ATTACHMENTS = "sweep_attachment", "erase_attachment", "erase_attachments"
COMPLETES = "complete_attachment"


def rules_of(session: Session, edition_ids: Collection[str]) -> dict[str, AttachmentRules]:
    """What the rules in force say of the attachments of each of these editions."""
    later = aliased(RuleSet)
    newest = select(func.max(later.number)).where(later.edition_id == RuleSet.edition_id).scalar_subquery()
    query = select(RuleSet.edition_id, RuleSet.document).where(RuleSet.edition_id.in_(edition_ids))
    query = query.where(RuleSet.number == newest)
    return {id_: section_of(document, "", AttachmentsForm) for id_, document in session.execute(query)}


def sweep_upload(session: Session, *, upload: AttachmentUpload | None) -> None:
    """Let go of an upload, whether it was completed or not: its pieces, and what a failed completion has left."""
    if upload is None or not sweeping.sweeps(session, upload, SWEEP_ATTACHMENT, COMPLETES):
        return
    keys = upload.piece_keys
    if session.get(AttachmentFile, upload.id) is None:
        keys.append(upload.key)
    session.delete(upload)
    sweeping.delete_later(session, keys)


def erase_later(session: Session, file: AttachmentFile, rules: AttachmentRules) -> None:
    """Have a file deleted that is not shown any more."""
    timers.at(session, session.now + timedelta(days=rules.erase_days), ERASE_ATTACHMENT, file.id)


def keep(session: Session, file: AttachmentFile) -> None:
    """Let a file stay that is shown after all."""
    timers.cancel(session, ERASE_ATTACHMENT, file.id)


def erase_when_due(session: Session, *, file_id: str) -> None:
    """What the timer does: delete a file, unless it went with its draft or is shown again."""
    file = session.get(AttachmentFile, file_id)
    if file is None:
        return
    hold(session, session.get_one(Attachment, file.attachment_id, options=[joinedload(Attachment.edition)]).edition)
    attachment = queries.attachment(session, file.attachment_id)
    if not attachment.shows(file):
        erase(session, [file])


def erase(session: Session, files: Sequence[AttachmentFile]) -> None:
    """Let go of what these files hold; that there were files, when and how large, stays on record."""
    kept = [each for each in files if each.erased_at is None]
    for each in kept:
        each.erased_at = session.now
    session.flush()
    sweeping.delete_later(session, [each.key for each in kept])


def erase_all_later(session: Session, edition: Edition) -> None:
    """Have all files of an edition deleted when its time is over, as far as that is known; to be said when dates move."""
    timers.at(session, _needed_until(session, edition), ERASE_ATTACHMENTS, edition.id)


def erase_all_when_due(session: Session, *, edition: Edition) -> None:
    """What the timer does: delete all, or come back at the moment that is known by now."""
    hold(session, edition)
    if _needed_until(session, edition) > session.now:
        erase_all_later(session, edition)
    else:
        erase(session, queries.kept_files(session, edition.id))


def forget(session: Session, edition: Edition) -> None:
    """Leave nothing of the attachments of a draft that is given up; uploads are swept in their time."""
    files = queries.kept_files(session, edition.id)
    sweeping.delete_later(session, [each.key for each in files])
    mine = select(Attachment.id).where(Attachment.edition_id == edition.id)
    session.execute(delete(AttachmentFile).where(AttachmentFile.attachment_id.in_(mine)))
    session.execute(delete(Attachment).where(Attachment.edition_id == edition.id))
    timers.cancel(session, ERASE_ATTACHMENTS, edition.id)


def _needed_until(session: Session, edition: Edition) -> datetime:
    """So long after the last of what is dated: the end of entries, that of the last phase, and the newest file."""
    last = session.scalar(select(func.max(Phase.closes_at)).where(Phase.edition_id == edition.id))
    newest = queries.newest_file_at(session, edition.id)
    over = max(filter(None, (edition.closes_at, last, newest)))
    return over + timedelta(days=rules_of(session, [edition.id])[edition.id].keep_days)
