"""Delivery in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify.delivery import Language
from gateway.graph.enums import enum


class Contact(graphene.ObjectType):
    """How to reach the viewer outside the hub; nobody else sees it."""

    address = graphene.String(required=True, description="Their e-mail address.")
    locale = graphene.Field(enum(Language), required=True, description="The language to write to them in.")
    confirmed = graphene.Boolean(
        required=True, description="Whether they have shown that it is theirs; before that no notice is sent there."
    )
    wants_email = graphene.Boolean(required=True, description="Whether notices are sent there.")

    def resolve_confirmed(self: Any, _info: GraphQLResolveInfo) -> bool:
        return bool(self.get("confirmed", True))  # a service of the release before asked for no confirmation
