"""Questions in the graph."""

from __future__ import annotations

import graphene

from contracts.events.speaking.questions import QuestionStatus
from contracts.events.speaking.questions_forms import ActionsOnQuestions, AnswersOfQuestions
from gateway.graph.acting import acting
from gateway.graph.enums import enum
from gateway.graph.region import region_field
from gateway.graph.relations import parts, related
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class Answer(graphene.ObjectType):
    """One version of the answer to a question (答复)."""

    number = graphene.Int(required=True, description="The number of the version, from 1.")
    text = graphene.String(required=True, description="The answer.")
    given_at = DateTime(required=True, description="When it was given.")


class Question(NodeType, loads="questions_by_id"):
    """A question to the organisers of a competition (提问); everybody reads a public one, without who asked."""

    competition = related("Competition", "The competition that it is about.")
    track = related("Track", "The track that it is about, if it is about one.")
    organization = related("Organization", "The institution that asks; shown to those who ask and to the organisers.")
    province = region_field(
        "The province of the institution, or whose delegation asks; shown to those who ask and to the organisers."
    )
    text = graphene.String(required=True, description="What is asked, for others in the wording for everybody.")
    wording = graphene.String(description="How everybody reads it, where that differs from how it was asked.")
    public = graphene.Boolean(required=True, description="Whether everybody can read it.")
    status = graphene.Field(enum(QuestionStatus), required=True, description="Its status.")
    answer = graphene.String(description="The answer that holds.")
    answered_at = DateTime(description="When that was given.")
    answers = parts(AnswersOfQuestions, Answer, "Every version of the answer, the first one first.")
    remark = graphene.String(description="Why it was closed or reopened; shown to those who ask and to the organisers.")
    created_at = DateTime(required=True, description="When it was asked.")
    actions = acting(ActionsOnQuestions)
