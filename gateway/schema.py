"""Schema: the graph of the hub, composed from the families of the four services."""

from __future__ import annotations

from functools import cache
from typing import Any

import graphene
from graphene.types.definitions import GrapheneScalarType
from graphql import GraphQLResolveInfo, GraphQLSchema, lexicographic_sort_schema, print_schema

from contracts.refusals import TooLong
from gateway.graph.agenda.queries import AgendaQueries
from gateway.graph.alliances.root import AlliancesMutations, AlliancesQueries
from gateway.graph.composition import compose
from gateway.graph.events.root import EventsMutations, EventsQueries
from gateway.graph.jobs import JobMutations, JobQueries
from gateway.graph.notify.root import NotifyMutations, NotifyQueries, NotifySubscriptions
from gateway.graph.parked.mutations import ParkedMutations
from gateway.graph.parked.queries import ParkedQueries
from gateway.graph.projects.root import ProjectsMutations, ProjectsQueries
from gateway.graph.relay import Node, load_node
from gateway.graph.watching.subscriptions import WatchingSubscriptions
from gateway.protocol.calling import calls
from gateway.rpc import Refused

MOST_NODES = 100


class Query(AlliancesQueries, EventsQueries, ProjectsQueries, NotifyQueries, AgendaQueries, JobQueries, ParkedQueries):
    """What can be asked of the hub."""

    node = graphene.Field(
        Node,
        id=graphene.ID(required=True, description="The id of anything that has one."),
        description="One node by its id; null if there is none or the viewer may not know of it.",
    )
    nodes = graphene.Field(
        graphene.List(Node),
        required=True,
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True, description="The ids; at most 100."),
        description="Several nodes by their ids, in the same order; null for each that is not found.",
    )

    @calls
    async def resolve_node(self: Any, info: GraphQLResolveInfo, id: str) -> Any:  # noqa: A002
        return await load_node(info, id)

    @calls
    def resolve_nodes(self: Any, info: GraphQLResolveInfo, ids: list[str]) -> Any:
        if len(ids) > MOST_NODES:
            raise Refused([TooLong("ids", max=MOST_NODES)])
        return [load_node(info, id_) for id_ in ids]


class Mutation(AlliancesMutations, EventsMutations, ProjectsMutations, NotifyMutations, JobMutations, ParkedMutations):
    """What can be done in the hub; every field takes one input and answers with `problems`."""


class Subscription(NotifySubscriptions, WatchingSubscriptions):
    """What the hub reports as it happens."""


@cache
def graphql_schema() -> GraphQLSchema:
    """The schema that the gateway executes."""
    schema = compose(query=Query, mutation=Mutation, subscription=Subscription)
    for kind in schema.type_map.values():
        if isinstance(kind, GrapheneScalarType):  # graphene has no way to say where a scalar is specified
            kind.specified_by_url = kind.graphene_type.specified_by
    return schema


def printed() -> str:
    """The schema as gateway/schema.graphql has it."""
    return print_schema(lexicographic_sort_schema(graphql_schema())) + "\n"
