"""Organisations in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import mergers_forms
from contracts.alliances.registry import organizations_forms as forms
from contracts.alliances.registry.organizations import OrganizationChange, OrganizationKind, OrganizationStatus
from gateway.graph.acting import acting
from gateway.graph.alliances.registry.types import OfficialName, RegistryChange
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.region import country_field, name_field, region_field
from gateway.graph.relations import asked, part, parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class PlannedMove(graphene.ObjectType):
    """Where an organisation will have its seat, and from which day on."""

    region = region_field("Where it will have its seat; none if that is overseas.")
    country = country_field("Where a body overseas will have its seat.")
    since = Date(required=True, description="From which day on.")


class Organization(NodeType, loads="organizations_by_id"):
    """An organisation (单位): an education body, or one that works with education bodies."""

    kind = graphene.Field(enum(OrganizationKind), required=True, description="What it is.")
    region = region_field("Where it has its seat; none if that is overseas.")
    country = country_field("Where a body overseas has its seat.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    credit_code = graphene.String(description="Its unified social credit code (GB 32100-2015).")
    school_code = graphene.String(description="Its school code (学校标识码).")
    aliases = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Other names that documents use for it, former ones among them.",
    )
    names = parts(
        forms.NamesOfOrganizations, OfficialName, "Its official names, past, present and to come, the oldest first."
    )
    name_on = asked(forms.OrganizationNamesOn, OfficialName, "What it was, or will be, officially called on a day.")
    status = graphene.Field(enum(OrganizationStatus), required=True, description="Whether it goes on.")
    retired_on = Date(description="Its last day, where it was closed or is to be.")
    planned_move = part(forms.PlannedMovesOfOrganizations, PlannedMove, "Where it will move, if it is to.")
    superior = related("Organization", "The body above it.")
    website = graphene.String(description="The address of its website.")
    text_zh = graphene.String(description="Its introduction in Chinese.")
    text_en = graphene.String(description="Its introduction in English.")
    mergers = parts(
        mergers_forms.MergersOfOrganizations,
        "Merger",
        "What was merged into it, and into that. The newest first. Public.",
    )
    created_at = DateTime(required=True, description="When it was registered.")
    actions = acting(forms.ActionsOnOrganizations)
    history = historied(forms.HistoryOfOrganizations)


class OrganizationEntry(RegistryChange):
    """A change of the entry of an organisation, and the entry as it was then."""

    what = graphene.Field(enum(OrganizationChange), required=True, description="What was done.")
    kind = graphene.Field(enum(OrganizationKind), required=True, description="What the organisation was.")
    status = graphene.Field(enum(OrganizationStatus), required=True, description="Whether it went on.")
    country = country_field("Where a body overseas had its seat.")
    superior = related("Organization", "The body above it.")
    to_region = region_field("Where it was to move.")
    to_country = country_field("Where a body overseas was to move.")
    credit_code = graphene.String(description="Its unified social credit code.")
    aliases = graphene.List(graphene.NonNull(graphene.String), required=True, description="Its other names.")
