"""Jobs on the wire: who asked for long work sees how it stands and can stop it."""

from __future__ import annotations

from typing import Any

from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.jobs_forms import Jobs, StopJob
from contracts.refusals import NotFound
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE, person
from kit.work import job_rows
from kit.work.job_rows import JobRow

ASKED_FOR_JOB = HUB_OFFICE | person("asked_by", "提出该任务者本人", "who asked for the job")


class JobsService(Service):
    """Every service has jobs. A job is seen by who asked for it and by the hub office."""

    @query(ByIds, shows=ASKED_FOR_JOB)
    def jobs_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        shown = ASKED_FOR_JOB.test(session)
        return [job_view(row, self.name) for row in job_rows.jobs_by_id(session, ids) if shown(asked_by=row.asked_by)]

    @query(Jobs, right=HUB_OFFICE)
    def jobs(self, session: Session, *, failed: bool | None = None, **which: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return job_rows.jobs(session, failed=bool(failed), stretch=Stretch(**which)).view(
            lambda row: job_view(row, self.name)
        )

    @command(StopJob, right=ASKED_FOR_JOB)
    def stop_job(self, session: Session, *, job_id: str) -> dict[str, Any]:
        row = session.get(JobRow, job_id)
        if row is None:
            raise NotFound("jobId")
        require(session, ASKED_FOR_JOB, asked_by=row.asked_by)
        return job_view(job_rows.stop(session, job_id), self.name)


def job_view(row: JobRow, service: str) -> dict[str, Any]:
    """How a job of a service looks from outside; `counts` are what it has counted so far, by name."""
    counted = row.saved or {}
    if row.outcome and isinstance(row.outcome["result"], dict):
        counted = row.outcome["result"]
    return {
        "id": row.id,
        "service": service,
        "kind": row.name,
        "status": row.status,
        "done": row.done,
        "total": row.total,
        "counts": [{"name": name, "count": count} for name, count in counted.get("counts", {}).items()],
        "problems": row.problems or [],
        "created_at": row.created_at,
        "ended_at": row.ended_at,
    }
