"""What can be done about blind codes through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.blinding.types import Seal
from gateway.graph.relay import Command, node_id


class OpenCodes(Command):
    """Ask for the codes of a stage to be opened or, where another person in the other role has asked, open them for good.

    For the organisers and supervisors, once the sheets are locked.
    """

    class Meta:
        service = "events"
        result = "seal"

    class Input:
        stage_id = node_id("Stage", required=True)

    seal = graphene.Field(Seal)


class TakeBackOpening(Command):
    """No longer ask for the codes of a stage to be opened. For whoever has asked."""

    class Meta:
        service = "events"
        result = "seal"

    class Input:
        stage_id = node_id("Stage", required=True)

    seal = graphene.Field(Seal)


class BlindingMutations(graphene.ObjectType):
    open_codes = OpenCodes.Field()
    take_back_opening = TakeBackOpening.Field()
