"""Terms of memberships in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.renewals import MembershipStanding
from gateway.graph.enums import enum
from gateway.graph.times import Date


class MembershipTerm(graphene.ObjectType):
    """From which day through which a membership is given (成员任期), and how it stands by that."""

    number = graphene.Int(required=True, description="Which of its terms it is, corrections counted.")
    since = Date(required=True, description="Its first day in China.")
    until = Date(required=True, description="Its last day in China.")
    standing = graphene.Field(
        enum(MembershipStanding), required=True, description="How the membership stood on the day that was asked for."
    )
