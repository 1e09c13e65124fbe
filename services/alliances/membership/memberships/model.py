"""Membership (成员资格): how an organisation comes into an alliance, stays in it, and leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.alliances.tables import AlliancesTable

S = MembershipStatus
ENDED = frozenset({S.DECLINED, S.WITHDRAWN, S.EXPELLED, S.LAPSED, S.RETRACTED})
LIVES = frozenset({S.MEMBER, S.SUSPENDED})
"""While it has one of these statuses, a membership has a class and a term."""
OVER = ENDED | {S.MERGED}
"""Where nothing of the membership itself goes on."""
LIVE = (S.MEMBER, S.SUSPENDED, S.IN_REVIEW, S.APPLIED, S.RETURNED, S.INVITED)
"""Where something goes on, the furthest first."""
WAITS = frozenset({S.APPLIED, S.IN_REVIEW})
"""Where it is for the secretariat to go on."""
LEADS_ON_FROM = {
    S.INVITED: OVER,
    S.APPLIED: OVER | {S.RETURNED},
    S.RETURNED: {S.APPLIED, S.IN_REVIEW},
    S.IN_REVIEW: {S.APPLIED, S.INVITED},
    S.MEMBER: {S.APPLIED, S.IN_REVIEW, S.SUSPENDED, S.LAPSED},
    S.DECLINED: {S.APPLIED, S.IN_REVIEW, S.RETURNED, S.INVITED},
    S.SUSPENDED: {S.MEMBER},
    S.WITHDRAWN: {S.APPLIED, S.IN_REVIEW, S.RETURNED, S.MEMBER, S.SUSPENDED},
    S.EXPELLED: {S.MEMBER, S.SUSPENDED},
    S.MERGED: LIVE,
    S.LAPSED: {S.INVITED, S.MEMBER, S.SUSPENDED},
    S.RETRACTED: {S.INVITED},
}
"""From which statuses each status can be reached."""
LEAD_IN = frozenset({S.INVITED, S.APPLIED, S.MEMBER})
"""What an organisation that is closed, or an alliance that is dissolved, comes to no more."""


@dataclass(frozen=True)
class Way:
    """A way on: to a status, from `only` some of those that lead to it. Refuses a membership that cannot go it."""

    to: MembershipStatus
    only: frozenset[MembershipStatus] | None = None

    def __call__(self, membership: Membership) -> None:
        membership.check_can_come(self.to, only=self.only)


RETRACTS = Way(S.RETRACTED)
ACCEPTS = Way(S.IN_REVIEW, frozenset({S.INVITED}))
REVIEWS = Way(S.IN_REVIEW, frozenset({S.APPLIED}))
ADMITS = Way(S.MEMBER, frozenset({S.APPLIED, S.IN_REVIEW}))
DECLINES = Way(S.DECLINED)
SUSPENDS = Way(S.SUSPENDED)
RESUMES = Way(S.MEMBER, frozenset({S.SUSPENDED}))
LEAVES = Way(S.WITHDRAWN)
EXPELS = Way(S.EXPELLED)
RETURNS = Way(S.RETURNED)
CORRECTS = Way(S.APPLIED, frozenset({S.RETURNED}))


class Membership(Subject, AlliancesTable):
    """One organisation's standing in one alliance, through all its comings and goings.

    Where the organisation was merged with another that stands in the same alliance, one of the two goes `into` the other.
    `answer_by` is when an invitation lapses; it means nothing at another status. `waits_since` is since when an application
    waits for the secretariat.
    """

    __tablename__ = "memberships"
    subject = "membership"
    __table_args__ = (
        Index("uq_memberships_pair", "alliance_id", "organization_id", unique=True),
        Index("ix_memberships_alliance", "alliance_id", "status", "id"),
        Index("ix_memberships_organization", "organization_id", "id"),
        Index("ix_memberships_invited", "organization_id", "answer_by", "id", **only_where("status = 'invited'")),
        Index("ix_memberships_waiting", "alliance_id", "waits_since", "id", **only_where("waits_since IS NOT NULL")),
    )

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    organization_id: Mapped[Id] = mapped_column(ForeignKey("organizations.id"))
    status: Mapped[str]
    into_id: Mapped[Id | None]
    answer_by: Mapped[datetime | None]
    waits_since: Mapped[datetime | None]
    alliance: Mapped[Alliance] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")
    steps: Mapped[list[MembershipStep]] = relationship(lazy="raise", order_by="MembershipStep.version")

    @property
    def keys(self) -> dict[str, str | None]:
        """What rights on it look at."""
        return {"alliance_id": self.alliance_id, **self.organization.keys}

    def check_lives(self) -> None:
        """Go on only for a member, also one that is suspended; refuses with MembershipStands."""
        if self.status not in LIVES:
            raise MembershipStands.at(self.status)

    def check_can_come(self, status: MembershipStatus, *, only: Collection[MembershipStatus] | None = None) -> None:
        """Refuses with MembershipStands where that status is not reached from here, or from `only` some others."""
        if self.status not in (LEADS_ON_FROM[status] if only is None else only):
            raise MembershipStands.at(self.status)
        if status in LEAD_IN:
            self.organization.current.check_goes_on()
            self.alliance.check_goes_on()

    def step_to(self, status: MembershipStatus, *, reason: str, at: datetime, by: str | None) -> MembershipStep:
        """Move on, and remember since when; refuses where it cannot."""
        self.check_can_come(status)
        return self._put(status, reason, at, by)

    def merge_into(self, other: Membership, *, at: datetime, by: str | None) -> MembershipStep:
        """Let the membership of the organisation with which its own was merged go on in its place."""
        step = self.step_to(S.MERGED, reason="", at=at, by=by)
        self.into_id = other.id
        return step

    def unmerge(self, status: str, *, at: datetime, by: str | None) -> MembershipStep:
        """Stand again where it stood before it was merged."""
        return self._put(status, "", at, by)

    def _put(self, status: str, reason: str, at: datetime, by: str | None) -> MembershipStep:
        self.status, self.into_id = status, None
        self.waits_since = (self.waits_since or at) if status in WAITS else None
        place = {"membership_id": self.id, "version": self.version + 1}
        return MembershipStep(**place, status=status, since=at, reason=reason, taken_by=by)


class MembershipStep(AlliancesTable):
    """Since when a membership stood where: what a question about a past day is answered from.

    `taken_by` is nobody where a step was taken by time alone, or before it was kept who took it.
    """

    __tablename__ = "membership_steps"

    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    since: Mapped[datetime]
    reason: Mapped[str]
    taken_by: Mapped[str | None]
