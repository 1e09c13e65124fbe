"""Blinding (加密): a code for each entry of a stage, and the seal on which entry is behind which code."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.events.judging.blinding import (
    CodesOpenAlready,
    NoOpeningRequested,
    OpeningRole,
    OtherPersonMustOpen,
    OtherRoleMustOpen,
)
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.tables import EventsTable

ALPHABET = "2346789CDFGHJKMNPQRTVWXY"
"""What no reader takes for something else, and what makes no words."""
LETTERS = 5


class BlindCode(EventsTable):
    """Which entry is behind a code of a stage (盲评编码), for nobody to know before the codes are opened.

    It has no id, no number and no time: nothing about a code but its row leads to the entry.
    """

    __tablename__ = "blind_codes"
    __table_args__ = (Index("uq_blind_codes_entry", "stage_id", "entry_id", unique=True),)

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))


class Seal(Subject, EventsTable):
    """The seal on the codes of a stage, whose id it has: opened by two people in two roles, who act one after the other."""

    __tablename__ = "seals"
    subject = "seal"
    __table_args__ = (
        CheckConstraint(
            "opened_by IS NULL OR (requested_by <> opened_by AND requested_role <> opened_role)", name="two_open"
        ),
        Index("ix_seals_sealed", "id", **only_where("opened_at IS NULL")),
    )

    id: Mapped[Id] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    requested_by: Mapped[str | None]
    requested_role: Mapped[str | None]
    requested_at: Mapped[datetime | None]
    opened_by: Mapped[str | None]
    opened_role: Mapped[str | None]
    opened_at: Mapped[datetime | None]

    def request(self, person: str, role: OpeningRole, now: datetime) -> None:
        """Let somebody ask for the codes to be opened."""
        self.requested_by, self.requested_role, self.requested_at = person, role, now

    def take_back(self, person: str) -> None:
        """Forget the request of this person; refuses with NoOpeningRequested, or CodesOpenAlready."""
        self.check_sealed()
        if self.requested_by != person:
            raise NoOpeningRequested
        self.requested_by = self.requested_role = self.requested_at = None

    def open(self, person: str, roles: Collection[OpeningRole], now: datetime) -> None:
        """Open what another person in the other role has asked for; refuses who is not both."""
        if self.requested_by == person:
            raise OtherPersonMustOpen
        others = [role for role in roles if role != self.requested_role]
        if not others:
            raise OtherRoleMustOpen
        self.opened_by, self.opened_role, self.opened_at = person, others[0], now

    def check_sealed(self) -> None:
        """Go on only before it is opened."""
        if self.opened_at is not None:
            raise CodesOpenAlready


def new_codes(letter: str, taken: Collection[str], number: int) -> list[str]:
    """So many codes, all different and none of `taken`."""
    codes: list[str] = []
    while len(codes) < number:
        codes.append(new_code(letter, {*taken, *codes}))
    return codes


def new_code(letter: str, taken: Collection[str]) -> str:
    """A code that nobody can guess and none of `taken`: the letter of the track, and five more signs."""
    while True:
        code = f"{letter}-{''.join(secrets.choice(ALPHABET) for _ in range(LETTERS))}"
        if code not in taken:
            return code
