"""Certificates of membership in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.alliances.membership.certificates import MembershipCertificateStanding, MembershipCertificateStatus
from contracts.alliances.membership.memberships import MembershipStatus
from gateway.graph.bilingual import BilingualName
from gateway.graph.enums import enum
from gateway.graph.relations import related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class MembershipCertificate(NodeType, loads="membership_certificates_by_id"):
    """A certificate of membership (成员证书): what is printed on it, and where to get and to check it."""

    number = graphene.String(required=True, description="The number with which anybody can check it.")
    membership = related("Membership", "The membership, for whoever may know of it.")
    alliance_name = graphene.Field(
        BilingualName, required=True, description="The alliance.", resolver=lambda said, _: said["alliance"]
    )
    organization_name = graphene.Field(
        BilingualName, required=True, description="The member.", resolver=lambda said, _: said["organization"]
    )
    member_class = graphene.Field(BilingualName, description="The class of the member.")
    joined_on = Date(description="The day in China on which it had joined.")
    since = Date(description="The first day of its term, if it has one.")
    until = Date(description="The last day of its term, if it has one.")
    issued_at = DateTime(required=True, description="When it was issued: all that it says was so then.")
    status = graphene.Field(
        enum(MembershipCertificateStatus), required=True, description="What has become of it since."
    )
    ended_at = DateTime(description="When it was replaced or withdrawn.")
    reason = graphene.String(required=True, description="Why it was withdrawn; for both sides, else empty.")
    verify_url = graphene.String(required=True, description="Where anybody can check it; the QR code leads there.")
    pdf_url = graphene.String(
        description="The page to print, until it is replaced or withdrawn; there is one only while it holds."
    )

    def resolve_verify_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}/verify/{self['number']}"

    def resolve_pdf_url(self: Any, info: GraphQLResolveInfo) -> str | None:
        is_issued = self["status"] == MembershipCertificateStatus.ISSUED
        return f"{info.context.address}/certificates/{self['number']}.pdf" if is_issued else None


class MembershipToday(graphene.ObjectType):
    """What a certificate would say that is issued today."""

    alliance_name = graphene.Field(
        BilingualName, required=True, description="The alliance.", resolver=lambda said, _: said["alliance"]
    )
    organization_name = graphene.Field(
        BilingualName, required=True, description="The organisation.", resolver=lambda said, _: said["organization"]
    )
    member_class = graphene.Field(BilingualName, description="Its class; null where it is no member.")
    joined_on = Date(description="The day on which it joined; null where it is no member.")
    since = Date(description="The first day of its term, if it has one.")
    until = Date(description="The last day of its term, if it has one.")


class MembershipCheck(graphene.ObjectType):
    """A certificate of membership, and what holds of it on the day on which it is asked for (成员证书查验)."""

    certificate = graphene.Field(MembershipCertificate, required=True, description="What it says.")
    standing = graphene.Field(enum(MembershipCertificateStanding), required=True, description="What it is worth today.")
    status = graphene.Field(
        enum(MembershipStatus),
        description="The status of the membership today; null for one that is over, by whose decision is not told.",
    )
    status_since = Date(required=True, description="Since which day it has that status.")
    merged = graphene.Boolean(
        required=True, description="Whether the organisation was merged with another, whose membership is told of."
    )
    today = graphene.Field(MembershipToday, required=True, description="What is so today.")
