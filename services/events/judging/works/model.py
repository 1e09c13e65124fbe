"""Works (作品): the files of an entry in a stage, each in versions, of which one counts in the end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.uploads import UploadExpired, length_of
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from kit.files.uploads import Announced
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Stage
from services.events.tables import EventsTable


class Work(Subject, EventsTable):
    """A work of an entry in a stage; `place` tells it from the others of the entry, from 1.

    `latest` is the number of its newest version, `counts` the one that is judged, fixed when the phase of works ends.
    """

    __tablename__ = "works"
    subject = "work"
    __table_args__ = (
        Index("uq_works_place", "stage_id", "entry_id", "place", unique=True),
        Index("ix_works_entry", "entry_id", "stage_id", "place"),
    )

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    place: Mapped[int]
    latest: Mapped[int] = mapped_column(default=0)
    counts: Mapped[int | None]
    stage: Mapped[Stage] = relationship(lazy="raise")
    entry: Mapped[Entry] = relationship(lazy="raise")
    versions: Mapped[list[WorkVersion]] = relationship(lazy="raise", order_by="WorkVersion.number.desc()")


class WorkVersion(EventsTable):
    """One file, whole and checked; what it holds lies in the store under its id until it is erased.

    `name` is what its sender called it, which can be personal, and goes with what it holds; so does `person`, who sent it.
    """

    __tablename__ = "work_versions"
    __table_args__ = (
        Index("uq_work_versions_number", "work_id", "number", unique=True),
        Index("ix_work_versions_kept", "work_id", "number", **only_where("erased_at IS NULL")),
        Index("ix_work_versions_person", "person", **only_where("erased_at IS NULL")),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    work_id: Mapped[Id] = mapped_column(ForeignKey("works.id"))
    number: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    extension: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    completed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    person: Mapped[str | None]

    @property
    def key(self) -> str:
        """Where it lies in the store."""
        return key_of_version(self.id)


class Upload(EventsTable):
    """A file on its way, in pieces; `id` becomes that of the version. It is swept away some time after `expires_at`.

    `slot` bounds how many an entry has at a time; `person` alone may send its pieces.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        Index("uq_uploads_slot", "stage_id", "entry_id", "slot", unique=True),
        CheckConstraint("size > 0 AND piece_size > 0", name="something_to_send"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    work_id: Mapped[Id | None] = mapped_column(ForeignKey("works.id"))
    slot: Mapped[int]
    person: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    piece_size: Mapped[int]
    expires_at: Mapped[datetime]

    @property
    def key(self) -> str:
        """Where the whole file is put together in the store."""
        return key_of_version(self.id)

    @property
    def pieces(self) -> int:
        return -(-self.size // self.piece_size)

    def length(self, number: int) -> int:
        """How many bytes the piece of this number has."""
        return length_of(number, size=self.size, piece_size=self.piece_size)

    @property
    def announced(self) -> Announced:
        """What it is to become."""
        return Announced(self.id, self.pieces, self.key, self.size, self.sha256, self.media_type)

    def check_alive(self, now: datetime) -> None:
        """Go on only while its ticket holds; refuses with UploadExpired."""
        if now >= self.expires_at:
            raise UploadExpired("uploadId")


class StorageUse(EventsTable):
    """How many bytes the files of an owner take up: of the hub, an edition or a person; an upload takes up what it announced.

    Whoever changes what there is changes `bytes` in the same transaction, while they hold the row.
    """

    __tablename__ = "storage_uses"

    owner: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    counted_at: Mapped[datetime]


def key_of_version(version_id: str) -> str:
    return f"works/{version_id}"
