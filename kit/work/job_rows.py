"""Job rows: long work as it stands in the database: who asked for what, how far it is, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Index, Select, Uuid, case, delete, func, null, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Refusal
from contracts.browsing import Stretch
from contracts.jobs import JobEnded, JobFailed, JobStatus, TooManyJobs
from contracts.refusals import NotFound
from kit.context import Context
from kit.data.db import Json, KitTable, Session, only_where
from kit.data.paging import Page, page
from kit.ids import new_id
from kit.settings import Keeping, Retry
from kit.telemetry import tracing
from kit.viewer import Viewer
from kit.work.due import Due, State

JOBS = "jobs"
ENDED = "job ended"
STOPPED = "stopped"
"""The state, besides those of every row that falls due, of a job that somebody has stopped."""
ASKED_AT = "asked at"
"""Where a session in which a job is done keeps when that was asked for."""
_LOCK = 0x6A6F6273  # any fixed number: PostgreSQL's advisory locks on the jobs of a person


class JobRow(Due, KitTable):
    """One piece of long work. While it runs, `due_at` is the end of the lease and `claim` names who holds it.

    `digest` tells whether a caller asks for what is under way already; work that nobody waits for has none.
    """

    __tablename__ = "jobs"
    kind = "job"
    pump = JOBS
    __table_args__ = (
        Index("ix_jobs_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("uq_jobs_asked", "name", "asked_by", "digest", unique=True, **only_where("state = 'waiting'")),
        Index("ix_jobs_open", "id", **only_where("state = 'waiting'")),
        Index("ix_jobs_parked", "id", **only_where("state = 'parked'")),
        Index("ix_jobs_ended", "ended_at"),
        Index("ix_jobs_answered", "ended_at", **only_where("arguments IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    name: Mapped[str]
    digest: Mapped[str | None]
    arguments: Mapped[dict[str, Any] | None]
    asked_by: Mapped[str]
    locale: Mapped[str]
    correlation_id: Mapped[str]
    traceparent: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    claim: Mapped[str | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    saved: Mapped[dict[str, Any] | None]
    outcome: Mapped[dict[str, Any] | None]
    problems: Mapped[list[dict[str, Any]] | None] = mapped_column(Json())

    @property
    def status(self) -> JobStatus:
        if self.state == State.WAITING:
            return JobStatus.RUNNING if self.claim else JobStatus.QUEUED
        if self.state == STOPPED:
            return JobStatus.STOPPED
        return JobStatus.FAILED if self.problems or self.state == State.PARKED else JobStatus.DONE

    @property
    def context(self) -> Context:
        """The work is done in the name of who asked for it."""
        return Context(Viewer(self.asked_by), self.locale, self.correlation_id)

    def begin(self, lease: timedelta, now: datetime) -> None:
        """From now on it is worked on, by whoever knows the claim."""
        self.claim, self.due_at = new_id(), now + lease

    def hand_back(self, now: datetime) -> None:
        """Let another process take it at once; a try that was not brought to an end does not count."""
        self.claim, self.due_at, self.attempts = None, now, max(0, self.attempts - 1)

    def go_on(self, saved: dict[str, Any], done: int, total: int) -> None:
        """One step is done; the next one begins from what is `saved`, and has all its tries."""
        self.saved, self.done, self.total, self.attempts = saved, done, total, 1

    def succeed(self, result: Any, now: datetime) -> None:
        self.finish()
        self.outcome, self.ended_at = {"result": result}, now

    def refuse(self, refusal: Refusal, now: datetime) -> None:
        self.finish()
        self.problems, self.ended_at = refusal.problems(), now

    def park(self, error: str, now: datetime) -> None:
        super().park(error, now)
        self.claim, self.problems, self.ended_at = None, JobFailed().problems(), now

    def fail(self, error: str, retry: Retry, now: datetime) -> None:
        self.claim = None
        super().fail(error, retry, now)

    def discard(self, now: datetime) -> None:
        self.state, self.due_at = STOPPED, None

    def try_again(self, now: datetime) -> None:
        super().try_again(now)
        self.claim = self.problems = self.ended_at = None


_WAITING = JobRow.state == State.WAITING


def enqueue(session: Session, name: str, arguments: dict[str, Any], *, joins: bool = False) -> str:
    """The id of a job that begins once this transaction is committed, in the name of the viewer.

    Where it `joins`, that is the viewer's own job with the same name and arguments, if one has not ended yet.
    """
    session.wake(JOBS)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(JobRow).values(
        id=new_id(),
        name=name,
        digest=_digest(arguments) if joins else None,
        arguments=arguments,
        asked_by=session.viewer.id,
        locale=session.context.locale,
        correlation_id=session.context.correlation_id,
        traceparent=tracing.traceparent(),
        created_at=session.now,
        state=State.WAITING,
        due_at=session.now,
        attempts=0,
        done=0,
        total=0,
    )
    merge = row.on_conflict_do_update(
        index_elements=["name", "asked_by", "digest"],
        index_where=text("state = 'waiting'"),
        set_={  # what waits for its next try is tried at once; what runs is left alone
            "due_at": case((JobRow.claim.is_(None), session.now), else_=JobRow.due_at),
            "error": case((JobRow.claim.is_(None), null()), else_=JobRow.error),
        },
    )
    return str(session.execute(merge.returning(JobRow.id)).scalar_one())


def ask_for(session: Session, name: str, arguments: dict[str, Any], *, most: int) -> str:
    """As `enqueue`, joining; refuses with TooManyJobs where the viewer has so many others under way."""
    if session.get_bind().dialect.name != "sqlite":  # which has one writer at a time
        session.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(session.viewer.id))))
    own = select(JobRow.name, JobRow.digest).where(JobRow.asked_by == session.viewer.id, JobRow.digest.is_not(None))
    waiting = {(each.name, each.digest) for each in session.execute(own.where(_WAITING).limit(most + 1))}
    if len(waiting - {(name, _digest(arguments))}) >= most:
        raise TooManyJobs(max=most)
    return enqueue(session, name, arguments, joins=True)


def asked_at(session: Session) -> datetime:
    """When somebody asked for what is done now: a job may come to its turn late."""
    moment: datetime = session.info.get(ASKED_AT, session.now)
    return moment


def is_under_way(session: Session, name: str, arguments: dict[str, Any]) -> bool:
    """Whether somebody has asked for this, and it has not ended."""
    asked = select(JobRow.id).where(JobRow.name == name, JobRow.digest == _digest(arguments), _WAITING)
    return session.scalar(asked.limit(1)) is not None


def asked_again(session: Session, row: JobRow) -> str | None:
    """The id of the job that has taken the place of one that has ended, because the same person has asked again."""
    if row.digest is None:
        return None
    same = (JobRow.name == row.name, JobRow.asked_by == row.asked_by, JobRow.digest == row.digest)
    return session.scalar(select(JobRow.id).where(*same, JobRow.state == State.WAITING))


def stop(session: Session, job_id: str) -> JobRow:
    """Have a job end without its effect; refuses with JobEnded where that has come already."""
    row = session.get(JobRow, job_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("jobId")
    if row.state != State.WAITING:
        raise JobEnded("jobId")
    row.state, row.due_at, row.ended_at = STOPPED, None, session.now
    session.wake(ENDED)
    return row


def jobs_by_id(session: Session, ids: Sequence[str]) -> Sequence[JobRow]:
    return session.scalars(select(JobRow).where(JobRow.id.in_(ids))).all()


def jobs(session: Session, *, failed: bool, stretch: Stretch) -> Page[JobRow]:
    """The jobs of everybody that have not ended, or those that were given up on; the newest first."""
    state = State.PARKED if failed else State.WAITING
    return page(session, select(JobRow).where(JobRow.state == state).order_by(JobRow.id.desc()), stretch)


def forget_answers(session: Session, keeping: Keeping) -> int:
    """Let go of a batch of what ended jobs were asked and have answered; what is parked stays. Returns how many."""
    old = _ended_before(session, keeping.answers, keeping).where(JobRow.arguments.is_not(None))
    gone = update(JobRow).where(JobRow.id.in_(old)).values(arguments=null(), outcome=null(), saved=null())
    return int(session.execute(gone).rowcount)  # type: ignore[attr-defined]  # an update has one


def forget_refused(session: Session, keeping: Keeping) -> int:
    """Drop a batch of the jobs that a rule refused: they had no effect, and anybody can ask for any number of them."""
    refused = JobRow.state == State.DONE, JobRow.arguments.is_not(null()), JobRow.outcome.is_(null())
    old = _ended_before(session, keeping.answers, keeping).where(*refused)
    return int(session.execute(delete(JobRow).where(JobRow.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def forget_ended(session: Session, keeping: Keeping) -> int:
    """Drop a batch of the jobs that have ended long ago; what is parked stays. Returns how many."""
    old = _ended_before(session, keeping.jobs, keeping)
    return int(session.execute(delete(JobRow).where(JobRow.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def _ended_before(session: Session, seconds: float, keeping: Keeping) -> Select[str]:
    """A batch of the jobs that ended so long ago."""
    ended = JobRow.ended_at < session.now - timedelta(seconds=seconds)
    query = select(JobRow.id).where(ended, JobRow.state != State.PARKED).order_by(JobRow.ended_at)
    return query.limit(keeping.tidy_batch).with_for_update(skip_locked=True)


def _digest(arguments: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS)).hexdigest()
