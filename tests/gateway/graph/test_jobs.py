"""A command that goes on as a job says so in its payload; the job is a node, whichever service has it."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.jobs import JobFailed, StillRunning
from gateway.graph.relay import to_global_id
from gateway.rpc import Refused
from kit.broker.bus import Unavailable
from kit.ids import new_id
from tests.gateway.scripted import ScriptedGateway, ScriptedServices

JOB, STAGE = new_id(), new_id()
NODE = """query($id: ID!) { node(id: $id) { id ... on Job {
  kind status progress { done total } problems { code } createdAt endedAt } } }"""
ASSIGN = """mutation($stage: ID!) { assignJudges(input: {stageId: $stage}) {
  report { least } problems { code } job { id status } } }"""
STOP = "mutation($id: ID!) { stopJob(input: {jobId: $id}) { job { status } problems { code field } } }"


def a_job(**facts: Any) -> dict[str, Any]:
    known = {"id": JOB, "service": "events", "kind": "assign_judges", "status": "running", "done": 2, "total": 5}
    times = {"created_at": "2026-03-02T01:00:00+00:00", "ended_at": None}
    return {**known, "problems": [], **times, **facts}


def services(*jobs: dict[str, Any], **others: Any) -> ScriptedServices:
    """Only events has jobs."""
    none = {f"{name}__jobs_by_id": lambda _request: [] for name in ("projects", "alliances", "notify")}
    return ScriptedServices(**{**none, "events__jobs_by_id": lambda _request: list(jobs), **others})


async def test_a_job_is_a_node_wherever_it_is() -> None:
    answer = await ScriptedGateway(services(a_job())).answer(NODE, id=to_global_id("Job", JOB))

    assert answer == {
        "data": {
            "node": {
                "id": to_global_id("Job", JOB),
                "kind": "assign_judges",
                "status": "RUNNING",
                "progress": {"done": 2, "total": 5},
                "problems": [],
                "createdAt": "2026-03-02T01:00:00+00:00",
                "endedAt": None,
            }
        }
    }


async def test_a_job_that_failed_says_why() -> None:
    failed = a_job(status="failed", problems=JobFailed().problems(), total=0)

    answer = await ScriptedGateway(services(failed)).answer(NODE, id=to_global_id("Job", JOB))

    node = answer["data"]["node"]
    assert (node["status"], node["problems"], node["progress"]) == ("FAILED", [{"code": "JOB_FAILED"}], None)


@pytest.mark.parametrize(("jobs", "found"), [([a_job()], True), ([], False)])
async def test_a_service_that_is_away_matters_only_where_the_job_may_be_its_own(jobs: Any, found: bool) -> None:
    def away(_request: object) -> None:
        raise Unavailable("nobody serves notify")

    answer = await ScriptedGateway(services(*jobs, notify__jobs_by_id=away)).answer(NODE, id=to_global_id("Job", JOB))

    assert bool(answer["data"]["node"]) == found
    assert ("errors" in answer) != found


async def test_a_command_that_goes_on_names_its_job() -> None:
    def goes_on(_request: object) -> None:
        raise Refused([StillRunning(job=JOB)])

    gateway = ScriptedGateway(services(a_job(), events__assign_judges=goes_on))
    answer = await gateway.answer(ASSIGN, stage=to_global_id("Stage", STAGE))

    assert answer["data"]["assignJudges"] == {
        "report": None,
        "problems": [{"code": "STILL_RUNNING"}],
        "job": {"id": to_global_id("Job", JOB), "status": "RUNNING"},
    }


async def test_stopping_asks_the_service_that_has_the_job() -> None:
    found = services(a_job(), events__stop_job=lambda _request: a_job(status="stopped"))

    answer = await ScriptedGateway(found).answer(STOP, id=to_global_id("Job", JOB))

    assert answer["data"]["stopJob"] == {"job": {"status": "STOPPED"}, "problems": []}
    assert found.calls[-1] == "events.stop_job"


async def test_what_is_no_job_cannot_be_stopped() -> None:
    for id_, code in ((to_global_id("Job", JOB), "NOT_FOUND"), (to_global_id("Stage", STAGE), "OF_ANOTHER_TYPE")):
        answer = await ScriptedGateway(services()).answer(STOP, id=id_)

        assert answer["data"]["stopJob"] == {"job": None, "problems": [{"code": code, "field": "jobId"}]}
