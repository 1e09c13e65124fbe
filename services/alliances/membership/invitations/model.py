"""Letters (邀请函): the e-mail by which an organisation that nobody represents yet hears of an invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus
from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.membership.memberships.model import Membership
from services.alliances.tables import AlliancesTable


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

    def is_answered_by(self, claims: dict[str, Any], now: datetime) -> bool:
        """Whether a code with these claims is that of this letter, in time."""
        return claims.get("version") == self.version and now < self.expires_at


def check_invited(membership: Membership) -> None:
    """Go on only with an invitation that waits for its answer; refuses with MembershipStands."""
    if membership.status != MembershipStatus.INVITED:
        raise MembershipStands.at(membership.status)
