"""The agenda in the graph: what is due, each with its thing."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.agenda import DATE_NAMES, DateKind
from gateway.graph.enums import enum
from gateway.graph.everywhere import in_parts
from gateway.graph.names import camel
from gateway.graph.relay import Node, load_node, to_global_id
from gateway.graph.subjects import node_type
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls


class AgendaItem(graphene.ObjectType):
    """Something with a date that concerns the viewer (待办与日程)."""

    kind = graphene.Field(enum(DateKind), required=True, description="What falls due, for programs.")
    label = graphene.String(required=True, description="What falls due, in the viewer's language.")
    due_at = DateTime(required=True, description="When it falls due; of a day its end in China.")
    done = graphene.Boolean(required=True, description="Whether the viewer, or who they stand for, has done it.")
    action = graphene.String(
        description="The mutation that does it, such as `acceptInvitation`; null where it is done, or not the viewer's to do."
    )
    thing = graphene.Field(Node, description="What it is about; null if the viewer may not see that.")

    def resolve_label(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.in_language(*DATE_NAMES[DateKind(self["kind"])]))

    def resolve_action(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return camel(self["action"]) if self["action"] else None

    @calls
    async def resolve_thing(self: Any, info: GraphQLResolveInfo) -> Any:
        type_name = node_type(self["subject_type"])
        return await load_node(info, to_global_id(type_name, self["subject_id"])) if type_name else None


AgendaItemConnection = in_parts(AgendaItem, "the viewer's agenda")
