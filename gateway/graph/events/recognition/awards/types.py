"""Awards in the graph: awards, their certificates, and the tables of provinces and institutions."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.recognition.awards import AwardKind, AwardStatus, WithdrawalGround
from gateway.graph.bilingual import BilingualName
from gateway.graph.enums import enum
from gateway.graph.events.recognition.awards.loaders import CertificateLoader
from gateway.graph.region import Region, name_field, region_field
from gateway.graph.relations import related
from gateway.graph.relay import LOADERS, NodeType, named
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls


class Prize(graphene.ObjectType):
    """A prize of the rules (奖项), such as first prize."""

    code = graphene.String(required=True, description="Its short name in the rules.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")


class Certificate(graphene.ObjectType):
    """A certificate (证书): what is printed on it, whether it is valid, and where to get it."""

    number = graphene.String(required=True, description="The number with which anybody can check it.")
    kind = graphene.Field(enum(AwardKind), required=True, description="What the award is for.")
    recipient = graphene.String(required=True, description="Who is honoured, as printed.")
    members = graphene.List(graphene.NonNull(graphene.String), required=True, description="The members of a team.")
    advisers = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Those who advised the entry."
    )
    organization = graphene.Field(BilingualName, required=True, description="The organisation of the recipient.")
    competition = graphene.Field(BilingualName, required=True, description="The competition.")
    edition = graphene.Field(BilingualName, required=True, description="The edition of the competition.")
    track = graphene.Field(BilingualName, description="The track, for an award of a stage.")
    round = graphene.Field(BilingualName, description="The round, for an award of a stage.")
    prize = graphene.Field(BilingualName, required=True, description="The prize.")
    issuers = graphene.List(graphene.NonNull(BilingualName), required=True, description="Who issued it.")
    issued_at = DateTime(required=True, description="When it was issued.")
    withdrawn_at = DateTime(description="When it stopped being valid.")
    ground = graphene.Field(enum(WithdrawalGround), description="Why it is no longer valid.")
    verify_url = graphene.String(required=True, description="Where anybody can check it; the QR code leads there.")
    pdf_url = graphene.String(description="The page to print, while it is valid.")
    credential_url = graphene.String(required=True, description="As an Open Badge 3.0, signed (VC-JWT).")

    def resolve_verify_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}/verify/{self['number']}"

    def resolve_pdf_url(self: Any, info: GraphQLResolveInfo) -> str | None:
        return None if self["withdrawn_at"] else f"{info.context.address}/certificates/{self['number']}.pdf"

    def resolve_credential_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}/credentials/{self['number']}"


class Award(NodeType, loads="awards_by_id"):
    """An award (奖项) of an entry, of an adviser or of an organisation.

    Those concerned see the recipient's full name and the certificate, and still see the award after it was withdrawn.
    """

    competition = related("Competition", "The competition in which it was won.")
    stage = related("Stage", "The stage in which it was won; null for an award of the whole competition.")
    kind = graphene.Field(enum(AwardKind), required=True, description="What it is for.")
    prize = graphene.Field(Prize, required=True, description="The prize that was won.")
    place = graphene.Int(description="The place in the ranking of the stage, for an award of an entry.")
    recipient = graphene.String(
        required=True, description="Who is honoured; the rules say how the viewer sees the name."
    )
    organization = related("Organization", "The organisation of the recipient.")
    province = region_field("The province of that organisation.", required=True)
    status = graphene.Field(enum(AwardStatus), required=True, description="Whether it is valid.")
    granted_at = DateTime(required=True, description="When it was given.")
    withdrawn_at = DateTime(description="When it was withdrawn.")
    ground = graphene.Field(
        enum(WithdrawalGround), description="The reason for the withdrawal that the public is told."
    )
    reason = graphene.String(description="Why it was withdrawn, in the organiser's words; for those concerned.")
    certificate = graphene.Field(Certificate, description="Its certificate, for those concerned.")

    @calls
    async def resolve_certificate(self: Any, info: GraphQLResolveInfo) -> Any:
        number = self["number"]
        return await info.context.loader(CertificateLoader).load(number) if number else None


class PrizeCount(graphene.ObjectType):
    """How many of a prize."""

    code = graphene.String(required=True, description="The short name of the prize.")
    count = graphene.Int(required=True, description="How many were won.")


class AwardTableRow(graphene.ObjectType):
    """What a province or an institution has won; equals share a place."""

    place = graphene.Int(required=True, description="The place in the table.")
    province = graphene.Field(Region, description="The province, in a table of provinces.")
    organization = graphene.Field(
        lambda: named("Organization"), description="The institution, in a table of institutions."
    )
    counts = graphene.List(
        graphene.NonNull(PrizeCount), required=True, description="How many of each prize, by its code."
    )
    prizes = graphene.Int(required=True, description="How many prizes in total.")
    points = graphene.Int(required=True, description="How many points they have by the rules.")

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["holder"])

    @calls
    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        if regions.region(self["holder"]):
            return None
        return await info.context.loader(LOADERS["Organization"]).load(self["holder"])
