"""Letters (邀请函): the e-mail by which an organisation that nobody represents yet hears of an invitation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.alliances.membership.invitations import LetterStatus
from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.tables import AlliancesTable

BECAME: Mapping[str, LetterStatus] = {
    MembershipStatus.IN_REVIEW: LetterStatus.ACCEPTED,
    MembershipStatus.MEMBER: LetterStatus.ACCEPTED,
    MembershipStatus.DECLINED: LetterStatus.DECLINED,
    MembershipStatus.RETRACTED: LetterStatus.WITHDRAWN,
    MembershipStatus.LAPSED: LetterStatus.LAPSED,
    MembershipStatus.MERGED: LetterStatus.MERGED,
}
"""What became of a letter, by where the membership went from the invitation."""


class InvitationLetter(Subject, AlliancesTable):
    """The newest letter of a membership; `version` counts those that were sent, and only the last one's code is worth something.

    It is about the invitation at which the membership stood at `membership_version`. The address is kept while the letter
    can be answered.
    """

    __tablename__ = "invitation_letters"
    subject = "invitation_letter"
    __table_args__ = (
        Index("uq_invitation_letters_membership", "membership_id", unique=True),
        Index("ix_invitation_letters_alliance", "alliance_id", "posted_at"),
        Index("ix_invitation_letters_open", "alliance_id", "posted_at", "id", **only_where("address <> ''")),
        Index("ix_invitation_letters_posted_by", "posted_by", "id"),
    )

    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"))
    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    membership_version: Mapped[int]
    address: Mapped[str]
    language: Mapped[str]
    posted_by: Mapped[str]
    posted_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    def is_settled_by(self, step: MembershipStep) -> bool:
        """Whether this step was taken since; what else is said of a membership, as a reminder, raises its version too."""
        return step.version > self.membership_version

    def became(self, steps: Sequence[MembershipStep], now: datetime) -> tuple[LetterStatus, datetime | None]:
        """What became of it, and when, by the steps of the membership, the latest first."""
        if settling := [step for step in steps if self.is_settled_by(step)]:
            return BECAME[settling[-1].status], settling[-1].since
        over = self.expires_at <= now
        return (LetterStatus.LAPSED, self.expires_at) if over else (LetterStatus.OPEN, None)

    def is_answered_by(self, claims: dict[str, Any], now: datetime) -> bool:
        """Whether a code with these claims is that of this letter, in time."""
        return claims.get("version") == self.version and now < self.expires_at


def check_invited(membership: Membership) -> None:
    """Go on only with an invitation that waits for its answer; refuses with MembershipStands."""
    if membership.status != MembershipStatus.INVITED:
        raise MembershipStands.at(membership.status)
