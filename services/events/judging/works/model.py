"""Works (作品): the files of an entry in a stage, each in versions, of which one counts in the end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.uploads.files import InPieces, Stored
from procedures.uploads.storing import Uses
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


class WorkVersion(Stored, EventsTable):
    """One file, whole and checked; what it holds lies in the store under its id until it is erased.

    `name` is what its sender called it, which can be personal, and goes with what it holds; so does `person`, who sent it.
    """

    __tablename__ = "work_versions"
    folder = "works"
    __table_args__ = (
        Index("uq_work_versions_number", "work_id", "number", unique=True),
        Index("ix_work_versions_kept", "work_id", "number", **only_where("erased_at IS NULL")),
        Index("ix_work_versions_person", "person", **only_where("erased_at IS NULL")),
    )

    work_id: Mapped[Id] = mapped_column(ForeignKey("works.id"))
    number: Mapped[int]
    name: Mapped[str]
    extension: Mapped[str]
    completed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    person: Mapped[str | None]


class Upload(InPieces, EventsTable):
    """A file on its way; `id` becomes that of the version. `slot` bounds how many an entry has at a time."""

    __tablename__ = "uploads"
    folder = WorkVersion.folder
    __table_args__ = (
        Index("uq_uploads_slot", "stage_id", "entry_id", "slot", unique=True),
        CheckConstraint("size > 0 AND piece_size > 0", name="something_to_send"),
    )

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    work_id: Mapped[Id | None] = mapped_column(ForeignKey("works.id"))
    slot: Mapped[int]


class StorageUse(Uses, EventsTable):
    """The room that the files of the hub, an edition or a person take up."""

    __tablename__ = "storage_uses"
