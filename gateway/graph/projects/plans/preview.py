"""The preview of a plan in the graph: what was understood of a text and what is doubted, before anything is saved."""

from __future__ import annotations

import graphene

from gateway.graph.projects.plans.types import ITEM_KINDS, Target


class SectionPreview(graphene.ObjectType):
    """A heading as it was read."""

    key = graphene.String(required=True)
    parent_key = graphene.String(description="The section around it.")
    title = graphene.String(required=True)
    level = graphene.Int(required=True)
    line = graphene.Int(required=True)


class ItemPreview(graphene.ObjectType):
    """An item as it was read."""

    key = graphene.String(required=True)
    section_key = graphene.String()
    parent_key = graphene.String(description="The item that it is a part of.")
    number = graphene.String()
    kind = graphene.String(required=True, description=ITEM_KINDS)
    text = graphene.String(required=True)
    responsible_raw = graphene.String()
    responsible_units = graphene.List(graphene.NonNull(graphene.String), required=True)
    targets = graphene.List(graphene.NonNull(Target), required=True)
    line = graphene.Int(required=True)


class Doubt(graphene.ObjectType):
    """Why a person should look at a place in the text before it is imported."""

    code = graphene.String(required=True)
    item_key = graphene.String()
    line = graphene.Int()
    text = graphene.String(required=True, description="In the caller's language.")


class PlanPreview(graphene.ObjectType):
    """How a text would be read; where it is no plan, nothing was read and the doubts say why."""

    is_plan = graphene.Boolean(required=True)
    title = graphene.String()
    issuer = graphene.String()
    year = graphene.Int()
    document_number = graphene.String()
    sections = graphene.List(graphene.NonNull(SectionPreview), required=True)
    items = graphene.List(graphene.NonNull(ItemPreview), required=True)
    doubts = graphene.List(graphene.NonNull(Doubt), required=True)
    doubts_digest = graphene.String(required=True, description="What `importPlan` takes as `confirmedDoubts`.")
