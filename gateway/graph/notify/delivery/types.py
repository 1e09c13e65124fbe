"""Delivery in the graph."""

from __future__ import annotations

import graphene

from contracts.notify.delivery import Language
from gateway.graph.enums import enum


class Contact(graphene.ObjectType):
    """How to reach the viewer outside the hub; nobody else sees it."""

    address = graphene.String(required=True, description="Their e-mail address.")
    locale = graphene.Field(enum(Language), required=True, description="The language to write to them in.")
    wants_email = graphene.Boolean(required=True, description="Whether notices are sent there.")
