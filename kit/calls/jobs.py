"""Jobs on the wire: who asked for long work sees how it stands and can stop it."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role, Scope
from contracts.forms import Input, identifier, listing
from contracts.refusals import NotFound
from kit.authz import holds, require, require_signed_in
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.work import job_rows
from kit.work.job_rows import JobRow

MOST = 100


class _Jobs(Input):
    ids = listing(identifier(), min=1, max=MOST)


class _Job(Input):
    job_id = identifier()


class JobsService(Service):
    """Every service has jobs. A job is seen by who asked for it and by the hub office."""

    @query(_Jobs)
    def jobs_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        office = holds(session, (Role.HUB_OFFICE, Scope.hub()))
        return [
            self._view(row)
            for row in job_rows.jobs_by_id(session, ids)
            if office or (row.asked_by == session.viewer.id and session.viewer.signed_in)
        ]

    @command(_Job)
    def stop_job(self, session: Session, *, job_id: str) -> dict[str, Any]:
        require_signed_in(session)
        row = session.get(JobRow, job_id)
        if row is None:
            raise NotFound("jobId")
        if row.asked_by != session.viewer.id:
            require(session)
        return self._view(job_rows.stop(session, job_id))

    def _view(self, row: JobRow) -> dict[str, Any]:
        return {
            "id": row.id,
            "service": self.name,
            "kind": row.name,
            "status": row.status,
            "done": row.done,
            "total": row.total,
            "problems": row.problems or [],
            "created_at": row.created_at,
            "ended_at": row.ended_at,
        }
