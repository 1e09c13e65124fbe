"""What can be done about score sheets through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.judging.scoring.types import Points, Sheet, SheetLock
from gateway.graph.relay import Command, node_id


class ScoreInput(graphene.InputObjectType):
    """The points for one criterion."""

    criterion = graphene.String(required=True, description="Its key in the rubric.")
    points = Points(required=True)


class SaveSheet(Command):
    """Write a draft of a sheet, whole or in part; earlier versions are kept. For the judge to whom it is assigned."""

    class Meta:
        service = "events"
        result = "sheet"

    class Input:
        sheet_id = node_id("Sheet", required=True)
        scores = graphene.List(graphene.NonNull(ScoreInput), required=True)
        remark = graphene.String()
        rubric_version = graphene.String(
            description="Of the rubric that the judge has seen: refused if it was amended since."
        )

    sheet = graphene.Field(Sheet)


class SubmitSheet(Command):
    """Stand by a sheet, which then no longer changes. For the judge to whom it is assigned."""

    class Meta:
        service = "events"
        result = "sheet"

    class Input:
        sheet_id = node_id("Sheet", required=True)

    sheet = graphene.Field(Sheet)


class ReturnSheet(Command):
    """Give a submitted sheet back to its judge, without seeing what it says. For the organisers, before the lock."""

    class Meta:
        service = "events"
        result = "sheet"

    class Input:
        sheet_id = node_id("Sheet", required=True)
        reason = graphene.String(required=True)

    sheet = graphene.Field(Sheet)


class LockSheets(Command):
    """End judging before its time, when every sheet is submitted. For the organisers."""

    class Meta:
        service = "events"
        result = "lock"

    class Input:
        stage_id = node_id("Stage", required=True)

    lock = graphene.Field(SheetLock)


class ScoringMutations(graphene.ObjectType):
    save_sheet = SaveSheet.Field()
    submit_sheet = SubmitSheet.Field()
    return_sheet = ReturnSheet.Field()
    lock_sheets = LockSheets.Field()
