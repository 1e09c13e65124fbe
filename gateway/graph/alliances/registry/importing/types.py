"""Importing organisations in the graph: what a sheet would become."""

from __future__ import annotations

import graphene

from contracts.alliances.registry.importing import MatchedBy
from gateway.graph.enums import enum
from gateway.graph.relations import related
from gateway.graph.sheets import SheetFault


class OrganizationRow(graphene.ObjectType):
    """A row of a sheet that names an organisation; a row with a fault is not shown."""

    row = graphene.Int(required=True, description="The row, counted from 1 as a spreadsheet does.")
    name = graphene.String(required=True, description="The name of the organisation in Chinese.")
    organization = related("Organization", "The organisation; null where the import would register it.")
    matched_by = graphene.Field(enum(MatchedBy), description="How it was recognised; null where it is new.")


class OrganizationsPreview(graphene.ObjectType):
    """What a sheet of organisations would become; with any fault, nothing of it can be imported."""

    rows = graphene.List(
        graphene.NonNull(OrganizationRow), required=True, description="The rows that name an organisation."
    )
    registered = graphene.Int(required=True, description="How many would be registered.")
    unchanged = graphene.Int(required=True, description="How many are registered already and stay as they are.")
    faults = graphene.List(graphene.NonNull(SheetFault), required=True, description="What is wrong in it.")
    digest = graphene.String(required=True, description="What `importOrganizations` takes to carry out exactly this.")
