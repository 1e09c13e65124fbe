"""Membership in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.membership.memberships_forms import MembershipStatusesOn
from gateway.graph.enums import enum
from gateway.graph.relations import asked, related
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class MembershipStep(graphene.ObjectType):
    """A status of a membership, since when it had it, and why."""

    status = graphene.Field(enum(MembershipStatus), required=True, description="The status.")
    since = DateTime(required=True, description="When this status began.")
    reason = graphene.String(required=True, description="Why; empty where the step needs no reason.")


class Membership(NodeType, loads="memberships_by_id"):
    """The membership of one organisation in one alliance (成员资格)."""

    status = graphene.Field(enum(MembershipStatus), required=True, description="Its status now.")
    alliance = related("Alliance", "The alliance.", required=True)
    organization = related("Organization", "The organisation that is, was or may become a member.", required=True)
    merged_into = related(
        "Membership",
        "The membership that goes on in its place, where the organisation was merged with another of the same alliance.",
        by="into_id",
    )
    created_at = DateTime(required=True, description="When it was first applied for or offered.")
    status_on = asked(
        MembershipStatusesOn,
        MembershipStep,
        "Its status at the end of a past day in China; for the secretariat and the organisation.",
    )
