"""Grounds: for what reasons a role is held, and until when each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.alliances.authority.roles import GroundKind
from kit.data.db import Id, only_where
from services.alliances.tables import AlliancesTable

STANDS = "ended_at IS NULL"


@dataclass(frozen=True)
class Ground:
    """A reason to hold a role; `ref` tells two of one kind apart, `until` is when it ends by itself."""

    kind: GroundKind = GroundKind.APPOINTMENT
    ref: str = ""
    until: datetime | None = None


class GrantGround(AlliancesTable):
    """A reason for which a grant stands (授权依据). A grant stands while one of its grounds does.

    Grounds are known in alliances alone: all others hear that a role is held, or is no longer.
    """

    __tablename__ = "grant_grounds"
    __table_args__ = (Index("uq_grant_grounds_standing", "grant_id", "kind", "ref", unique=True, **only_where(STANDS)),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    grant_id: Mapped[Id]
    kind: Mapped[str]
    ref: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    def prolong(self, until: datetime | None) -> bool:
        """Let it stand longer, if that is longer; whether it is. Nobody's role is ever shortened so."""
        longer = self.until is not None and (until is None or until > self.until)
        if longer:
            self.until = until
        return longer


def end_of(grounds: Iterable[GrantGround]) -> datetime | None:
    """When the last of these grounds ends; None where one of them does not end by itself, or where there is none."""
    ends = [ground.until for ground in grounds]
    return max((end for end in ends if end), default=None) if None not in ends else None
