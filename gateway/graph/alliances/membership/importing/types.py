"""Importing members in the graph: what a sheet would become."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.importing import RowEffect
from contracts.alliances.membership.memberships import MembershipStatus
from gateway.graph.alliances.registry.importing.types import OrganizationRow
from gateway.graph.enums import enum
from gateway.graph.sheets import SheetFault
from gateway.graph.times import Date


class MemberRow(OrganizationRow):
    """A row of a sheet that names a member; a row with a fault is not shown."""

    status = graphene.Field(
        enum(MembershipStatus), description="Where its membership stands now; null where none ever began."
    )
    effect = graphene.Field(enum(RowEffect), required=True, description="What the import would do.")
    member_class = graphene.String(
        description="The code of the class that it would have as a new member, if one is given."
    )
    until = Date(description="The last day of its term as a new member, if one is given.")
    delegate = graphene.String(description="Who would vote for it as a new member, if somebody is named.")
    position = graphene.String(description="The position of who would vote for it.")


class MembersPreview(graphene.ObjectType):
    """What a sheet of members would become; with any fault, nothing of it can be imported."""

    rows = graphene.List(graphene.NonNull(MemberRow), required=True, description="The rows that name an organisation.")
    invited = graphene.Int(required=True, description="How many would be invited.")
    admitted = graphene.Int(required=True, description="How many would become members.")
    unchanged = graphene.Int(required=True, description="How many memberships would stay as they are.")
    registered = graphene.Int(required=True, description="How many organisations would be registered first.")
    faults = graphene.List(graphene.NonNull(SheetFault), required=True, description="What is wrong in it.")
    digest = graphene.String(required=True, description="What `importMembers` takes to carry out exactly this.")
