"""Scoring in the graph: rubrics, score sheets, how far judges are, rankings and what they depend on."""

from __future__ import annotations

import graphene

from contracts.events.judging.scoring import SheetStatus
from contracts.events.judging.scoring_forms import ActionsOnSheets
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.points import Points
from gateway.graph.region import name_field
from gateway.graph.relations import related
from gateway.graph.relay import NodeType, global_id, global_ids
from gateway.graph.times import DateTime


class Criterion(graphene.ObjectType):
    """One thing that is judged (评分项)."""

    key = graphene.String(required=True, description="What it is called in scores.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    weight = graphene.Field(Points, required=True, description="How many times its points count.")
    least = graphene.Field(Points, required=True, description="The fewest points that can be given for it.")
    most = graphene.Field(Points, required=True, description="The most points that can be given for it.")
    step = graphene.Field(Points, required=True, description="The steps in which points are given for it.")


class Rubric(graphene.ObjectType):
    """The criteria of a stage (评分标准); a sheet's total is the sum of points times weight."""

    version = graphene.String(
        required=True, description="The version of the rubric: it changes whenever the rubric does."
    )
    criteria = graphene.List(graphene.NonNull(Criterion), required=True, description="What is judged; at most 30.")


class Score(graphene.ObjectType):
    """The points for one criterion."""

    criterion = graphene.String(required=True, description="The key of the criterion in the rubric.")
    points = graphene.Field(Points, required=True, description="The points for it.")


class Sheet(NodeType, loads="sheets_by_id"):
    """A score sheet (评分表): what one judge gives one code. Others see what it says only once the codes are opened."""

    stage = related("Stage", "The stage whose works are judged.")
    seat = related("JudgeSeat", "Whose sheet it is.")
    code = graphene.String(description="Which code is judged: for its judge, and once the codes are opened.")
    status = graphene.Field(enum(SheetStatus), required=True, description="Its status.")
    scores = graphene.List(graphene.NonNull(Score), description="The points by criterion; at most 30.")
    total = graphene.Field(
        Points, description="Points times weight, summed; null while it is incomplete or the rubric has changed."
    )
    remark = graphene.String(description="The judge's remarks on the work.")
    version = graphene.Int(
        description="How many times it was changed: for its judge, and once the codes are opened; 0 before it is begun."
    )
    return_reason = graphene.String(required=True, description="Why it was returned, while it is a draft again.")
    rubric_version = graphene.String(description="The version of the rubric that it was written for.")
    outdated = graphene.Boolean(
        required=True, description="Whether the rubric was amended since, so that it must be written again."
    )
    due_at = DateTime(description="When judging ends.")
    actions = acting(ActionsOnSheets)
    submitted_at = DateTime(description="When it was submitted; null while it is a draft.")


class SheetLock(graphene.ObjectType):
    """The lock on the sheets of a stage, which no longer change."""

    stage = related("Stage", "The stage whose sheets are locked.")
    locked_at = DateTime(required=True, description="When they were locked.")
    rules_version = graphene.Int(required=True, description="The version of the rules by which they count.")


class SeatProgress(graphene.ObjectType):
    """The progress of one judge: numbers only."""

    seat = related("JudgeSeat", "The seat of the judge.")
    assigned = graphene.Int(required=True, description="How many works the judge has.")
    drafts = graphene.Int(required=True, description="How many sheets are begun and not submitted.")
    submitted = graphene.Int(required=True, description="How many sheets are submitted.")
    outdated = graphene.Int(
        required=True, description="How many sheets were written for a rubric that has been amended since."
    )
    last_submitted_at = DateTime(description="When the judge last submitted a sheet.")


class JudgingProgress(graphene.ObjectType):
    """The progress of judging in a stage."""

    seats = graphene.List(
        graphene.NonNull(SeatProgress), required=True, description="The progress of each judge; at most 500."
    )
    due_at = DateTime(description="When judging ends.")
    locked_at = DateTime(description="When the sheets were locked; null before.")


class RankingRow(graphene.ObjectType):
    """One code in the ranking of a stage; without a place where sheets are missing."""

    place = graphene.Int(description="The place, from 1; null if sheets are missing.")
    code = graphene.String(required=True, description="The blind code.")
    score = graphene.Field(Points, description="What is published: `adjusted`, rounded as the rules say.")
    raw = graphene.Field(Points, description="The mean of the totals as the judges gave them.")
    adjusted = graphene.Field(Points, description="The mean of the totals after calibration.")
    sheets = graphene.Int(required=True, description="How many sheets there are for the code.")
    missing = graphene.Int(required=True, description="How many sheets are missing.")
    dropped = graphene.Int(required=True, description="How many highest and lowest sheets do not count.")
    dropped_seat_ids = global_ids(
        "JudgeSeat",
        "Whose sheets do not count, once the codes are opened; empty before.",
        required=True,
    )
    tie_above = graphene.String(description="What separates it from the next better one of the same score, or `joint`.")
    tie_below = graphene.String(description="What separates it from the next one of the same score, or `joint`.")


class JudgeEffect(graphene.ObjectType):
    """What calibration found about a judge, and the correction."""

    seat_id = global_id("JudgeSeat", "The seat of the judge, once the codes are opened; null before.", required=False)
    sheets = graphene.Int(required=True, description="How many sheets of the judge there are.")
    mean = graphene.Field(Points, required=True, description="The mean of the totals that the judge gave.")
    shift = graphene.Field(
        Points, required=True, description="How lenient the judge is; this is subtracted from each total."
    )
    ratio = graphene.Field(
        Points, required=True, description="How much wider the judge's totals are spread than the others'."
    )
    kept_as_is = graphene.Boolean(required=True, description="Whether there are too few sheets to say anything.")


class Calibration(graphene.ObjectType):
    """How the judges of a stage were made comparable (评委校准)."""

    groups = graphene.Int(required=True, description="How many groups of judges share no entry with one another.")
    judges = graphene.List(
        graphene.NonNull(JudgeEffect), required=True, description="What was found about each judge; at most 500."
    )


class Swing(graphene.ObjectType):
    """Where an entry would stand without one judge."""

    seat_id = global_id("JudgeSeat", "The seat of the judge, once the codes are opened; null before.", required=False)
    place = graphene.Int(description="The place without the judge; null for none.")
    prize = graphene.Int(description="The prize without the judge: 1 for the first kind; null for none.")


class Stability(graphene.ObjectType):
    """How firm a place is: how it changes when any one judge is left out."""

    code = graphene.String(required=True, description="The blind code.")
    place = graphene.Int(description="The place in the ranking; null for none.")
    prize = graphene.Int(description="The prize: 1 for the first kind; null for none.")
    best = graphene.Int(description="The best place with any one judge left out; null for none.")
    worst = graphene.Int(description="The worst place with any one judge left out; null for none.")
    prize_hangs = graphene.Boolean(required=True, description="Whether any one judge decides about the prize.")
    hangs_on = graphene.List(
        graphene.NonNull(Swing), required=True, description="Each judge without whom the place would change."
    )
