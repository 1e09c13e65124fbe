"""What pages watch, in the graph: how it stands, with an id by which to go on after a break."""

from __future__ import annotations

import graphene

from gateway.graph.events.admission.entries.types import EntryCount
from gateway.graph.events.admission.quotas.types import ProvinceQuota
from gateway.graph.events.judging.scoring.types import JudgingProgress
from gateway.graph.times import DateTime


def _id() -> graphene.ID:
    return graphene.ID(required=True, description="What it stands as: pass the last one as `since` after a break.")


class CountedEntries(graphene.ObjectType):
    """How many entries a competition has, of whoever they are."""

    id = _id()
    entered = graphene.Int(required=True, description="How many have a place.")
    waiting = graphene.Int(required=True, description="How many wait for one.")
    offered = graphene.Int(required=True, description="For how many a place is held.")
    provinces = graphene.List(graphene.NonNull(EntryCount), required=True, description="How many of each province.")


class WatchedJudging(graphene.ObjectType):
    """How far judging in a stage is."""

    id = _id()
    progress = graphene.Field(JudgingProgress, required=True, description="The progress of its judges.")


class WatchedQuotas(graphene.ObjectType):
    """The places of a track, taken and free."""

    id = _id()
    quotas = graphene.List(graphene.NonNull(ProvinceQuota), required=True, description="Those of each province.")


class WatchedAgenda(graphene.ObjectType):
    """What is due for the viewer next; whenever it changes, ask for `agenda` again."""

    id = _id()
    next_due_at = DateTime(description="When the first thing that is not done is due; null if nothing is.")
