"""Jobs in the graph: long work of any service as a node, for who asked for it and the hub office; and how to stop it."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import jobs
from contracts.base import Refusal
from contracts.jobs_forms import Jobs, StopJob
from contracts.refusals import NotFound
from gateway.graph.commands import command
from gateway.graph.enums import enum
from gateway.graph.everywhere import listed_everywhere
from gateway.graph.loading import ByIdLoader, Thing
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime
from gateway.problems import Problem, problem_of
from gateway.rpc import Refused
from kit.settings import SERVICES


class JobLoader(ByIdLoader):
    """The id of a job does not say whose it is, so every service is asked.

    One that is away matters only where the job may be its own.
    """

    method = "jobs_by_id"

    async def ask(self, **arguments: Any) -> list[Thing]:
        calls = [self._rpc.query(service, self.method, **arguments) for service in SERVICES]
        answers = await asyncio.gather(*calls, return_exceptions=True)
        found = [job for answer in answers if not isinstance(answer, BaseException) for job in answer]
        failures = [answer for answer in answers if isinstance(answer, BaseException)]
        if failures and len(found) < len(arguments["ids"]):
            raise failures[0]
        return found


class JobProgress(graphene.ObjectType):
    """How far a job has come, in steps or bytes."""

    done = graphene.Int(required=True, description="How many are done.")
    total = graphene.Int(required=True, description="How many there are in all.")


class JobCount(graphene.ObjectType):
    """How many of something a job has counted."""

    name = graphene.String(required=True, description="What was counted, as admitted, invited, registered, unchanged.")
    count = graphene.Int(required=True, description="How many there were so far.")


class Job(NodeType, loader=JobLoader):
    """Long work (后台任务) that a command started. Seen by the person who asked for it and by the hub office."""

    kind = graphene.String(
        required=True, description="The command that it carries out, by the name of the service's method."
    )
    status = graphene.Field(enum(jobs.JobStatus), required=True, description="Its state.")
    progress = graphene.Field(JobProgress, description="Its progress; null if it is not known.")
    counts = graphene.List(
        graphene.NonNull(JobCount),
        required=True,
        description="What it has counted so far; empty for jobs that count nothing.",
    )
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="Why it failed; empty where it did not."
    )
    created_at = graphene.Field(DateTime, required=True, description="When it was asked for.")
    ended_at = graphene.Field(DateTime, description="When it ended, with or without success; null before.")

    def resolve_progress(self: Any, _info: GraphQLResolveInfo) -> dict[str, int] | None:
        return {"done": self["done"], "total": self["total"]} if self["total"] else None

    def resolve_counts(self: Any, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        counts: list[dict[str, Any]] = self.get("counts", [])  # none from a service of the release before
        return counts

    def resolve_problems(self: Any, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [problem_of(Refusal.of(problem), info.context.locale) for problem in self["problems"]]


async def _whose(info: GraphQLResolveInfo, given: dict[str, Any]) -> str:
    """The service that has the job; refuses with NotFound."""
    found = await info.context.loader(JobLoader).load(given["job_id"])
    if found is None:
        raise Refused([NotFound("jobId")])
    return str(found["service"])


class JobQueries(graphene.ObjectType):
    """The jobs of everybody, for the hub office."""

    jobs = listed_everywhere(Jobs, Job, "the jobs of all services", key=lambda job: (job["id"],))


class JobMutations(graphene.ObjectType):
    """What can be done about jobs."""

    stop_job = command(StopJob, gives=Job, asks=_whose)
