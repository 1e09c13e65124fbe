"""Re-judging in the graph: what is judged again, what was ruled, and the difference that it would make."""

from __future__ import annotations

import graphene

from contracts.events.judging.rejudging import RejudgingStatus, RulingKind
from gateway.graph.enums import enum
from gateway.graph.events.judging.scoring.types import Score
from gateway.graph.person_names import name_of
from gateway.graph.points import Points
from gateway.graph.relay import global_id, global_ids
from gateway.graph.times import DateTime


class RejudgingTask(graphene.ObjectType):
    """A sheet that can be judged again, identified by its code only."""

    sheet_id = global_id("Sheet", "The id of the sheet, for `rejudgeSheet`.")
    code = graphene.String(required=True, description="The blind code that is judged.")


class RejudgedSheet(graphene.ObjectType):
    """The newest sheet that replaces another."""

    sheet_id = global_id("Sheet", "The id of the sheet that it replaces.")
    code = graphene.String(required=True, description="The blind code that is judged.")
    person = graphene.String(required=True, description="Who judged again: the subject of their token.")
    person_name = name_of("person")
    scores = graphene.List(graphene.NonNull(Score), required=True, description="The points by criterion; at most 30.")
    remark = graphene.String(required=True, description="The judge's remarks on the work.")
    given_at = DateTime(required=True, description="When it was given.")


class Ruling(graphene.ObjectType):
    """What the panel has ruled about one sheet or one entry; it stays written when it is lifted."""

    id = global_id("Ruling", "Its id, for `liftRuling`.")
    kind = graphene.Field(enum(RulingKind), required=True, description="What is ruled.")
    entry_id = global_id("Entry", "The id of the entry that it concerns.")
    sheet_id = global_id("Sheet", "The id of the sheet that does not count; null for a whole entry.", required=False)
    code = graphene.String(description="The blind code of the sheet; null for a whole entry.")
    reason = graphene.String(required=True, description="Why it was ruled so.")
    person = graphene.String(required=True, description="Who gave the ruling: the subject of their token.")
    person_name = name_of("person")
    given_at = DateTime(required=True, description="When it was given.")
    lifted_at = DateTime(description="When it stopped counting; null while it counts.")


class ResultChange(graphene.ObjectType):
    """How an entry's place and score change."""

    entry_id = global_id("Entry", "The id of the entry.")
    contestant = graphene.String(required=True, description="Who competes.")
    place_before = graphene.Int(description="The place before; null for none.")
    place_after = graphene.Int(description="The place after; null for none.")
    score_before = graphene.Field(Points, description="The score before; null for none.")
    score_after = graphene.Field(Points, description="The score after; null for none.")


class Rejudging(graphene.ObjectType):
    """Entries that are judged again (复评) for an upheld objection. Judges see only sheets, no entry."""

    id = global_id("Rejudging", "The id of the re-judging.")
    status = graphene.Field(enum(RejudgingStatus), required=True, description="Its status.")
    created_at = DateTime(required=True, description="When it was opened.")
    tasks = graphene.List(
        graphene.NonNull(RejudgingTask), required=True, description="The sheets that can be judged again."
    )
    sheets = graphene.List(
        graphene.NonNull(RejudgedSheet),
        required=True,
        description="The newest replacement sheets; an appointed judge sees their own.",
    )
    objection_id = global_id(
        "Objection", "The id of the objection that was upheld; not for the judges who are appointed.", required=False
    )
    entry_ids = global_ids(
        "Entry", "The ids of the entries that are judged again, at most 500; not for the judges who are appointed."
    )
    people = graphene.List(graphene.NonNull(graphene.String), description="The judges who are appointed; at most 50.")
    rulings = graphene.List(
        graphene.NonNull(Ruling),
        description="The panel's rulings, including those that were lifted; not for the judges who are appointed.",
    )
    cancel_reason = graphene.String(description="Why it was cancelled; not for the judges who are appointed.")
    difference = graphene.List(
        graphene.NonNull(ResultChange),
        description="How the result would change now or, once applied, how it did change.",
    )
    difference_digest = graphene.String(description="What `applyRejudging` takes: it applies this and nothing else.")
