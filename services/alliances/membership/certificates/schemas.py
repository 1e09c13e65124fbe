"""How a certificate of membership looks from outside: to both sides, and to whoever has its number."""

from __future__ import annotations

from typing import Any

from services.alliances.membership.certificates.model import MembershipCertificate
from services.alliances.membership.certificates.saying import Today, standing


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
        "status": membership.status,
        "status_since": today.since,
        "merged": organization.id != certificate.membership.organization_id,
        "organization_closed_on": organization.retired_on,
        "alliance_stage": alliance.stage,
        "alliance_stage_since": alliance.stage_since,
        "today": today.facts(),
    }
