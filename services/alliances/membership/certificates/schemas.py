"""How a certificate of membership looks from outside: to both sides, and to whoever has its number."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership.memberships import MembershipStatus
from services.alliances.membership.certificates.model import MembershipCertificate
from services.alliances.membership.certificates.saying import Today, standing

TOLD = {MembershipStatus.MEMBER, MembershipStatus.SUSPENDED, MembershipStatus.LAPSED}
"""The statuses that the public is told of: not by whose decision a membership ended."""


def certificate_view(certificate: MembershipCertificate) -> dict[str, Any]:
    """What it says and what has become of it."""
    return {
        "id": certificate.id,
        "membership_id": certificate.membership_id,
        "number": certificate.number,
        **certificate.facts,
        "status": certificate.status,
        "issued_at": certificate.created_at,
        "ended_at": certificate.ended_at,
        "reason": "",
    }


def own_certificate_view(certificate: MembershipCertificate) -> dict[str, Any]:
    """The same for both sides, who also know why it was withdrawn."""
    return {**certificate_view(certificate), "reason": certificate.reason}


def check_view(certificate: MembershipCertificate, today: Today) -> dict[str, Any]:
    """What it says, what it is worth today, and what is so today: never why a membership ended, nor by whose decision."""
    membership = today.membership
    alliance, organization = membership.alliance, membership.organization.current
    return {
        "certificate": certificate_view(certificate),
        "standing": standing(certificate, membership),
        "status": membership.status if membership.status in TOLD else None,
        "status_since": today.since,
        "merged": organization.id != certificate.membership.organization_id,
        "organization_closed_on": None if organization.is_to_be_closed else organization.retired_on,
        "alliance_stage": alliance.stage,
        "alliance_stage_since": alliance.stage_since,
        "today": today.facts(),
    }
