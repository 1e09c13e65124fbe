"""What can be done about awards through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.recognition.awards.types import Award, WithdrawalGround
from gateway.graph.relay import Command, node_id


class GrantAwards(Command):
    """Give the awards that the final result of a stage and the rules come to, with certificates. For the organisers.

    Done again it gives what is missing and nothing twice.
    """

    class Meta:
        service = "events"

    class Input:
        stage_id = node_id("Stage", required=True)

    granted = graphene.Int(description="How many awards are new.")


class GrantOrganizationAwards(Command):
    """Give the organisation awards (优秀组织奖) by the prizes that institutions have won so far. For the organisers."""

    class Meta:
        service = "events"

    class Input:
        competition_id = node_id("Competition", required=True)

    granted = graphene.Int(description="How many awards are new.")


class WithdrawAward(Command):
    """Let an award stand no longer: its certificate says so from now on. For the organisers.

    With the prize of an entry the awards of its advisers are withdrawn.
    """

    class Meta:
        service = "events"
        result = "award"

    class Input:
        award_id = node_id("Award", required=True)
        ground = WithdrawalGround(required=True, description="What the public is told.")
        reason = graphene.String(required=True, description="For those whom it concerns.")

    award = graphene.Field(Award)


class AwardMutations(graphene.ObjectType):
    grant_awards = GrantAwards.Field()
    grant_organization_awards = GrantOrganizationAwards.Field()
    withdraw_award = WithdrawAward.Field()
