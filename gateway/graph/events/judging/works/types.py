"""Works in the graph: uploads, works with their versions, and what judges see of them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.competitions.types import Stage
from gateway.graph.relay import LOADERS, to_global_id
from gateway.graph.times import DateTime

ADDRESS = "From the root of this gateway; it holds a ticket, so it is a secret for as long as it holds."


class Upload(graphene.ObjectType):
    """A file on its way: PUT each piece to `url`/<its number, from 1>, with its SHA-256 as `Content-Digest` (RFC 9530).

    Pieces come in any order, and again where that is needed; all but the last have `pieceSize` bytes.
    """

    id = graphene.ID(required=True)
    piece_size = graphene.Int(required=True)
    pieces = graphene.Int(required=True)
    url = graphene.String(required=True, description=ADDRESS)
    expires_at = DateTime(required=True)

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Upload", self["id"])


class WorkVersion(graphene.ObjectType):
    """One file that came whole."""

    number = graphene.Int(required=True)
    name = graphene.String(required=True, description="What its sender called it; judges do not see it.")
    media_type = graphene.String(required=True)
    size = graphene.Int(required=True, description="Bytes.")
    sha256 = graphene.String(required=True)
    completed_at = DateTime(required=True)
    counts = graphene.Boolean(required=True, description="Whether it is the one that is judged.")
    url = graphene.String(required=True, description=ADDRESS)


class Work(graphene.ObjectType):
    """A work (作品) of an entry; seen by the people of the entry and the organisers."""

    id = graphene.ID(required=True)
    stage = graphene.Field(Stage)
    place = graphene.Int(required=True, description="Which of the entry's works in this stage, from 1.")
    counts = graphene.Int(description="The number of the version that is judged, once no more are taken.")
    versions = graphene.List(
        graphene.NonNull(WorkVersion), required=True, description="Those that are kept, newest first; at most 20."
    )

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Work", self["id"])

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])


class BlindWork(graphene.ObjectType):
    """A work as judges see it: by the blind code of its entry, and with nothing else that could tell whose it is."""

    place = graphene.Int(required=True)
    media_type = graphene.String(required=True)
    size_at_most = graphene.Int(required=True, description="Bytes, coarsely.")
    url = graphene.String(required=True, description=ADDRESS)
