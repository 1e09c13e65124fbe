"""Competitions in the graph: series, editions, tracks, rounds, stages and rule sets."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.base import Refusal
from contracts.events.admission.fields import FieldKind
from contracts.events.admission.quotas_forms import Quotas
from contracts.events.attachments.attachments_forms import Attachments, RemovedAttachments
from contracts.events.competitions.readiness_forms import Shortcomings
from contracts.events.editions.competitions import EditionStatus, RoundLevel, StageStatus, TrackKind
from contracts.events.editions.editions_forms import (
    ActionsOnCompetitions,
    ActionsOnTracks,
    HistoryOfCompetitions,
    Stages,
)
from contracts.events.editions.phases_forms import Phases
from contracts.events.editions.presentations_forms import Presentations
from contracts.events.editions.rulesets_forms import RuleSets
from gateway.graph.acting import acting
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.events.admission.quotas.types import ProvinceQuota
from gateway.graph.events.attachments.types import Attachment
from gateway.graph.events.editions.presentations.types import Presentation
from gateway.graph.history import historied
from gateway.graph.region import name_field, region_field
from gateway.graph.relations import part, parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime
from gateway.problems import Problem, problem_of


class CompetitionSeries(NodeType, loads="series_by_id"):
    """A competition series (竞赛系列), held again and again."""

    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    created_at = DateTime(required=True, description="When it was registered.")
    alliance = related("Alliance", "The alliance whose members it is for, if it is for one alliance.")


class AllianceConsent(graphene.ObjectType):
    """That an alliance lets the editions of a series be held for its members (联盟同意)."""

    alliance = related("Alliance", "The alliance.")
    series = related("CompetitionSeries", "The series.")
    given_at = DateTime(required=True, description="Since when.")


class EntryField(graphene.ObjectType):
    """What the entry form of a track asks beside the people (报名表字段)."""

    key = graphene.String(required=True, description="Its name in files and answers.")
    label_zh = graphene.String(required=True, description="What is asked, in Chinese.")
    label_en = graphene.String(required=True, description="What is asked, in English.")
    kind = graphene.Field(enum(FieldKind), required=True, description="What is answered.")
    required = graphene.Boolean(description="Whether an entry must answer it.")
    sensitive = graphene.Boolean(description="Whether only those read the answers who need them.")
    retention_days = graphene.Int(description="How many days after entries close answers are kept; null for ever.")
    choices = graphene.List(graphene.NonNull(graphene.String), description="What can be chosen.")
    least = graphene.Int(description="The smallest number.")
    most = graphene.Int(description="The largest number.")
    longest = graphene.Int(description="How many characters at most.")


class Track(NodeType, loads="tracks_by_id"):
    """A track of a competition (赛道): entries compete within it."""

    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    code = graphene.String(
        required=True, description="Its short name in the edition, such as A; the rule set uses this name."
    )
    kind = graphene.Field(enum(TrackKind), required=True, description="Who competes in it.")
    competition = related("Competition", "The competition that it belongs to.")
    entry_fields = graphene.List(
        graphene.NonNull(EntryField), required=True, description="What its entry form asks beside the people."
    )
    quotas = parts(Quotas, ProvinceQuota, "The places of each province; at most 40.")
    actions = acting(ActionsOnTracks)


class Stage(NodeType, loads="stages_by_id"):
    """A track in a round (赛段): it has one panel, one set of blind codes and one result."""

    number = graphene.Int(required=True, description="The number of its round.")
    status = graphene.Field(enum(StageStatus), required=True, description="Its status.")
    round = related("Round", "The round.")
    track = related("Track", "The track.")
    competition = related("Competition", "The competition.")


class Round(NodeType, loads="rounds_by_id"):
    """A round of a competition (轮次), such as the provincial one; each feeds the next."""

    number = graphene.Int(required=True, description="Its number in the competition, from 1.")
    level = graphene.Field(enum(RoundLevel), required=True, description="How far it reaches.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    stages = parts(Stages, Stage, "Its stages, one for each track; at most 50.")


class RuleSet(graphene.ObjectType):
    """A version of the rules of a competition (竞赛规程); what is published never changes, an amendment is a new one."""

    version = graphene.Int(required=True, description="The number of the version, from 1.")
    document = graphene.Field(Document, required=True, description="The rules themselves.")
    digest = graphene.String(required=True, description="SHA-256 of the document's canonical form (RFC 8785).")
    reason = graphene.String(required=True, description="Why it was amended; empty for the first version.")
    created_at = DateTime(required=True, description="When it came into force.")


class Shortcoming(graphene.ObjectType):
    """What a draft lacks before it is published."""

    problem = graphene.Field(Problem, required=True, description="What it lacks, and where.")
    blocks = graphene.Boolean(required=True, description="Whether publishing it would be refused for this.")

    def resolve_problem(self: Any, info: GraphQLResolveInfo) -> dict[str, Any]:
        return problem_of(Refusal.of(self["problem"]), info.context.locale)


class Competition(NodeType, loads="competitions_by_id"):
    """An edition of a competition series (届), such as the 14th; a draft is seen by its organisers only."""

    series = graphene.Field(CompetitionSeries, required=True, description="The series that it belongs to.")
    number = graphene.Int(required=True, description="Its number in the series.")
    name = name_field()
    name_zh = graphene.String(required=True, description="Its name in Chinese.")
    name_en = graphene.String(required=True, description="Its name in English.")
    alliance = related("Alliance", "The alliance whose members are told when it is published.")
    host_region = region_field("Where it takes place.", required=True)
    opens_at = DateTime(required=True, description="When entries open.")
    closes_at = DateTime(required=True, description="When entries close.")
    status = graphene.Field(enum(EditionStatus), required=True, description="Its status.")
    published_at = DateTime(description="When it was published; null for a draft.")
    cancelled_at = DateTime(description="Since when it is cancelled; null where it is not.")
    cancel_reason = graphene.String(description="Why it is cancelled, as everybody concerned was told.")
    reinstatable_until = DateTime(description="Until when its organisers can take back that it is cancelled.")
    created_at = DateTime(required=True, description="When it was drafted.")
    actions = acting(ActionsOnCompetitions)
    history = historied(HistoryOfCompetitions)
    tracks = graphene.List(graphene.NonNull(Track), required=True, description="Its tracks; at most 50.")
    rounds = graphene.List(graphene.NonNull(Round), required=True, description="Its rounds by number; at most 10.")
    phases = parts(Phases, "Phase", "Its phases, in the order in which they open; at most 50.")
    shortcomings = parts(Shortcomings, Shortcoming, "What it lacks before it is published; for a draft's organisers.")
    presentation = part(Presentations, Presentation, "How it presents itself: introduction, office and venue.")
    attachments = parts(
        Attachments, Attachment, "The files that its organisers have added, in their order; at most 100."
    )
    removed_attachments = parts(
        RemovedAttachments, Attachment, "The last 100 that were removed and can be restored; for its organisers."
    )
    rule_sets = parts(RuleSets, RuleSet, "Every version of its rules, the first one first.")
