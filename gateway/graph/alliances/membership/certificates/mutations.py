"""What can be done about certificates of membership through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import certificates_forms as forms
from gateway.graph.alliances.membership.certificates.types import MembershipCertificate
from gateway.graph.commands import command


class MembershipCertificatesMutations(graphene.ObjectType):
    """Each answers with the certificate."""

    issue_membership_certificate = command(
        forms.IssueMembershipCertificate, gives={"certificate": MembershipCertificate}
    )
    withdraw_membership_certificate = command(
        forms.WithdrawMembershipCertificate, gives={"certificate": MembershipCertificate}
    )
