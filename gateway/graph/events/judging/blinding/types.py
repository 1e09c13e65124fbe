"""Blind codes in the graph: the seal on them, and the entries behind them once it is opened."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.judging import blinding as contract
from gateway.graph.enums import enum
from gateway.graph.events.admission.entries.types import Entry
from gateway.graph.events.competitions.types import Stage
from gateway.graph.relay import LOADERS
from gateway.graph.times import DateTime

OpeningRole = enum(contract.OpeningRole)


class Seal(graphene.ObjectType):
    """The seal on the blind codes of a stage: opened by an organiser and a supervisor, two people, one after the other."""

    stage = graphene.Field(Stage)
    codes = graphene.Int(required=True, description="How many codes there are.")
    requested_role = graphene.Field(
        OpeningRole, description="In which role opening was asked for; the other is awaited."
    )
    requested_at = DateTime()
    opened_at = DateTime(description="Empty while nobody knows which entry is behind which code.")

    async def resolve_stage(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Stage"]).load(self["stage_id"])


class OpenedCode(graphene.ObjectType):
    """A blind code (盲评编码) with the entry behind it."""

    code = graphene.String(required=True)
    entry = graphene.Field(Entry, description="For those who may see entries.")

    async def resolve_entry(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Entry"]).load(self["entry_id"])
