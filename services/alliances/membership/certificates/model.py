"""Certificates of membership (成员证书): what a member shows others, as it was when it was issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.alliances.membership.certificates import CertificateEnded, MembershipCertificateStatus
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.alliances.membership.memberships.model import Membership
from services.alliances.tables import AlliancesTable


class MembershipCertificate(Subject, AlliancesTable):
    """A certificate under a number that nobody can guess; `facts` is all that is printed on it.

    Of one membership at most one is neither replaced nor withdrawn. Whether it holds is not kept: the membership says so.
    """

    __tablename__ = "membership_certificates"
    subject = "membership_certificate"
    __table_args__ = (
        Index("uq_membership_certificates_number", "number", unique=True),
        Index("uq_membership_certificates_issued", "membership_id", unique=True, **only_where("status = 'issued'")),
        Index("ix_membership_certificates_membership", "membership_id", "id"),
    )

    membership_id: Mapped[Id] = mapped_column(ForeignKey("memberships.id"))
    number: Mapped[str]
    facts: Mapped[dict[str, Any]]
    status: Mapped[str]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str]
    membership: Mapped[Membership] = relationship(lazy="raise")

    def end(self, status: MembershipCertificateStatus, *, at: datetime, reason: str = "") -> None:
        """Count no longer; refuses with CertificateEnded where it does not count as it is."""
        if self.status != MembershipCertificateStatus.ISSUED:
            raise CertificateEnded
        self.status, self.ended_at, self.reason = status, at, reason
