"""Charters in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.document import Document
from gateway.graph.relations import related
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Charter(NodeType, loads="charters_by_id"):
    """A version of the charter of an alliance (章程): its rules for its members. It never changes."""

    alliance = related("Alliance", "The alliance whose rules these are.", required=True)
    number = graphene.Int(required=True, description="The number of the version, from 1 on.")
    since = Date(required=True, description="The day in China from which it is in force, until a later version is.")
    document = Document(required=True, description="The rules, complete with the defaults of their time.")
    digest = graphene.String(required=True, description="The SHA-256 of the document in its canonical form (RFC 8785).")
    reason = graphene.String(required=True, description="Why it was adopted.")
    created_at = DateTime(required=True, description="When it was adopted.")


class CharterInForce(graphene.ObjectType):
    """The rules for the members of an alliance on one day."""

    charter = related(
        "Charter", "The version; null where the alliance had adopted none and the defaults were in force."
    )
    number = graphene.Int(required=True, description="The number of the version; 0 are the defaults of the hub.")
    document = Document(required=True, description="The rules.")
    digest = graphene.String(required=True, description="The SHA-256 of the document in its canonical form (RFC 8785).")
