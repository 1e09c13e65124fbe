"""What can be done in a re-judging through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.rejudging.types import Rejudging
from gateway.graph.events.judging.scoring.mutations import ScoreInput
from gateway.graph.relay import Command, node_id, node_ids


class OpenRejudging(Command):
    """Have entries judged again for an upheld objection. For its panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        objection_id = node_id("Objection", required=True)
        entry_ids = node_ids("Entry", required=True, description="Only these can change; at most 500.")
        people = graphene.List(
            graphene.NonNull(graphene.String),
            required=True,
            description="The judges: candidates of the edition without a conflict. None where only rulings are needed.",
        )

    rejudging = graphene.Field(Rejudging)


class RejudgeSheet(Command):
    """Give a sheet that takes the place of another. For the judges who are appointed."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        sheet_id = node_id("Sheet", required=True)
        scores = graphene.List(graphene.NonNull(ScoreInput), required=True, description="For every criterion.")
        remark = graphene.String(required=True)

    rejudging = graphene.Field(Rejudging)


class ExcludeSheet(Command):
    """Rule that a sheet does not count. For the panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        sheet_id = node_id("Sheet", required=True)
        reason = graphene.String(required=True)

    rejudging = graphene.Field(Rejudging)


class DisqualifyEntry(Command):
    """Rule that an entry has no place. For the panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        entry_id = node_id("Entry", required=True)
        reason = graphene.String(required=True)

    rejudging = graphene.Field(Rejudging)


class LiftRuling(Command):
    """Let a ruling count no longer. For the panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        ruling_id = node_id("Ruling", required=True)

    rejudging = graphene.Field(Rejudging)


class ApplyRejudging(Command):
    """Propose exactly what was previewed as a new version of the result, which a supervisor then signs. For the panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        difference_digest = graphene.String(required=True)

    rejudging = graphene.Field(Rejudging)


class CancelRejudging(Command):
    """End it without a change; the objection is closed with the same reason. For the panel."""

    class Meta:
        service = "events"
        result = "rejudging"

    class Input:
        rejudging_id = node_id("Rejudging", required=True)
        reason = graphene.String(required=True)

    rejudging = graphene.Field(Rejudging)


class RejudgingMutations(graphene.ObjectType):
    open_rejudging = OpenRejudging.Field()
    rejudge_sheet = RejudgeSheet.Field()
    exclude_sheet = ExcludeSheet.Field()
    disqualify_entry = DisqualifyEntry.Field()
    lift_ruling = LiftRuling.Field()
    apply_rejudging = ApplyRejudging.Field()
    cancel_rejudging = CancelRejudging.Field()
