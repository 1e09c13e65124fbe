"""What can be asked about blind codes in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.blinding.types import OpenedCode, Seal
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class BlindingQueries(graphene.ObjectType):
    """For the organisers and supervisors of a competition."""

    seal = graphene.Field(Seal, required=True, stage=graphene.ID(required=True))
    opened_codes = graphene.Field(
        connection(OpenedCode),
        required=True,
        stage=graphene.ID(required=True),
        description="By code; refused while the codes are sealed.",
        **page_arguments(),
    )

    async def resolve_seal(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "seal", stage_id=local_id("Stage", stage, "stage"))

    async def resolve_opened_codes(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        which["stage_id"] = local_id("Stage", stage, "stage")
        return to_connection(await info.context.rpc.query("events", "opened_codes", **which), which.get("after"))
