"""What can be asked about re-judging in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.judging import rejudging_forms as forms
from gateway.graph.events.judging.rejudging.types import Rejudging
from gateway.graph.inputs import says
from gateway.graph.relay import local_id
from gateway.protocol.calling import calls


class RejudgingQueries(graphene.ObjectType):
    """For the panel, who runs, supervises or arbitrates the series, and in part for the judges appointed."""

    rejudging = graphene.Field(
        Rejudging,
        id=graphene.ID(required=True, description="Its id. Node: Rejudging."),
        description=says(forms.Rejudging),
    )

    @calls
    async def resolve_rejudging(self: Any, info: GraphQLResolveInfo, id: str) -> Any:  # noqa: A002
        return await info.context.rpc.query("events", "rejudging", rejudging_id=local_id("Rejudging", id, "id"))
