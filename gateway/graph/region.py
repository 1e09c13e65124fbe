"""Region: an administrative region as the graph shows it, looked up by its GB/T 2260 code."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from gateway.graph.enums import enum
from gateway.graph.names import snake


class Region(graphene.ObjectType):
    """An administrative region (行政区划)."""

    code = graphene.String(required=True, description="Its GB/T 2260 code, six digits.")
    name = graphene.String(required=True, description="Its name in the caller's language.")
    level = graphene.Field(
        enum(regions.RegionLevel), required=True, description="How far it is from the whole country."
    )
    province = graphene.Field(lambda: Region, description="The province it lies in, or itself where it is one.")

    def resolve_name(self: Any, info: GraphQLResolveInfo) -> str:
        return str(self.name(info.context.locale))

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(regions.province_of(self.code))


def region_field(description: str, *, required: bool = False) -> graphene.Field:
    """A field that shows the region whose code the parent holds under the field's name, as `host_region`."""
    return graphene.Field(Region, resolver=_region, required=required, description=description)


def _region(parent: dict[str, Any], info: GraphQLResolveInfo) -> regions.Region | None:
    code = parent[snake(info.field_name)]
    return regions.region(code) if code else None


def name_field() -> graphene.Field:
    """A field that shows `name_zh` or `name_en` of its parent, in the caller's language."""
    return graphene.Field(
        graphene.String, required=True, resolver=_name, description="Its name in the caller's language."
    )


def _name(parent: dict[str, Any], info: GraphQLResolveInfo) -> str:
    return str(info.context.in_language(parent["name_zh"], parent["name_en"]))
