"""Jobs in the graph: long work of any service as a node, for who asked for it and the hub office; and how to stop it."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import jobs
from contracts.base import Refusal
from contracts.refusals import NotFound
from gateway.graph.enums import enum
from gateway.graph.loading import ByIdLoader, Thing
from gateway.graph.relay import Command, NodeType, local_id, node_id
from gateway.graph.times import DateTime
from gateway.problems import Problem, problem_of, refused_answer
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
    """How far a job is, in steps or bytes of its own."""

    done = graphene.Int(required=True, description="So many are done.")
    total = graphene.Int(required=True, description="Of so many.")


class Job(NodeType, loader=JobLoader):
    """Long work (后台任务) that a command has begun. Seen by who asked for it and by the hub office."""

    kind = graphene.String(required=True, description="The command that is worked on, as the service calls it.")
    status = graphene.Field(enum(jobs.JobStatus), required=True, description="How it stands.")
    progress = graphene.Field(JobProgress, description="How far it is; null where that is not told.")
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="Why it failed; empty where it did not."
    )
    created_at = graphene.Field(DateTime, required=True, description="When it was asked for.")
    ended_at = graphene.Field(DateTime, description="When it ended, in whatever way; null before.")

    def resolve_progress(self: Any, _info: GraphQLResolveInfo) -> dict[str, int] | None:
        return {"done": self["done"], "total": self["total"]} if self["total"] else None

    def resolve_problems(self: Any, info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return [problem_of(Refusal.of(problem), info.context.locale) for problem in self["problems"]]


class StopJob(Command):
    """Have a job end without its effect. For who asked for it and for the hub office."""

    class Meta:
        service = "jobs"
        result = "job"

    class Input:
        job_id = node_id("Job", required=True, description="The job. Node: Job.")

    job = graphene.Field(Job, description="The job; null where there are problems.")

    @classmethod
    def Field(cls) -> graphene.Field:  # noqa: N802 - as graphene's own mutations have it
        field = super().Field()
        field.args["input"].description = "What `stopJob` takes."
        return field

    @classmethod
    async def _resolve(cls, _root: Any, info: GraphQLResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
        try:
            job_id = local_id("Job", input["job_id"], "jobId")
            found = await info.context.loader(JobLoader).load(job_id)
            if found is None:
                raise Refused([NotFound("jobId")])
            stopped = await info.context.command(
                found["service"], "stop_job", {"job_id": job_id}, input.get("idempotency_key")
            )
        except Refused as refused:
            return refused_answer(refused, info.context.locale)
        return {"job": stopped, "problems": []}


class JobMutations(graphene.ObjectType):
    """What can be done about jobs."""

    stop_job = StopJob.Field()
