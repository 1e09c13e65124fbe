"""What can be done about results through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.results.types import Result
from gateway.graph.relay import Command, node_id


class ProposeResult(Command):
    """Rank a stage, once its codes are opened, and have the result wait for a supervisor. For the organisers."""

    class Meta:
        service = "events"
        result = "result"

    class Input:
        stage_id = node_id("Stage", required=True)

    result = graphene.Field(Result)


class CountersignResult(Command):
    """Announce the proposed version, as a second person. For supervisors of the series, not for the hub office."""

    class Meta:
        service = "events"
        result = "result"

    class Input:
        result_id = node_id("Result", required=True)
        digest = graphene.String(required=True, description="That of the version which the signer has seen.")

    result = graphene.Field(Result)


class WithdrawProposal(Command):
    """Take the proposed version back before it is signed. For organisers and supervisors."""

    class Meta:
        service = "events"
        result = "result"

    class Input:
        result_id = node_id("Result", required=True)

    result = graphene.Field(Result)


class ResultMutations(graphene.ObjectType):
    propose_result = ProposeResult.Field()
    countersign_result = CountersignResult.Field()
    withdraw_proposal = WithdrawProposal.Field()
