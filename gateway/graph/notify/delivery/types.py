"""Delivery in the graph."""

from __future__ import annotations

import graphene

from contracts import notify as contract

Language = graphene.Enum.from_enum(contract.Language)


class Contact(graphene.ObjectType):
    """Where the viewer may be reached outside the hub; nobody else sees it."""

    address = graphene.String(required=True)
    locale = graphene.Field(Language, required=True)
    wants_email = graphene.Boolean(required=True)
