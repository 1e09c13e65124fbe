"""What pages watch: entries of a competition, judging in a stage, places of a track, and the viewer's agenda."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.admission.counts_forms import CountedBy
from contracts.events.admission.entries import EntrySubmitted, EntryWithdrawn
from contracts.events.admission.quotas import PlacesAllocated, PlacesReturned
from contracts.events.admission.waiting import (
    EntryWaiting,
    OfferAccepted,
    OfferDeclined,
    OfferLapsed,
    OfferMade,
    WaitingEnded,
)
from contracts.events.judging.judges import JudgeReplaced, JudgesAssigned, WorksHandedOn
from contracts.events.judging.scoring import SheetReturned, SheetSaved, SheetsLocked, SheetSubmitted
from contracts.notify.notices import NoticeIssued
from gateway.context import Context
from gateway.graph.agenda.merging import SERVICES, merged
from gateway.graph.everywhere import parts_of
from gateway.graph.watching.changes import State, changes_of
from gateway.graph.watching.types import CountedEntries, WatchedAgenda, WatchedJudging, WatchedQuotas
from gateway.protocol.calling import calls
from kit.broker.bus import Unavailable

ENTRIES = (
    EntrySubmitted,
    EntryWithdrawn,
    EntryWaiting,
    OfferMade,
    OfferAccepted,
    OfferDeclined,
    OfferLapsed,
    WaitingEnded,
)
PLACES = (*ENTRIES, PlacesAllocated, PlacesReturned)
SHEETS = (JudgesAssigned, JudgeReplaced, WorksHandedOn, SheetSaved, SheetSubmitted, SheetReturned, SheetsLocked)
WATCHED = tuple(kind.type for kind in (*PLACES, *SHEETS))
"""The messages that make pages look again, beside notices."""
MOST_DUE = 20
"""Of the agenda, so many of the first things that are not done are watched."""


async def _entries(context: Context, competition_id: str) -> State:
    by = CountedBy.PROVINCE.value
    provinces = await context.rpc.query("events", "entry_counts", competition_id=competition_id, by=by)
    sums = {name: sum(each[name] for each in provinces) for name in ("entered", "waiting", "offered")}
    return {**sums, "provinces": provinces}


async def _judging(context: Context, stage_id: str) -> State:
    return {"progress": await context.rpc.query("events", "judging_progress", stage_id=stage_id)}


async def _places(context: Context, track_id: str) -> State:
    return {"quotas": await context.rpc.query("events", "quotas", track_ids=[track_id])}


async def _agenda(context: Context, _person: str) -> State:
    parts, failed = await parts_of(context.rpc, SERVICES, "my_dates", {"first": MOST_DUE, "undone": True})
    if failed:
        raise Unavailable(failed[0])  # what it knows of is not gone: it is told when it is back
    nodes = merged(parts, MOST_DUE)["nodes"]
    return {"next_due_at": nodes[0]["due_at"] if nodes else None, "nodes": nodes}


def _since() -> graphene.ID:
    says = "The `id` that was told last before the connection broke: nothing is told until it stands otherwise."
    return graphene.ID(description=says)


def _of(node: str, what: str) -> graphene.ID:
    return graphene.ID(required=True, description=f"The {what}. Node: {node}.")


class WatchingSubscriptions(graphene.ObjectType):
    """How things stand, at once and whenever they change; each ends with the right to know it."""

    entries_counted = graphene.Field(
        CountedEntries,
        competition=_of("Competition", "competition"),
        since=_since(),
        description="How many entries a competition has, as they come. For those who run it.",
    )
    judging_progressed = graphene.Field(
        WatchedJudging,
        stage=_of("Stage", "stage"),
        since=_since(),
        description="How far the judges of a stage are, as they hand in. For organisers and supervisors.",
    )
    quotas_moved = graphene.Field(
        WatchedQuotas,
        track=_of("Track", "track"),
        since=_since(),
        description="The places of a track, as they are taken and given back. For whoever is signed in.",
    )
    agenda_changed = graphene.Field(
        WatchedAgenda, since=_since(), description="That what is due for the viewer has changed."
    )

    subscribe_entries_counted = changes_of("Competition", _entries, *ENTRIES)
    subscribe_judging_progressed = changes_of("Stage", _judging, *SHEETS)
    subscribe_quotas_moved = changes_of("Track", _places, *PLACES)
    subscribe_agenda_changed = changes_of(None, _agenda, NoticeIssued)

    @calls
    def resolve_entries_counted(self: Any, _info: GraphQLResolveInfo, **_given: str) -> Any:
        return self

    @calls
    def resolve_judging_progressed(self: Any, _info: GraphQLResolveInfo, **_given: str) -> Any:
        return self

    @calls
    def resolve_quotas_moved(self: Any, _info: GraphQLResolveInfo, **_given: str) -> Any:
        return self

    @calls
    def resolve_agenda_changed(self: Any, _info: GraphQLResolveInfo, **_given: str) -> Any:
        return self
