"""What can be done about work that was given up on, through the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.parked import NotParked
from contracts.parked_forms import DiscardParked, RetryParked
from gateway.graph.commands import command
from gateway.graph.parked.types import ParkedSettlement
from gateway.rpc import Refused
from kit.settings import SERVICES


async def _whose(_info: GraphQLResolveInfo, given: dict[str, Any]) -> str:
    """The service that a reference names; refuses with NotParked."""
    service = str(given["reference"]).partition(".")[0]
    if service not in SERVICES:
        raise Refused([NotParked("reference")])
    return service


class ParkedMutations(graphene.ObjectType):
    """The hub office has it tried again, or puts it aside."""

    retry_parked = command(RetryParked, gives={"settlement": ParkedSettlement}, asks=_whose)
    discard_parked = command(DiscardParked, gives={"settlement": ParkedSettlement}, asks=_whose)
