"""Tables: who has read which confidential thing on which day, one row for all readings of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from kit.data.db import Id


class Sighted:
    """The columns of a table of sightings (查阅记录): `thing` is the id of what was read, or names the list that was."""

    if TYPE_CHECKING:
        __tablename__: str

    id: Mapped[Id] = mapped_column(primary_key=True)
    thing: Mapped[str]
    what: Mapped[str]
    seen_by: Mapped[str]
    day: Mapped[date]
    created_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        name = cls.__tablename__
        return (
            Index(f"uq_{name}_day", "seen_by", "thing", "what", "day", unique=True),
            Index(f"ix_{name}_thing", "thing", "id"),
        )
