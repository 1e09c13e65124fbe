"""Attachments (附件): the files that organisers add to an edition, each in versions, of which the newest is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.base import Named
from contracts.events.attachments.attachments import AttachmentGone
from kit.data.db import Id
from procedures.uploads.files import InPieces, Stored
from services.events.editions.editions.model import Edition
from services.events.tables import EventsTable


class Attachment(EventsTable):
    """What an edition has attached under a name; `latest` is the number of its newest file, `place` where it stands.

    One that was removed keeps its row, so that it can be restored, and what it was is known afterwards.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_edition", "edition_id", "place", "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    place: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    latest: Mapped[int]
    removed_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    files: Mapped[list[AttachmentFile]] = relationship(lazy="raise", order_by="AttachmentFile.number.desc()")

    @property
    def named(self) -> Named:
        return Named(id=self.id, zh=self.name_zh, en=self.name_en)

    @property
    def newest(self) -> AttachmentFile:
        """The file that is shown."""
        return self.files[0]

    def shows(self, file: AttachmentFile) -> bool:
        """Whether this is the file that everybody gets."""
        return self.removed_at is None and file.number == self.latest

    def check_stands(self) -> None:
        """Go on only if it was not removed; refuses with AttachmentGone."""
        if self.removed_at:
            raise AttachmentGone("attachmentId")


class AttachmentFile(Stored, EventsTable):
    """One file, whole and checked, as the version of this `number`; it lies in the store until it is erased."""

    __tablename__ = "attachment_files"
    folder = "attachments"
    __table_args__ = (Index("uq_attachment_files_number", "attachment_id", "number", unique=True),)

    attachment_id: Mapped[Id] = mapped_column(ForeignKey("attachments.id"))
    number: Mapped[int]
    name: Mapped[str]
    reason: Mapped[str]
    completed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class AttachmentUpload(InPieces, EventsTable):
    """A file on its way; `id` becomes that of the file, and of the attachment where that is a further one.

    It stays, after it has arrived too, until its pieces are swept; its draft may be discarded meanwhile.
    """

    __tablename__ = "attachment_uploads"
    folder = AttachmentFile.folder
    __table_args__ = (
        Index("ix_attachment_uploads_edition", "edition_id", "id"),
        Index("ix_attachment_uploads_person", "person", "id"),
        CheckConstraint("size > 0 AND piece_size > 0", name="something_to_send"),
    )

    edition_id: Mapped[Id]
    attachment_id: Mapped[Id | None]
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    reason: Mapped[str]
    arrived_at: Mapped[datetime | None]

    def names(self) -> dict[str, Any]:
        """What the attachment is called from now on, as far as that was said."""
        said = {"name_zh": self.name_zh, "name_en": self.name_en}
        return {name: value for name, value in said.items() if value is not None}
