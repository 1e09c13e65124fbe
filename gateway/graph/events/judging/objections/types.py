"""Objections in the graph, with the panels that decide on them."""

from __future__ import annotations

import graphene

from contracts.events.judging import objections_forms as forms
from contracts.events.judging.objections import Ground, Locus, ObjectionStatus
from gateway.graph.acting import acting
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.person_names import name_of
from gateway.graph.region import region_field
from gateway.graph.relations import related
from gateway.graph.relay import NodeType, global_id
from gateway.graph.times import DateTime


class Arbitrator(graphene.ObjectType):
    """Somebody who can be drawn for a panel (仲裁员), with where they work."""

    id = global_id("Arbitrator", "The id of the arbitrator.")
    person = graphene.String(required=True, description="The subject of their token.")
    person_name = name_of("person")
    organization = related("Organization", "The institution at which they work.")
    province = region_field("The province of the institution.", required=True)


class ArbitratorSeat(graphene.ObjectType):
    """A seat on a panel; how others have voted is shown when all is decided."""

    id = global_id("ArbitratorSeat", "Its id, for `replaceArbitrator`.")
    person = graphene.String(required=True, description="Who has the seat: the subject of their token.")
    person_name = name_of("person")
    voted_at = DateTime(description="When they voted; null before.")
    upholds = graphene.Boolean(description="Whether they uphold the objection; null if that is not shown yet.")
    reason = graphene.String(description="The reason for their vote; null if that is not shown yet.")
    left_at = DateTime(description="When somebody else took over.")


class Objection(NodeType, loads="objections_by_id"):
    """An objection (异议) to a result; seen by the person who filed it, the organisers and the panel."""

    result = related("Result", "The result that is objected to.")
    version = graphene.Int(required=True, description="The version of the result that it is about.")
    entry_id = global_id("Entry", "The id of the entry that it is about.")
    organization = related("Organization", "The institution of the entry.")
    province = region_field("The province of the entry.", required=True)
    ground = graphene.Field(enum(Ground), required=True, description="The ground of the objection.")
    standing = graphene.Field(enum(Locus), required=True, description="The capacity in which the objector acts.")
    statement = graphene.String(required=True, description="What happened, in the objector's words; confidential.")
    person = graphene.String(required=True, description="Who filed it: the subject of their token.")
    person_name = name_of("person")
    status = graphene.Field(enum(ObjectionStatus), required=True, description="Its status.")
    created_at = DateTime(required=True, description="When it was filed.")
    decision_due_at = DateTime(required=True, description="Until when the panel is to decide.")
    decided_at = DateTime(description="When the panel decided; null before.")
    remedy_due_at = DateTime(
        description="Until when what is upheld is to be remedied; null before, or where the rules say nothing."
    )
    closed_at = DateTime(description="When it was closed; null before.")
    actions = acting(forms.ActionsOnObjections)
    history = historied(forms.HistoryOfObjections)
    closing_reason = graphene.String(
        required=True, description="Why an upheld objection was closed without a new result; otherwise empty."
    )
    reasons = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The reasons of the majority, once the panel has decided.",
    )
    seats = graphene.List(
        graphene.NonNull(ArbitratorSeat),
        required=True,
        description="The seats of the panel, for the organisers and the panel.",
    )
    draw = graphene.Field(
        Document,
        description="The seed, the roster, and who was left out and why; for the organisers and the panel.",
    )
    rejudging_id = global_id(
        "Rejudging", "The re-judging that followed from it; for the organisers and the panel.", required=False
    )
