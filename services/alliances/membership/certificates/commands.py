"""What can be done about certificates of membership: issue, which replaces the one before, and withdraw."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership.certificates import (
    CertificateStands,
    MembershipCertificateIssued,
    MembershipCertificateStatus,
    MembershipCertificateWithdrawn,
)
from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus
from contracts.certificate_numbers import OF_MEMBERSHIP, new_number
from contracts.refusals import ChangedMeanwhile, NamesNotPrinted
from kit.clock import in_china
from kit.data.db import Session
from kit.fonts.letters import lacking
from kit.fonts.settings import FontSettings
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.membership.certificates.model import MembershipCertificate
from services.alliances.membership.certificates.queries import issued
from services.alliances.membership.certificates.saying import Today


def issue_membership_certificate(
    session: Session, *, today: Today, fonts: FontSettings | None
) -> MembershipCertificate:
    """A member gets a certificate of what it is today; where `fonts` are given, they must have all letters of it.

    Refuses with MembershipStands, AllianceStageStands, OrganizationInactive, CertificateStands and NamesNotPrinted.
    """
    membership, facts = today.membership, today.facts()
    if membership.status != MembershipStatus.MEMBER:
        raise MembershipStands.at(membership.status)
    membership.alliance.check_goes_on()
    membership.organization.current.check_goes_on()
    _check_printed(facts, fonts)
    before = _replaced(session, membership.id, facts)
    certificate = MembershipCertificate(
        id=new_id(),
        created_at=session.now,
        membership_id=membership.id,
        membership=membership,
        number=new_number(in_china(session.now).year, OF_MEMBERSHIP),
        facts=facts,
        status=MembershipCertificateStatus.ISSUED,
        reason="",
    )
    session.add(certificate)
    record(session, certificate, MembershipCertificateIssued(**_about(certificate), replaces=before is not None))
    try:
        session.flush()
    except IntegrityError as error:  # somebody else issues one for the same member at the same moment
        raise ChangedMeanwhile from error
    return certificate


def withdraw_membership_certificate(session: Session, *, certificate: MembershipCertificate, reason: str) -> None:
    """Whoever checks it from now on is told so; refuses with CertificateEnded."""
    certificate.end(MembershipCertificateStatus.WITHDRAWN, at=session.now, reason=reason)
    record(session, certificate, MembershipCertificateWithdrawn(**_about(certificate), reason=reason))


def _replaced(session: Session, membership_id: str, facts: dict[str, Any]) -> MembershipCertificate | None:
    """The certificate that the member had, which counts no longer; refuses with CertificateStands if it says the same."""
    before = issued(session, membership_id)
    if before is None:
        return None
    if before.facts == facts:
        raise CertificateStands("membershipId", number=before.number)
    before.end(MembershipCertificateStatus.REPLACED, at=session.now)
    session.flush()  # before the new one comes, of which there can be one
    return before


def _check_printed(facts: dict[str, Any], fonts: FontSettings | None) -> None:
    names = [text for name in ("alliance", "organization", "member_class") for text in (facts[name] or {}).values()]
    if fonts and (letters := lacking(names, fonts)):
        raise NamesNotPrinted("membershipId", certificates=1, letters=", ".join(letters))


def _about(certificate: MembershipCertificate) -> dict[str, Any]:
    membership = certificate.membership
    return {
        "certificate_id": certificate.id,
        "membership_id": membership.id,
        "alliance": membership.alliance.named,
        "organization": membership.organization.current.named,
    }
