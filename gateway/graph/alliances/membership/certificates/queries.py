"""What can be asked about certificates of membership in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import certificates_forms as forms
from gateway.graph.alliances.membership.certificates.types import MembershipCertificate, MembershipCheck
from gateway.graph.queries import answered, listed


class MembershipCertificatesQueries(graphene.ObjectType):
    """A member's certificates are for both sides; one is checked by whoever has its number."""

    membership_certificates = listed(forms.MembershipCertificates, MembershipCertificate)
    check_membership_certificate = answered(forms.CheckMembershipCertificate, MembershipCheck)
