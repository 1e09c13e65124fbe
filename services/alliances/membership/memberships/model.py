"""Membership (成员资格): how an organisation comes into an alliance, stays in it, and leaves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus
from kit.data.db import Id
from kit.data.subjects import Subject
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable

S = MembershipStatus
ENDED = frozenset({S.DECLINED, S.WITHDRAWN, S.EXPELLED})
OVER = ENDED | {S.MERGED}
"""Where nothing of the membership itself goes on."""
LIVE = (S.MEMBER, S.SUSPENDED, S.IN_REVIEW, S.APPLIED, S.INVITED)
"""Where something goes on, the furthest first."""
LEADS_ON_FROM = {
    S.INVITED: OVER,
    S.APPLIED: OVER,
    S.IN_REVIEW: {S.APPLIED, S.INVITED},
    S.MEMBER: {S.APPLIED, S.IN_REVIEW, S.SUSPENDED},
    S.DECLINED: {S.APPLIED, S.IN_REVIEW, S.INVITED},
    S.SUSPENDED: {S.MEMBER},
    S.WITHDRAWN: {S.APPLIED, S.IN_REVIEW, S.MEMBER, S.SUSPENDED},
    S.EXPELLED: {S.MEMBER, S.SUSPENDED},
    S.MERGED: LIVE,
}
"""From which statuses each status can be reached."""


class Membership(Subject, AlliancesTable):
    """One organisation's standing in one alliance, through all its comings and goings.

    Where the organisation was merged with another that stands in the same alliance, one of the two goes `into` the other.
    """

    __tablename__ = "memberships"
    subject = "membership"
    __table_args__ = (
        Index("uq_memberships_pair", "alliance_id", "organization_id", unique=True),
        Index("ix_memberships_alliance", "alliance_id", "status", "id"),
        Index("ix_memberships_organization", "organization_id", "id"),
    )

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    status: Mapped[str]
    into_id: Mapped[Id | None]
    alliance: Mapped[Alliance] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")
    steps: Mapped[list[MembershipStep]] = relationship(lazy="raise", order_by="MembershipStep.version")

    @property
    def keys(self) -> dict[str, str | None]:
        """What rights on it look at."""
        return {"alliance_id": self.alliance_id, **self.organization.keys}

    def step_to(self, status: MembershipStatus, *, reason: str, at: datetime) -> MembershipStep:
        """Move on, and remember since when; refuses with MembershipStands where the step does not lead on from here."""
        if self.status not in LEADS_ON_FROM[status]:
            raise MembershipStands.at(self.status)
        return self._put(status, reason, at)

    def merge_into(self, other: Membership, *, at: datetime) -> MembershipStep:
        """Let the membership of the organisation with which its own was merged go on in its place."""
        step = self.step_to(S.MERGED, reason="", at=at)
        self.into_id = other.id
        return step

    def unmerge(self, status: str, *, at: datetime) -> MembershipStep:
        """Stand again where it stood before it was merged."""
        return self._put(status, "", at)

    def _put(self, status: str, reason: str, at: datetime) -> MembershipStep:
        self.status, self.into_id = status, None
        return MembershipStep(membership_id=self.id, version=self.version + 1, status=status, since=at, reason=reason)


class MembershipStep(AlliancesTable):
    """Since when a membership stood where: what a question about a past day is answered from."""

    __tablename__ = "membership_steps"

    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    since: Mapped[datetime]
    reason: Mapped[str]
