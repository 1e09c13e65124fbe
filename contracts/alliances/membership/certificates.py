"""What is said and refused of certificates of membership (成员证书)."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class MembershipCertificateStatus(Choice):
    """What has become of a certificate of membership since it was issued."""

    ISSUED = "issued", "It was issued, and no newer one in its place."
    REPLACED = "replaced", "A newer one was issued in its place (已换发)."
    WITHDRAWN = "withdrawn", "It was withdrawn (已撤销)."


class MembershipCertificateStanding(Choice):
    """What a certificate of membership is worth on the day on which somebody asks."""

    HOLDS = "holds", "The organisation is a member today."
    SUSPENDED = "suspended", "The membership is suspended today."
    ENDED = "ended", "The membership, the organisation or the alliance is at an end."
    REPLACED = "replaced", "A newer certificate was issued in its place."
    WITHDRAWN = "withdrawn", "The certificate was withdrawn."


@dataclass(frozen=True, kw_only=True)
class AboutMembershipCertificate(Message):
    """What every message about a certificate says; never its number, which is the key to it."""

    certificate_id: str
    membership_id: str
    alliance: Named
    organization: Named


@dataclass(frozen=True, kw_only=True)
class MembershipCertificateIssued(AboutMembershipCertificate, type="alliances.membership_certificate_issued"):
    """A member has a certificate of its membership; `replaces` where it had one that said otherwise."""

    replaces: bool


@dataclass(frozen=True, kw_only=True)
class MembershipCertificateWithdrawn(AboutMembershipCertificate, type="alliances.membership_certificate_withdrawn"):
    """A certificate of membership was withdrawn; whoever checks it is told so."""

    reason: str


class CertificateStands(Refusal):
    """The member has a certificate that says the same."""

    code = "CERTIFICATE_STANDS"
    zh = "该成员已有内容相同的有效证书（{number}）。如需另发，请先撤销该证书。"
    en = "The member has a certificate that says the same ({number}). Withdraw that one first if there has to be another."


class CertificateEnded(Refusal):
    code = "CERTIFICATE_ENDED"
    zh = "该证书已被换发或撤销。"
    en = "The certificate was replaced or withdrawn already."
