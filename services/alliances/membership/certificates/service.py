"""Certificates of membership on the wire: the secretariat issues them, whoever has the number checks them."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership import certificates_forms as forms
from contracts.forms import ByIds
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.fonts.settings import FontSettings
from kit.rights.asking import require
from services.alliances.membership.certificates import commands, queries
from services.alliances.membership.certificates.schemas import check_view, own_certificate_view
from services.alliances.membership.memberships.queries import membership as find_membership
from services.alliances.rights import ACTS_FOR_ALLIANCE, CONCERNED


class MembershipCertificatesService(Service):
    """What a member shows others, and what holds of it on the day on which they ask."""

    @command(forms.IssueMembershipCertificate, right=ACTS_FOR_ALLIANCE)
    def issue_membership_certificate(
        self, session: Session, *, membership_id: str, unprinted: bool | None = None
    ) -> dict[str, Any]:
        membership = find_membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **membership.keys)
        fonts = None if unprinted else self.runtime.settings.of(FontSettings)
        today = queries.today_of(session, membership)
        return own_certificate_view(commands.issue_membership_certificate(session, today=today, fonts=fonts))

    @command(forms.WithdrawMembershipCertificate, right=ACTS_FOR_ALLIANCE)
    def withdraw_membership_certificate(self, session: Session, *, certificate_id: str, reason: str) -> dict[str, Any]:
        certificate = queries.certificate(session, certificate_id)
        require(session, ACTS_FOR_ALLIANCE, **certificate.membership.keys)
        commands.withdraw_membership_certificate(session, certificate=certificate, reason=reason)
        return own_certificate_view(certificate)

    @query(forms.MembershipCertificates, right=CONCERNED)
    def membership_certificates(self, session: Session, *, membership_id: str, **which: Any) -> dict[str, Any]:
        membership = find_membership(session, membership_id)
        require(session, CONCERNED, **membership.keys)
        found = queries.certificates(session, membership_id=membership_id, **which)
        return found.view(own_certificate_view)

    @query(ByIds, shows=CONCERNED)
    def membership_certificates_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.certificates_by_id(session, ids), own_certificate_view)

    @query(forms.CheckMembershipCertificate)
    def check_membership_certificate(self, session: Session, *, number: str) -> dict[str, Any]:
        """The number is the key: whoever has it is told what the certificate says and what holds today."""
        certificate = queries.by_number(session, number)
        goes_on = queries.goes_on(session, certificate.membership)
        return check_view(certificate, queries.today_of(session, goes_on))
