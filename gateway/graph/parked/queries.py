"""What can be asked about work that was given up on, in the graph."""

from __future__ import annotations

import graphene

from contracts.parked_forms import Parked, ParkedSettlements
from gateway.graph.everywhere import listed_everywhere
from gateway.graph.parked.types import ParkedSettlement, ParkedWork


class ParkedQueries(graphene.ObjectType):
    """What waits for somebody to look at it, in all services; for the hub office."""

    parked = listed_everywhere(
        Parked,
        ParkedWork,
        "what was given up on in all services",
        key=lambda work: work["reference"].rpartition("/")[::-2],
    )
    parked_settlements = listed_everywhere(
        ParkedSettlements, ParkedSettlement, "what was done about such work", key=lambda settlement: (settlement["id"],)
    )
