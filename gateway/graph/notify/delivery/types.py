"""Delivery in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.notify.delivery import DeliveryState, Language
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


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


class Delivery(NodeType, loads="deliveries_by_id"):
    """An e-mail with a notice (邮件投递): what became of it, never where it goes. Seen by the hub office."""

    recipient = graphene.String(required=True, description="The account of whom it is for.")
    recipient_name = name_of("recipient")
    rule = graphene.String(required=True, description="What the notice tells of, by the type of its message.")
    state = graphene.Field(enum(DeliveryState), required=True, description="What became of it.")
    attempts = graphene.Int(required=True, description="How often it was tried.")
    fault = graphene.String(
        description="Why it was not sent: the mail server's code, a kind of fault, or words of the hub's; null where it was."
    )
    created_at = DateTime(required=True, description="Since when it is to be sent.")
    due_at = DateTime(description="When it is tried next; null where it is not tried again.")
    sent_at = DateTime(description="When the mail server took it; null before.")
