"""Saying: what a certificate says of a member on the day of its issue, and what it is worth on the day on which it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.alliances.membership.certificates import (
    MembershipCertificateStanding,
    MembershipCertificateStatus,
)
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.alliances import AllianceStage
from contracts.alliances.registry.organizations import OrganizationStatus
from contracts.base import Named
from services.alliances.membership.certificates.model import MembershipCertificate
from services.alliances.membership.memberships.model import Membership

_WORTH = {
    MembershipStatus.MEMBER: MembershipCertificateStanding.HOLDS,
    MembershipStatus.SUSPENDED: MembershipCertificateStanding.SUSPENDED,
}


@dataclass(frozen=True)
class Today:
    """What a membership is on a day: since when it has its status, and of a member its class, its joining and its term."""

    membership: Membership
    since: date
    member_class: dict[str, str] | None
    joined: date | None
    term: tuple[date, date] | None

    def facts(self) -> dict[str, Any]:
        """All that a certificate issued now says."""
        since, until = self.term or (None, None)
        return {
            "alliance": both(self.membership.alliance.named),
            "organization": both(self.membership.organization.current.named),
            "member_class": self.member_class,
            "joined_on": self.joined.isoformat() if self.joined else None,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
        }


def standing(certificate: MembershipCertificate, membership: Membership) -> MembershipCertificateStanding:
    """What the certificate is worth, where this is the membership that goes on in the place of its own."""
    if certificate.status != MembershipCertificateStatus.ISSUED:
        return MembershipCertificateStanding(certificate.status)
    organization, alliance = membership.organization.current, membership.alliance
    if organization.status != OrganizationStatus.ACTIVE or alliance.stage == AllianceStage.DISSOLVED:
        return MembershipCertificateStanding.ENDED
    return _WORTH.get(MembershipStatus(membership.status), MembershipCertificateStanding.ENDED)


def both(named: Named) -> dict[str, str]:
    return {"zh": named.zh, "en": named.en}
