"""Notices in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.enums import enum_of
from gateway.graph.happening import MEANINGS, OTHER
from gateway.graph.relay import Node, NodeType, connection, load_node, to_global_id
from gateway.graph.subjects import node_type
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls

_RULES = {**MEANINGS, OTHER: "Something of which this gateway does not know yet; the notice says what."}

NoticeRule = enum_of("NoticeRule", "What a notice tells of.", _RULES)


class Notice(NodeType, loads="notices_by_id"):
    """A notice (通知) in the viewer's inbox, in the viewer's language; nobody else sees it."""

    rule = graphene.Field(NoticeRule, required=True, description="The kind of notice, for programs.")
    title = graphene.String(required=True, description="What happened, in one line.")
    body = graphene.String(
        required=True, description="What happened, in plain text; an empty line separates paragraphs."
    )
    why = graphene.String(required=True, description="The role for which the viewer is told.")
    about = graphene.Field(Node, description="What it is about; null if the viewer may not see that.")
    more = graphene.Int(
        required=True,
        description="How many more of its kind, by the same person, are gathered in it: `notices(gatheredBy:)` lists them.",
    )
    happened_at = DateTime(required=True, description="When it happened.")
    created_at = DateTime(required=True, description="When the viewer was told.")
    read_at = DateTime(description="When the viewer marked it read; null while it is unread.")

    def resolve_more(self: Any, _info: GraphQLResolveInfo) -> int:
        return int(self.get("more", 0))  # a service of the release before gathered nothing

    def resolve_rule(self: Any, _info: GraphQLResolveInfo) -> str:
        return self["rule"] if self["rule"] in MEANINGS else OTHER

    @calls
    async def resolve_about(self: Any, info: GraphQLResolveInfo) -> Any:
        type_name = node_type(self["subject_type"])
        return await load_node(info, to_global_id(type_name, self["subject_id"])) if type_name else None


class NoticeConnection(connection(Notice)):  # type: ignore[misc]  # a class made by a function
    """A page of the viewer's inbox, and how much of the whole is unread."""

    unread_count = graphene.Int(
        required=True,
        description="How many of all the viewer's notices are unread; counted up to a bound (1,000 unless set).",
    )
