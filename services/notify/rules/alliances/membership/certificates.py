"""Notices of certificates of membership: the member is told that it has one, and that one counts no longer."""

from contracts.alliances.membership.certificates import MembershipCertificateIssued, MembershipCertificateWithdrawn
from services.notify.telling.audiences import representatives
from services.notify.telling.rule import Rule

RULES = (
    Rule(MembershipCertificateIssued, representatives),
    Rule(MembershipCertificateWithdrawn, representatives),
)
