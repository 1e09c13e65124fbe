"""Results in the graph: what a stage came to, in versions, with the documents that are signed."""

from __future__ import annotations

import graphene

from contracts.events.judging import results_forms as forms
from contracts.events.judging.results import ResultStatus, VersionStatus
from gateway.graph.acting import acting
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.person_names import name_of
from gateway.graph.points import Points
from gateway.graph.region import region_field
from gateway.graph.relations import related
from gateway.graph.relay import NodeType, global_id
from gateway.graph.times import DateTime


class ResultVersion(graphene.ObjectType):
    """A version of a result. Who signed it is for those who run, supervise or arbitrate the series."""

    number = graphene.Int(required=True, description="Which version of the result it is, from 1.")
    status = graphene.Field(enum(VersionStatus), required=True, description="Its status.")
    digest = graphene.String(required=True, description="SHA-256 of the canonical form (RFC 8785) of its document.")
    rules_version = graphene.Int(required=True, description="The version of the rules that it follows.")
    rejudging_id = global_id("Rejudging", "The re-judging behind it, for those who may see it.", required=False)
    proposed_at = DateTime(required=True, description="When it was proposed.")
    proposed_by = graphene.String(description="Who proposed it: the subject of their token.")
    proposed_by_name = name_of("proposed_by")
    announced_at = DateTime(description="When it was announced.")
    signed_by = graphene.String(description="Who signed it for the supervisors: the subject of their token.")
    signed_by_name = name_of("signed_by")


class Result(NodeType, loads="results_by_id"):
    """The result (成绩) of a stage. While an objection is open, the public sees only that it is frozen."""

    stage = related("Stage", "The stage that it is of.")
    competition = related("Competition", "The competition that the stage belongs to.")
    status = graphene.Field(enum(ResultStatus), required=True, description="Its status.")
    version = graphene.Int(description="The number of the current version, if the viewer may see it now.")
    digest = graphene.String(description="The digest of the current version, if the viewer may see it now.")
    notice_ends_at = DateTime(description="The end of the public notice (公示).")
    objections_until = DateTime(description="When objections close.")
    final_at = DateTime(description="When it became final; null before.")
    actions = acting(forms.ActionsOnResults)
    history = historied(forms.HistoryOfResults)
    versions = graphene.List(
        graphene.NonNull(ResultVersion), required=True, description="What was announced; for insiders every version."
    )


class ResultRow(graphene.ObjectType):
    """An entry's line in a result; the public sees of it what the rules show."""

    entry_id = global_id("Entry", "The id of the entry.")
    entry = related("Entry", "The entry, for those concerned.")
    place = graphene.Int(description="The place, from 1; null if it has none, and the remark says why.")
    code = graphene.String(description="Its blind code, where sheets were judged.")
    contestant = graphene.String(
        required=True, description="Who competes, as the rules show it to the public: plain, masked or empty."
    )
    organization = related("Organization", "The institution that competes.")
    province = region_field("The province for which it counts.", required=True)
    score = graphene.Field(Points, description="The score, where the rules show it.")
    raw = graphene.Field(Points, description="The mean of the sheets before calibration, for insiders.")
    adjusted = graphene.Field(Points, description="The mean of the sheets after calibration, for insiders.")
    tie = graphene.String(description="What decided between it and another one of the same score, for insiders.")
    remark = graphene.String(description="Why it has no place, for insiders: `unplaced` or `disqualified`.")
    shown = graphene.Boolean(description="Whether the public sees it, for insiders.")


class ResultDocument(graphene.ObjectType):
    """A document of a result: save it as it is, and `hub result verify` recomputes it."""

    version = graphene.Int(required=True, description="The number of the version whose document it is.")
    digest = graphene.String(required=True, description="SHA-256 of the canonical form (RFC 8785) of the document.")
    document = graphene.Field(Document, required=True, description="The document itself.")
