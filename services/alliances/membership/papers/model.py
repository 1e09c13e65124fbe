"""Papers (申请材料): the files that an organisation adds to its application to an alliance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id, only_where
from procedures.uploads.files import InPieces, Stored
from procedures.uploads.storing import Uses
from services.alliances.tables import AlliancesTable


class _OfApplication:
    """An application is an organisation's to an alliance, also before it is handed in. `kind` is "" for a further paper."""

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    kind: Mapped[str]

    @property
    def pair(self) -> dict[str, str]:
        """Of whose application it is."""
        return {"alliance_id": self.alliance_id, "organization_id": self.organization_id}


class ApplicationPaper(_OfApplication, Stored, AlliancesTable):
    """One file, whole and checked. It has a row as long as what it holds lies in the store."""

    __tablename__ = "application_papers"
    folder = "papers"
    __table_args__ = (
        Index("ix_application_papers_pair", "organization_id", "alliance_id", "id"),
        Index(
            "uq_application_papers_kind",
            "alliance_id",
            "organization_id",
            "kind",
            unique=True,
            **only_where("kind <> ''"),
        ),
        Index("ix_application_papers_person", "person", "id"),
    )

    name: Mapped[str]
    person: Mapped[str]
    completed_at: Mapped[datetime]


class PaperUpload(_OfApplication, InPieces, AlliancesTable):
    """A paper on its way; `id` becomes that of the paper. It stays, after it has arrived too, until its pieces are swept."""

    __tablename__ = "paper_uploads"
    folder = ApplicationPaper.folder
    __table_args__ = (
        Index("ix_paper_uploads_pair", "organization_id", "alliance_id", "id"),
        Index("ix_paper_uploads_person", "person", "id"),
        CheckConstraint("size > 0 AND piece_size > 0", name="something_to_send"),
    )

    arrived_at: Mapped[datetime | None]


class PaperUse(Uses, AlliancesTable):
    """The room that the papers of the hub take up; that of one organisation's is small enough to be added up."""

    __tablename__ = "paper_uses"
