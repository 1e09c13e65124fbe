"""Members of a day in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry.organizations import OrganizationKind
from gateway.graph.alliances.membership.classes.types import MemberClass
from gateway.graph.enums import enum
from gateway.graph.region import name_field, region_field
from gateway.graph.relations import related
from gateway.graph.times import Date


class AllianceMember(graphene.ObjectType):
    """An organisation that was a member of an alliance on a day (成员单位)."""

    organization = related("Organization", "The organisation.", required=True)
    member_class = graphene.Field(MemberClass, description="Its class on that day.")
    joined_on = Date(description="The day in China on which it had joined.")
    membership = related(
        "Membership", "The membership; null where it is one no longer and does not concern the viewer."
    )


class AffiliatedMember(graphene.ObjectType):
    """An organisation that belongs to an alliance through another (附属成员); it has no membership of its own there."""

    organization = related("Organization", "The organisation.", required=True)
    member = related("Organization", "The member that it belongs through, if it is one.")
    alliance = related("Alliance", "The sub-alliance of which it is a member, if it belongs through one.")


class MembersOfClass(graphene.ObjectType):
    """How many members a class had."""

    code = graphene.String(required=True, description="The code of the class in the charter.")
    name = name_field()
    members = graphene.Int(required=True, description="How many members were in it.")


class MembersOfProvince(graphene.ObjectType):
    """How many members a province had."""

    region = region_field("The province.")
    members = graphene.Int(required=True, description="How many members had their seat there.")


class MembersOfKind(graphene.ObjectType):
    """How many members of a kind there were."""

    kind = graphene.Field(enum(OrganizationKind), required=True, description="The kind of organisation.")
    members = graphene.Int(required=True, description="How many members were of it.")


class MemberStatistics(graphene.ObjectType):
    """The members of an alliance on a day in figures (成员统计)."""

    day = Date(required=True, description="The day in China at whose end they were counted.")
    members = graphene.Int(required=True, description="How many members there were.")
    affiliated = graphene.Int(description="How many more belonged through members or sub-alliances.")
    by_class = graphene.List(graphene.NonNull(MembersOfClass), required=True, description="The same by class.")
    by_province = graphene.List(graphene.NonNull(MembersOfProvince), required=True, description="The same by province.")
    by_kind = graphene.List(graphene.NonNull(MembersOfKind), required=True, description="The same by kind.")
    joined = graphene.Int(required=True, description="How often somebody had joined in that year by then.")
    left = graphene.Int(required=True, description="How often somebody had left in that year by then.")
