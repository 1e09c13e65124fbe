"""Awards in the graph: awards, their certificates, and the tables of provinces and institutions."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.recognition import awards as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.enums import enum
from gateway.graph.events.competitions.types import Competition, Stage
from gateway.graph.events.recognition.awards.loaders import AwardLoader, CertificateLoader
from gateway.graph.region import Region, name_field
from gateway.graph.relay import LOADERS, NodeType
from gateway.graph.times import DateTime

AwardKind = enum(contract.AwardKind)
AwardStatus = enum(contract.AwardStatus)
WithdrawalGround = enum(contract.WithdrawalGround)
AwardTableBy = enum(contract.AwardTableBy)


class Prize(graphene.ObjectType):
    """A prize of the rules (奖项), as the first prize."""

    code = graphene.String(required=True)
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)


class BilingualName(graphene.ObjectType):
    """A name on a certificate, in both languages, as it was when the certificate was issued."""

    zh = graphene.String(required=True)
    en = graphene.String(required=True)


class Certificate(graphene.ObjectType):
    """A certificate (证书): what is printed on it, whether it stands, and where it is to be had."""

    number = graphene.String(required=True)
    kind = graphene.Field(AwardKind, required=True)
    recipient = graphene.String(required=True)
    members = graphene.List(graphene.NonNull(graphene.String), required=True, description="Of a team.")
    advisers = graphene.List(graphene.NonNull(graphene.String), required=True)
    organization = graphene.Field(BilingualName, required=True)
    competition = graphene.Field(BilingualName, required=True)
    edition = graphene.Field(BilingualName, required=True)
    track = graphene.Field(BilingualName)
    round = graphene.Field(BilingualName)
    prize = graphene.Field(BilingualName, required=True)
    issuers = graphene.List(graphene.NonNull(BilingualName), required=True)
    issued_at = DateTime(required=True)
    withdrawn_at = DateTime(description="Since when it is no longer valid.")
    ground = graphene.Field(WithdrawalGround)
    verify_url = graphene.String(required=True, description="Where anybody can check it; the QR code leads there.")
    pdf_url = graphene.String(description="The page to print, while it is valid.")
    credential_url = graphene.String(required=True, description="As an Open Badge 3.0, signed (VC-JWT).")

    def resolve_verify_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}/verify/{self['number']}"

    def resolve_pdf_url(self: Any, info: GraphQLResolveInfo) -> str | None:
        return None if self["withdrawn_at"] else f"{info.context.address}/certificates/{self['number']}.pdf"

    def resolve_credential_url(self: Any, info: GraphQLResolveInfo) -> str:
        return f"{info.context.address}/credentials/{self['number']}"


class Award(NodeType):
    """An award (奖项) of an entry, of an adviser or of an organisation.

    Those whom it concerns see the recipient's name in full, the certificate, and the award also after it was withdrawn.
    """

    class Meta:
        loader = AwardLoader

    competition = graphene.Field(Competition)
    stage = graphene.Field(Stage, description="Empty for an award of the whole competition.")
    kind = graphene.Field(AwardKind, required=True)
    prize = graphene.Field(Prize, required=True)
    place = graphene.Int(description="In the ranking of the stage, for an award of an entry.")
    recipient = graphene.String(required=True, description="As the rules let the viewer see the name.")
    organization = graphene.Field(Organization)
    province = graphene.Field(Region, required=True)
    status = graphene.Field(AwardStatus, required=True)
    granted_at = DateTime(required=True)
    withdrawn_at = DateTime()
    ground = graphene.Field(WithdrawalGround)
    reason = graphene.String(description="In the words of the organiser, for those whom it concerns.")
    certificate = graphene.Field(Certificate, description="For those whom it concerns.")

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Competition"]).load(self["competition_id"])

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        stage_id = self["stage_id"]
        return await info.context.loader(LOADERS["Stage"]).load(stage_id) if stage_id else None

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])

    async def resolve_certificate(self: Any, info: GraphQLResolveInfo) -> Any:
        number = self["number"]
        return await info.context.loader(CertificateLoader).load(number) if number else None


class PrizeCount(graphene.ObjectType):
    """How many of a prize."""

    code = graphene.String(required=True)
    count = graphene.Int(required=True)


class AwardTableRow(graphene.ObjectType):
    """What a province or an institution has won; those who are equal share a place."""

    place = graphene.Int(required=True)
    province = graphene.Field(Region, description="In a table of provinces.")
    organization = graphene.Field(Organization, description="In a table of institutions.")
    counts = graphene.List(graphene.NonNull(PrizeCount), required=True, description="By the code of the prize.")
    prizes = graphene.Int(required=True, description="All together.")
    points = graphene.Int(required=True)

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["holder"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        if regions.region(self["holder"]):
            return None
        return await info.context.loader(LOADERS["Organization"]).load(self["holder"])
