"""What can be asked about cooperation projects in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.projects.cooperation.agreements.types import Project
from gateway.graph.relay import connection, load_node, page_arguments, to_connection


class AgreementQueries(graphene.ObjectType):
    """Projects: for the offices all, for a representative those of their organisation."""

    projects = graphene.Field(
        connection(Project), required=True, description="By when they were opened.", **page_arguments()
    )
    project = graphene.Field(Project, id=graphene.ID(required=True))

    async def resolve_projects(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("projects", "projects", **which), which.get("after"))

    async def resolve_project(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Project)
