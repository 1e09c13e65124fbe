"""Long commands: a command that may need thinking is answered at once where it needs none, and goes on as a job where it does.

The caller is answered as by any command when the job ends in time, and else told which job to look for. The same
idempotency key asks for the end of the same job.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from contracts.base import Refusal
from contracts.forms import Input, read
from contracts.jobs import JobStatus, JobStopped, StillRunning
from kit.calls.rpc import Method, Rpc, asking, observed, result_payload, taken
from kit.calls.transacting import transacted
from kit.data.db import Session
from kit.data.wakeups import Wakeups
from kit.rights.right import Right
from kit.wire.request import Payload, Request, error_payload, refused_payload
from kit.wire.serving import Serving
from kit.work.due import State
from kit.work.job_rows import ENDED, JobRow, ask_for
from kit.work.jobs import Job, Unthought, unthought

LOOK_EVERY = 1.0  # seconds, where the end is not told: by another process's session that died, or on its way
MARGIN = 0.5  # seconds before the caller gives up in which an answer can still reach it
_JOB = "job"


def long_command(form_class: type[Input], *, right: Right) -> Callable[[Method], Method]:
    """A command whose method takes `think` behind the session: `def assign(self, session, think, *, stage_id)`."""
    form = form_class()

    def decorate(method: Method) -> Method:
        asked = asking(method, right)

        @wraps(method)
        def entrypoint(service: Serving, request: Request) -> Payload | None:
            return observed(service.name, request, lambda: _ask(service, asked, form, request))

        decorated: Method = Rpc.decorator(reads=False, form=form_class, right=right)(entrypoint)
        decorated.work = partial(_work, asked, form)  # type: ignore[attr-defined]
        return decorated

    return decorate


def _work(method: Method, form: Input, service: Serving, session: Session, job: Job, **given: Any) -> Any:
    """The command as the work of a job."""
    return method(service, session, job.think, **read(form, given))


def _ask(service: Serving, method: Method, form: Input, request: Request) -> Payload:
    arguments = taken(form, request)
    try:
        payload = transacted(
            service, request, lambda session: result_payload(method(service, session, unthought, **arguments))
        )
    except Unthought:
        most = service.runtime.settings.jobs.each
        payload = transacted(service, request, lambda session: _enqueued(session, request, most))
    return _awaited(service, payload, request) if _JOB in payload else payload


def _enqueued(session: Session, request: Request, most: int) -> Payload:
    """What is kept under the idempotency key until it runs out: which job has the answer."""
    job_id = ask_for(session, request.method, request.arguments, most=most)
    return {**_still_running(job_id), _JOB: job_id}


def _awaited(service: Serving, payload: Payload, request: Request) -> Payload:
    """The answer of the job, where it ends before the caller gives up."""
    job_id, runtime = payload[_JOB], service.runtime
    until = time.time() + runtime.settings.jobs.wait
    if request.deadline:
        until = min(until, request.deadline - MARGIN)

    def look() -> Payload | None:
        with runtime.database.transaction(request.context, writes=False) as session:
            return _outcome(session.get(JobRow, job_id))

    return runtime.endings.first(look, until) or _still_running(job_id)


def _outcome(row: JobRow | None) -> Payload | None:
    if row is not None and row.status == JobStatus.QUEUED and row.error:  # it failed, and will be tried again
        return error_payload("Unavailable", "unavailable", row.correlation_id)
    if row is None or row.state == State.WAITING:
        return None
    if row.state == State.PARKED:
        return error_payload("Bug", "bug", row.correlation_id)
    if row.problems:
        return {**refused_payload(Refusal.of(row.problems[0])), "error": _error(row.problems)}
    return result_payload(row.outcome["result"]) if row.outcome else refused_payload(JobStopped())


def _error(problems: list[dict[str, Any]]) -> dict[str, Any]:
    code = str(problems[0]["code"])
    return {**error_payload(code, "refusal", code)["error"], "problems": problems}


def _still_running(job_id: str) -> Payload:
    return refused_payload(StillRunning(job=job_id))


class Endings:
    """Lets callers sleep until some job has ended, in this process or another."""

    def __init__(self, wakeups: Wakeups) -> None:
        self._changed = threading.Condition()
        self._ended = 0
        wakeups.on(ENDED, self._note)

    def first(self, look: Callable[[], Payload | None], until: float) -> Payload | None:
        """What `look` gives once that is something; None at that time of the machine's clock. No transaction stays open."""
        while True:
            seen = self._ended
            found = look()
            left = until - time.time()
            if found is not None or left <= 0:
                return found
            with self._changed:
                self._changed.wait_for(lambda seen=seen: self._ended != seen, min(left, LOOK_EVERY))  # type: ignore[misc]

    def _note(self) -> None:
        with self._changed:
            self._ended += 1
            self._changed.notify_all()
