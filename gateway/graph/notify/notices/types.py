"""Notices in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.relay import Node, NodeType, connection, load_node, to_global_id
from gateway.graph.subjects import node_type
from gateway.graph.times import DateTime


class Notice(NodeType, loads="notices_by_id"):
    """A notice (通知) in the viewer's inbox, in the viewer's language; nobody else sees it."""

    rule = graphene.String(required=True, description="Which rule told it, as member_admitted.")
    title = graphene.String(required=True, description="What happened, in one line.")
    body = graphene.String(required=True, description="What happened, in plain text; an empty line parts paragraphs.")
    why = graphene.String(required=True, description="For which of their roles the viewer is told.")
    about = graphene.Field(Node, description="What it is about; null where the viewer may not see that.")
    happened_at = DateTime(required=True, description="When it happened.")
    created_at = DateTime(required=True, description="When the viewer was told.")
    read_at = DateTime(description="When the viewer marked it read; null while it is unread.")

    async def resolve_about(self: Any, info: GraphQLResolveInfo) -> Any:
        type_name = node_type(self["subject_type"])
        return await load_node(info, to_global_id(type_name, self["subject_id"])) if type_name else None


class NoticeConnection(connection(Notice)):  # type: ignore[misc]  # a class made by a function
    """A page of the viewer's inbox, and how much of the whole is unread."""

    unread_count = graphene.Int(required=True, description="How many of all the viewer's notices are unread.")
