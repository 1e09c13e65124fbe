"""Delegates in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.delegates import DelegateKind
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.relations import related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date


class Delegate(NodeType, loads="delegates_by_id"):
    """Somebody who speaks for a member in its alliance (代表). Seen by both sides."""

    membership = related("Membership", "The member.")
    kind = graphene.Field(enum(DelegateKind), required=True, description="What they do for the member.")
    person = graphene.String(description="The subject of their token, if they can sign in.")
    person_name = name_of("person")
    name = graphene.String(required=True, description="Their name.")
    position = graphene.String(description="What they are in the organisation.")
    since = Date(required=True, description="Their first day in China.")
    until = Date(description="Their last day, if there is one; before the first where the naming was taken back.")
