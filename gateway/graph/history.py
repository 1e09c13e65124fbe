"""History: what was done to a thing, step by step: what, by whom, when and why, as a field of the thing."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.enums import enum_of
from gateway.graph.happening import MEANINGS, OTHER, deed, name_of_message
from gateway.graph.inputs import Form, says
from gateway.graph.person_names import name_of
from gateway.graph.relations import paged_parts
from gateway.graph.times import DateTime

HistoryKind = enum_of("HistoryKind", "What was done.", MEANINGS)


class History(graphene.ObjectType):
    """One step in the history of a thing."""

    kind = graphene.Field(HistoryKind, required=True, description="What was done, for programs.")
    label = graphene.String(required=True, description="What was done, in a few words of the caller's language.")
    actor = graphene.String(
        description="The account of who did it; null where time alone did, and where that is not for the viewer."
    )
    actor_name = name_of("actor")
    at = DateTime(required=True, description="When.")
    reason = graphene.String(required=True, description="Why, in the words of who did it; empty where none were given.")

    def resolve_kind(self: Any, _info: GraphQLResolveInfo) -> str:
        name = name_of_message(self["type"])
        return name if name in MEANINGS else OTHER

    def resolve_label(self: Any, info: GraphQLResolveInfo) -> str:
        return deed(self["type"], self["what"], info.context.locale)


def historied(form: Form) -> graphene.Field:
    """The field of a thing that shows its history, those of many things by one call; the form takes their ids."""
    whom = says(form).partition(". ")[2]
    return paged_parts(form, History, f"What was done to it, step by step, oldest first; empty for others. {whom}")
