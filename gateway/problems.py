"""Problems: how what went wrong looks to the caller, in their language; the one table from inner errors to outer ones."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError

from contracts.base import Refusal
from contracts.inventory import refusals
from contracts.jobs import StillRunning
from contracts.refusals import OrganizationMerged
from gateway.context import Context
from gateway.graph.enums import enum_of
from gateway.graph.relay import to_global_id
from gateway.protocol.faults import report_safely, wording
from gateway.rpc import Faulty, Refused, TooBusy
from kit.broker.bus import Unavailable
from kit.telemetry.logs import log

UNAVAILABLE = ("服务暂时不可用，请稍后再试。", "The service is not available at the moment; please try again later.")
FAULTY = ("系统内部错误，编号 {id}。", "Something went wrong inside; its number is {id}.")
_CODES = {Refusal.code: "A rule that this gateway does not know yet refused this."} | {
    refusal.code: refusal.en for refusal in refusals()
}
"""What a refusal can be called in the graph, with its sentence; a newer service may have more."""

ProblemCode = enum_of(
    "ProblemCode", "The rule that refused; the message of the problem fills in what stands in braces.", _CODES
)


class Problem(graphene.ObjectType):
    """Why a command was refused: `code` for programs, `field` as in the input, `message` for people."""

    code = graphene.Field(ProblemCode, required=True, description="The code of the rule that refused it, for programs.")
    field = graphene.String(description="The path of the input field that it is about, such as members.0.name.")
    message = graphene.String(required=True, description="The reason in the caller's language.")
    instead = graphene.ID(description="The id to use instead, where the one given means something else by now.")


def problem_of(refusal: Refusal, locale: str) -> dict[str, Any]:
    code = refusal.code if refusal.code in _CODES else Refusal.code
    problem = {"code": code, "field": refusal.field, "message": refusal.text(locale), "instead": None}
    if isinstance(refusal, OrganizationMerged):
        problem["instead"] = to_global_id("Organization", str(refusal.params["organization"]))
    return problem


def refused_answer(refused: Refused, locale: str) -> dict[str, Any]:
    """The payload of a command that was refused, or that goes on as a job: then `job_id` names it."""
    jobs = [refusal.params["job"] for refusal in refused.refusals if isinstance(refusal, StillRunning)]
    return {"problems": [problem_of(refusal, locale) for refusal in refused.refusals], "job_id": next(iter(jobs), None)}


def report(error: GraphQLError, context: Context) -> dict[str, Any]:
    """A GraphQL error as the caller sees it, with `extensions.code`, and `field` where one argument is to blame."""
    cause = error.original_error
    if isinstance(cause, Refused):
        refusal = cause.refusals[0]
        return _shown(error, refusal.text(context.locale), refusal.code, refusal.field)
    if isinstance(cause, TooBusy):
        return _shown(error, context.in_language(*wording("TOO_BUSY")), "TOO_BUSY")
    if isinstance(cause, Unavailable):
        log(__name__).warning("a service was not available", reason=str(cause), correlation_id=context.correlation_id)
        return _shown(error, context.in_language(*UNAVAILABLE), "UNAVAILABLE")
    if isinstance(cause, Faulty):
        message = context.in_language(*FAULTY).format(id=cause.correlation_id)
        return _shown(error, message, "INTERNAL")
    return report_safely(error, context)


def _shown(error: GraphQLError, message: str, code: str, field: str | None = None) -> dict[str, Any]:
    extensions = {"code": code} | ({"field": field} if field else {})
    return {**error.formatted, "message": message, "extensions": extensions}
