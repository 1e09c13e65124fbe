"""What can be done about objections through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.objections.types import Arbitrator, Ground, Objection
from gateway.graph.relay import Command, node_id


class RegisterArbitrator(Command):
    """Say where an arbitrator works, so that they can be drawn for panels. For the organisers."""

    class Meta:
        service = "events"
        result = "arbitrator"

    class Input:
        series_id = node_id("CompetitionSeries", required=True)
        person = graphene.String(required=True, description="The subject of their token, who holds the role too.")
        organization_id = node_id("Organization", required=True)

    arbitrator = graphene.Field(Arbitrator)


class FileObjection(Command):
    """Object to an announced result: the public sees nothing of it from then on. For who has standing by the rules."""

    class Meta:
        service = "events"
        result = "objection"

    class Input:
        result_id = node_id("Result", required=True)
        entry_id = node_id("Entry", required=True)
        ground = graphene.Field(Ground, required=True)
        statement = graphene.String(required=True, description="Confidential; at most 5,000 characters.")

    objection = graphene.Field(Objection)


class WithdrawObjection(Command):
    """Take an objection back before it is decided. For who filed it."""

    class Meta:
        service = "events"
        result = "objection"

    class Input:
        objection_id = node_id("Objection", required=True)

    objection = graphene.Field(Objection)


class SeatArbitrators(Command):
    """Draw the panel from the arbitrators without a conflict. For the organisers."""

    class Meta:
        service = "events"
        result = "objection"

    class Input:
        objection_id = node_id("Objection", required=True)

    objection = graphene.Field(Objection)


class ReplaceArbitrator(Command):
    """Give a seat that has not voted to the next in the order of the draw. For the organisers."""

    class Meta:
        service = "events"
        result = "objection"

    class Input:
        objection_id = node_id("Objection", required=True)
        seat_id = node_id("ArbitratorSeat", required=True)
        reason = graphene.String(required=True)

    objection = graphene.Field(Objection)


class VoteOnObjection(Command):
    """Vote; the majority of the panel decides. For those who sit on it."""

    class Meta:
        service = "events"
        result = "objection"

    class Input:
        objection_id = node_id("Objection", required=True)
        uphold = graphene.Boolean(required=True)
        reason = graphene.String(required=True, description="Shown to who filed it, without a name.")

    objection = graphene.Field(Objection)


class ObjectionMutations(graphene.ObjectType):
    register_arbitrator = RegisterArbitrator.Field()
    file_objection = FileObjection.Field()
    withdraw_objection = WithdrawObjection.Field()
    seat_arbitrators = SeatArbitrators.Field()
    replace_arbitrator = ReplaceArbitrator.Field()
    vote_on_objection = VoteOnObjection.Field()
