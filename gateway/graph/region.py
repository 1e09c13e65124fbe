"""Region: an administrative region as the graph shows it, looked up by its GB/T 2260 code."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.countries import country
from gateway.executing.reading import Reading
from gateway.graph.enums import enum


def name_field() -> graphene.Field:
    """A field that shows `name_zh` or `name_en` of its parent, in the caller's language."""
    in_language = Reading(key="name_zh", english="name_en")
    return graphene.Field(
        graphene.String, required=True, resolver=in_language, description="Its name in the caller's language."
    )


class Region(graphene.ObjectType):
    """An administrative region (行政区划)."""

    code = graphene.String(required=True, description="Its GB/T 2260 code, six digits.")
    name = name_field()
    level = graphene.Field(
        enum(regions.RegionLevel), required=True, description="How far it is from the whole country."
    )
    province = graphene.Field(lambda: Region, description="The province it lies in, or itself where it is one.")

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(regions.province_of(self.code))


class Country(graphene.ObjectType):
    """A country or territory outside China."""

    code = graphene.String(required=True, description="Its ISO 3166-1 code, two letters.")
    name = name_field()


def country_field(description: str) -> graphene.Field:
    """A field that shows the country whose code the parent holds under the field's name."""
    return graphene.Field(Country, resolver=Reading(country), description=description)


def region_field(description: str, *, required: bool = False) -> graphene.Field:
    """A field that shows the region whose code the parent holds under the field's name, as `host_region`."""
    return graphene.Field(Region, resolver=Reading(regions.region), required=required, description=description)


def regions_field(description: str) -> graphene.Field:
    """A field that shows the regions whose codes the parent holds under the field's name."""
    return graphene.Field(
        graphene.List(graphene.NonNull(Region)),
        required=True,
        resolver=Reading(lambda codes: [regions.region(code) for code in codes]),
        description=description,
    )
