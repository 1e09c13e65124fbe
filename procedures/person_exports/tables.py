"""Tables: a service's part of an export of a person, in pieces, until its day is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id, Json, KitTable


class PersonPart(KitTable):
    """What a service has gathered for one export; `finished_at` is empty until all of it is there.

    `cut` is whether there is more than a part may hold.
    """

    __tablename__ = "person_parts"
    __table_args__ = (Index("ix_person_parts_person", "person_id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[Id]
    asked_by: Mapped[str]
    until: Mapped[datetime]
    pieces: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    cut: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None]


class PersonPiece(KitTable):
    """Some rows of one source."""

    __tablename__ = "person_pieces"

    part_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(Json())
