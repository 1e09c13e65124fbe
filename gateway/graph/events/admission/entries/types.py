"""Entries in the graph: who competes for whom, with whom, and what a roster would become."""

from __future__ import annotations

import graphene

from contracts.events.admission import entries_forms as forms
from contracts.events.admission.entries import EntryStatus, MemberRole
from contracts.events.admission.fields_forms import Answers
from contracts.events.admission.waiting_forms import WaitingPlaces
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.events.admission.waiting.types import WaitingPlace
from gateway.graph.history import historied
from gateway.graph.region import region_field
from gateway.graph.relations import part, parts, related
from gateway.graph.relay import NodeType, global_id
from gateway.graph.sheets import SheetFault
from gateway.graph.times import Date, DateTime


class EntryMember(graphene.ObjectType):
    """Somebody of an entry: personal data, which judges never see."""

    id = global_id("EntryMember", "Their id in the entry.")
    role = graphene.Field(enum(MemberRole), required=True, description="What they do in the entry.")
    name = graphene.String(required=True, description="Their name; empty when it was erased.")
    organization = related("Organization", "The organisation that they belong to.", required=True)
    person = graphene.String(description="The subject of their token, if it is known.")
    identified = graphene.Boolean(required=True, description="Whether an identity number was given; it is not kept.")
    erased_at = DateTime(description="When what is held about them was erased.")


class UnprintedName(graphene.ObjectType):
    """A name that no certificate can show whole, for want of a font; the entry stands all the same."""

    name = graphene.String(required=True, description="The name as it was entered.")
    letters = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The code points of its letters that no font here has, as U+2EBF0.",
    )


class EntryAnswer(graphene.ObjectType):
    """What an entry answers in a field of its track's entry form, until its time is over."""

    key = graphene.String(required=True, description="The key of the field.")
    value = graphene.String(required=True, description="The answer, as text.")
    sensitive = graphene.Boolean(required=True, description="Whether only those read it who need it.")


class Entry(NodeType, loads="entries_by_id"):
    """A delegation's entry (报名) for one contestant; seen by the organisers, the organisation, its province and its people."""

    competition = related("Competition", "The competition.", required=True)
    track = related("Track", "The track in which it competes.", required=True)
    organization = related("Organization", "The organisation that has entered it.", required=True)
    province = region_field("The province for which it competes.", required=True)
    contestant = graphene.String(required=True, description="The name of the team or person, to show.")
    status = graphene.Field(enum(EntryStatus), required=True, description="Its status.")
    group_name = graphene.String(
        description="The name shared by entries of one organisation that take part together or not at all."
    )
    members = parts(forms.Members, EntryMember, "Its people, as many as the rules allow.")
    answers = parts(Answers, EntryAnswer, "What it answers in the entry form, as far as the viewer may read it.")
    unprinted_names = parts(
        forms.UnprintedNames,
        UnprintedName,
        "Names of the contestant and its people that certificates cannot print whole.",
    )
    waiting = part(
        WaitingPlaces, WaitingPlace, "Its place in the waiting list, while it waits or has a place on offer."
    )
    actions = acting(forms.ActionsOnEntries)
    history = historied(forms.HistoryOfEntries)
    offered_until = DateTime(description="When the offer of a place ends; the place is held until just before then.")
    created_at = DateTime(required=True, description="When it was registered.")
    withdrawn_at = DateTime(description="When it was withdrawn.")
    erased_at = DateTime(description="When the name of the contestant was erased.")


class EntryCount(graphene.ObjectType):
    """How many entries there are of one province, institution or day."""

    region = region_field("The province, where they are counted by province.")
    organization = related("Organization", "The institution, where they are counted by institution.")
    day = Date(description="The day in China, where they are counted by day.")
    entered = graphene.Int(required=True, description="How many have a place.")
    waiting = graphene.Int(required=True, description="How many wait for one.")
    offered = graphene.Int(required=True, description="How many have a place on offer.")
    ended = graphene.Int(required=True, description="How many were withdrawn, lapsed or were cancelled.")


class RosterFault(SheetFault):
    """What is wrong in a cell of a roster."""


class RosterEntry(graphene.ObjectType):
    """An entry as a roster would make it; an entry with a faulty row is not shown."""

    rows = graphene.List(graphene.NonNull(graphene.Int), required=True, description="The rows that make it.")
    track = related("Track", "The track in which it would compete.", required=True)
    organization = related("Organization", "The organisation that would enter it.", required=True)
    contestant = graphene.String(required=True, description="The name of the team or person, to show.")
    members = graphene.List(graphene.NonNull(graphene.String), required=True, description="The names of its people.")
    group_name = graphene.String(
        description="The name shared by entries of one organisation that take part together or not at all."
    )
    unprinted_names = graphene.List(
        graphene.NonNull(UnprintedName), required=True, description="Names of it that certificates cannot print whole."
    )
    status = graphene.Field(enum(EntryStatus), description="ENTERED or WAITING; null where a rule is against it.")


class RosterPreview(graphene.ObjectType):
    """What a roster would become; with any fault, nothing of it can be imported."""

    rows = graphene.Int(required=True, description="How many rows were read.")
    entered = graphene.Int(required=True, description="How many entries would have a place.")
    waiting = graphene.Int(required=True, description="How many entries would wait for a place.")
    entries = graphene.List(graphene.NonNull(RosterEntry), required=True, description="The entries that it would make.")
    faults = graphene.List(graphene.NonNull(RosterFault), required=True, description="What is wrong in it.")
