"""Persons in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.alliances.people import persons_forms as forms
from gateway.graph.person_names import in_language
from gateway.graph.relations import parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Affiliation(NodeType, loads="affiliations_by_id"):
    """That a person works for an organisation (任职), from a first day to a last one."""

    person = related("Person", "The person.")
    organization = related("Organization", "The organisation.", required=True)
    position = graphene.String(required=True, description="What they are there; empty where nobody has said.")
    department = graphene.String(required=True, description="The department that they work in; empty likewise.")
    since = Date(required=True, description="The first day.")
    until = Date(description="The last day; null where none is known.")
    main = graphene.Boolean(required=True, description="Whether it is their main affiliation on these days.")


class Person(NodeType, loads="persons_by_id"):
    """A person (人员). Seen by themselves, by who registered them, and by those who act for an organisation of theirs."""

    name = graphene.String(required=True, description="Their name in the caller's language, if it is known in it.")
    name_zh = graphene.String(required=True, description="Their name as they write it.")
    name_en = graphene.String(required=True, description="Their name in Latin letters; empty where nobody has said.")
    account = graphene.String(description="The subject of their token; null where they have none, or none is known.")
    named_by_themselves = graphene.Boolean(required=True, description="Whether they have said their name themselves.")
    merged_into = related("Person", "The record of the same person that stays, where this one was merged.")
    affiliations = parts(forms.AffiliationsOfPersons, "Affiliation", "Where they work and worked; the oldest first.")
    created_at = DateTime(required=True, description="Since when the hub keeps this record.")
    erase_at = DateTime(description="When it is erased, where that was asked for and it is needed until then.")

    def resolve_name(self: Any, info: GraphQLResolveInfo) -> str:
        return in_language(self, info.context.locale)
