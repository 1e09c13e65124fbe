"""Jobs: long work is done once, outside of transactions, by one replica, and goes on where a killed one has left it.

The work of a job is one transaction, which asks `think` for whatever takes long. What has not been thought out yet ends the
transaction; it is computed apart, and the transaction is begun again with the answer at hand. So nothing is locked while
something is computed, and what was decided fits the state in which it is written down. The outcome is recorded in the same
transaction as the effect, and only by the holder of the claim.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ParamSpec, Protocol, TypeVar

from opentelemetry.trace import SpanKind
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.base import Refusal
from contracts.refusals import ChangedMeanwhile
from kit.context import Context
from kit.data.conflicts import CONFLICTS, DatabaseBusy, is_conflict
from kit.data.db import Database, Session
from kit.settings import LongWork, Retry
from kit.telemetry import tracing
from kit.telemetry.logs import log
from kit.work.apart import Limits, answered
from kit.work.due import State, claim, is_due, look, next_due
from kit.work.job_rows import ASKED_AT, ENDED, JOBS, JobRow

MOST_THOUGHTS = 20  # after which the state in the database has changed too often while it was thought about
RENEW_EVERY = 2.0  # seconds

P = ParamSpec("P")
R = TypeVar("R")


class Think(Protocol):
    """Gives what a pure function gives, computed outside of the transaction. All of it must be picklable and comparable."""

    def __call__(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R: ...


class Unthought(Exception):  # noqa: N818 - ends the transaction, not the work
    """What is asked for has to be computed first."""

    def __init__(self, *asked: Any) -> None:
        super().__init__("to be computed")
        self.asked = asked


def unthought(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """The `think` of whoever has no time: raises Unthought whatever is asked."""
    raise Unthought(function, arguments, named)


def at_once(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """The `think` of whoever has all the time of the world: computes here and now."""
    return function(*arguments, **named)


@dataclass(frozen=True)
class Next:
    """What the work of a job gives where a further step, in a transaction of its own, is to follow."""

    saved: dict[str, Any]
    done: int
    total: int


@dataclass
class Job:
    """The try of a job that is under way; `saved` is what the last of its steps has left, {} before the first."""

    id: str
    name: str
    claim: str
    arguments: dict[str, Any]
    context: Context
    traceparent: str | None
    saved: dict[str, Any]
    progress: tuple[int, int]
    thoughts: list[tuple[Any, str, Any]] = field(default_factory=list)

    def think(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """As Think has it: what the function gave or raised when this was asked before; raises Unthought."""
        asked = (function, arguments, named)
        for before, how, value in self.thoughts:
            if before == asked:
                if how == "raised":
                    raise value
                return value  # type: ignore[no-any-return]
        raise Unthought(*asked)

    def row(self, session: Session) -> JobRow:
        """The row, held until the end of the transaction; raises Lost where it is another's or was stopped."""
        row = session.get(JobRow, self.id, with_for_update=True)
        if row is None or (row.state, row.claim) != (State.WAITING, self.claim):
            raise Lost
        return row


Work = Callable[..., Any]
"""`def work(session, job, **arguments)`: what one transaction of a job does; gives a result in JSON, or Next."""


class Lost(Exception):  # noqa: N818 - what became of the claim
    """The job was stopped, or is another's by now."""


class HandedBack(Exception):  # noqa: N818 - what becomes of the job
    """This process ends; the job does not."""


class Jobs:
    """The pump's work: does the jobs of one service. As many may run in a process as there are pumps."""

    def __init__(
        self,
        database: Database,
        works: Mapping[str, Work],
        retry: Retry,
        how: LongWork,
        stopping: threading.Event,
    ) -> None:
        self._database = database
        self._works = works
        self._retry = retry
        self._lease = timedelta(seconds=how.lease)
        self._limits = Limits(how.seconds, how.memory)
        self._stopping = stopping

    def work(self) -> datetime | None:
        """Do one job that is due, until it has ended or failed; returns when the next one is.

        A process that is about to end takes none: it would hand it back and take it again until it has ended.
        """
        if self._stopping.is_set():
            return None
        if not is_due(due_at := look(self._database, JobRow), self._database.now()):
            return due_at
        with self._database.transaction() as session:
            row = claim(session, JobRow, self._retry)
            if row is None:
                return next_due(session, JobRow)
            row.begin(self._lease, session.now)
            now, job = session.now, _job(row)
        self._do(job)
        return now

    def _do(self, job: Job) -> None:
        attributes = {"hub.correlation_id": job.context.correlation_id}
        try:
            with tracing.span(f"do {job.name}", SpanKind.INTERNAL, attributes, job.traceparent):
                self._bring_to_an_end(job)
        except Lost:
            log(__name__).info("a job was stopped or taken over", job=job.name, job_id=job.id)
        except HandedBack:
            self._record(job, lambda row, now: row.hand_back(now))
        except Refusal as refusal:
            self._record(job, lambda row, now, why=refusal: row.refuse(why, now))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - an edge: a job that fails must be tried again, never end the pump
            log(__name__).warning("a job failed", job=job.name, job_id=job.id, exc_info=error)
            reason = f"{type(error).__name__}: {error}"[:2000]
            self._record(job, lambda row, now: row.fail(reason, self._retry, now))

    def _bring_to_an_end(self, job: Job) -> None:
        """Take steps, and think in between, until there is an outcome."""
        goes_on = True
        while goes_on:
            if self._stopping.is_set():
                raise HandedBack
            try:
                goes_on = self._step(job)
            except Unthought as open_question:
                if len(job.thoughts) >= MOST_THOUGHTS:
                    raise ChangedMeanwhile from None
                job.thoughts.append((open_question.asked, *self._thought(job, *open_question.asked)))
            except CONFLICTS as error:
                if not is_conflict(error):
                    raise
                if len(job.thoughts) >= MOST_THOUGHTS:
                    raise ChangedMeanwhile from None
                job.thoughts.append((None, "gave", None))  # one of the tries

    def _step(self, job: Job) -> bool:
        """One transaction; returns whether another is to follow."""
        with self._database.transaction(job.context) as session:
            row = job.row(session)
            session.info[ASKED_AT] = row.created_at
            found = self._works[job.name](session, job, **job.arguments)
            if isinstance(found, Next):
                row.go_on(found.saved, found.done, found.total)
                row.due_at = session.now + self._lease
                job.saved, job.progress, job.thoughts = found.saved, (found.done, found.total), []
                return True
            row.succeed(found, session.now)
            session.wake(ENDED)
        return False

    def _thought(self, job: Job, function: Callable[..., Any], arguments: Any, named: Any) -> tuple[str, Any]:
        """("gave", value) or ("raised", error)."""
        return answered(self._limits, _Renewing(self, job), function, *arguments, **named)

    def renew(self, job: Job, done: int, total: int) -> None:
        """Keep the claim; raises Lost where somebody has stopped the job, HandedBack where this process is to end."""
        if self._stopping.is_set():
            raise HandedBack
        own = (JobRow.id == job.id, JobRow.claim == job.claim, JobRow.state == State.WAITING)
        with _patiently(), self._database.transaction() as session:
            facts = {"due_at": session.now + self._lease} | ({"done": done, "total": total} if total else {})
            if not session.scalar(update(JobRow).where(*own).values(facts).returning(JobRow.id)):
                raise Lost

    def _record(self, job: Job, change: Callable[[JobRow, datetime], None]) -> None:
        """Write down what became of a try, unless it is another's by now."""
        try:
            with self._database.transaction() as session:
                change(job.row(session), session.now)
                session.wake(ENDED)
                session.wake(JOBS)
        except Lost:
            log(__name__).info("a job was stopped or taken over", job=job.name, job_id=job.id)


class _Renewing:
    """Renews the claim from time to time, and at once where the progress has changed or the process is to end."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs, self._job = jobs, job
        self._told, self._at = (0, 0), time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        overdue = time.monotonic() - self._at >= RENEW_EVERY
        if overdue or (done, total) != self._told or self._jobs._stopping.is_set():
            self._jobs.renew(self._job, done, total)
            self._told, self._at = (done, total), time.monotonic()


@contextmanager
def _patiently() -> Iterator[None]:
    """A database that is away for a moment costs the claim only if it stays away."""
    try:
        yield
    except (OperationalError, PoolTimeout, DatabaseBusy) as error:
        log(__name__).warning("the claim of a job could not be renewed", error=type(error).__name__)


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        name=row.name,
        claim=str(row.claim),
        arguments=row.arguments or {},
        context=row.context,
        traceparent=row.traceparent,
        saved=row.saved or {},
        progress=(row.done, row.total),
    )


Method = TypeVar("Method", bound=Work)


def job(name: str) -> Callable[[Method], Method]:
    """Marks the service method that is the work of jobs of this name: `def tell(self, session, job, *, announcement_id)`."""

    def mark(method: Method) -> Method:
        method.job = name  # type: ignore[attr-defined]
        return method

    return mark
