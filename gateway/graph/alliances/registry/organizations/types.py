"""The registry in the graph: organisations and alliances."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import mergers_forms
from contracts.alliances.registry.organizations import OrganizationKind
from gateway.graph.enums import enum
from gateway.graph.region import name_field, region_field
from gateway.graph.relations import parts
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class Organization(NodeType, loads="organizations_by_id"):
    """An organisation (单位): an education body, or one that works with education bodies."""

    kind = graphene.Field(enum(OrganizationKind), required=True, description="What it is.")
    region = region_field("Where it has its seat.", required=True)
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    credit_code = graphene.String(description="Its unified social credit code (GB 32100-2015).")
    aliases = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Other names that documents use for it."
    )
    mergers = parts(
        mergers_forms.MergersOfOrganizations,
        "Merger",
        "What was merged into it, and into that. The newest first. Public.",
    )
    created_at = DateTime(required=True, description="When it was registered.")
