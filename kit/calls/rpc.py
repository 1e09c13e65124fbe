"""RPC: the entrypoints `command` and `query`, and the one pipeline behind them: decode, check, transact, answer.

A service method is written as `def admit_member(self, session, *, membership_id)`. What stands on the class takes a
Request and gives a Payload, so that both runners and nameko call the same thing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from nameko.extensions import Entrypoint
from opentelemetry.trace import SpanKind
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.base import Refusal
from contracts.forms import Input, read
from contracts.refusals import ChangedMeanwhile
from kit.broker.consumer import Consumer
from kit.calls import answers
from kit.data.conflicts import CONFLICTS, is_conflict
from kit.data.db import DatabaseBusy, Session
from kit.files.store import StoreAway
from kit.rights.asking import begin, end, unasked
from kit.rights.right import PUBLIC, Right
from kit.settings import Keeping
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import during, log
from kit.wire.request import FAULTS, Payload, Request, error_payload, outcome_of, refused_payload
from kit.wire.serving import Serving

Method = Callable[..., Any]
Perform = Callable[[Session], Payload]
TRIES = 3


class Rpc(Entrypoint):
    """A method that can be called over the wire; `reads` ones may be repeated and batched."""

    consumer = Consumer()

    def __init__(
        self,
        *,
        reads: bool,
        form: type[Input] | None = None,
        right: Right = PUBLIC,
        shows: Right = PUBLIC,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.form = form
        self.reads = reads
        self.right = right
        self.shows = shows

    def setup(self) -> None:
        self.consumer.serve(self)

    def stop(self) -> None:
        self.consumer.pause()


def command(form: type[Input], *, right: Right) -> Callable[[Method], Method]:
    """A method that changes something, for those who have the right: one transaction, once for an idempotency key."""
    return _entrypoint(form, right, PUBLIC, reads=False)


def query(form: type[Input], *, right: Right = PUBLIC, shows: Right = PUBLIC) -> Callable[[Method], Method]:
    """A method that only reads: `right` says who is answered, `shows` to whom each row (or a part of it) is shown."""
    return _entrypoint(form, right, shows, reads=True)


def _entrypoint(form_class: type[Input], right: Right, shows: Right, *, reads: bool) -> Callable[[Method], Method]:
    form = form_class()

    def decorate(method: Method) -> Method:
        asked = asking(method, right)

        @wraps(method)
        def entrypoint(service: Serving, request: Request) -> Payload | None:
            run = _read if reads else _command
            return observed(service.name, request, lambda: run(service, asked, form, request))

        decorated: Method = Rpc.decorator(reads=reads, form=form_class, right=right, shows=shows)(entrypoint)
        return decorated

    return decorate


def asking(method: Method, right: Right) -> Method:
    """The method, which must ask for the right that it names; a visitor is refused at once where nobody is meant."""

    def asked(service: Serving, session: Session, *think: Any, **arguments: Any) -> Any:
        begin(session, right)
        try:
            result = method(service, session, *think, **arguments)
        except Refusal as refusal:
            raise unasked(session, right, refusal) from None
        end(session, right)
        return result

    return asked


def _read(service: Serving, method: Method, form: Input, request: Request) -> Payload:
    arguments = read(form, request.arguments)
    with service.runtime.database.transaction(request.context, writes=False) as session:
        return result_payload(method(service, session, **arguments))


def _command(service: Serving, method: Method, form: Input, request: Request) -> Payload:
    arguments = taken(form, request)
    return transacted(service, request, lambda session: result_payload(method(service, session, **arguments)))


def taken(form: Input, request: Request) -> dict[str, Any]:
    """The arguments of a command; refuses a key, or a form, that cannot be."""
    answers.check_key(request.idempotency_key)
    return read(form, request.arguments)


def transacted(service: Serving, request: Request, perform: Perform) -> Payload:
    """What `perform` answers in a transaction of its own, once for an idempotency key, again where two have met."""
    for tries_left in reversed(range(TRIES)):
        try:
            return _transact(service, request, perform)
        except CONFLICTS as error:
            if not is_conflict(error):
                raise
            if not tries_left:
                if isinstance(error, OperationalError):
                    raise
                raise ChangedMeanwhile from None
    raise AssertionError("the loop above returns or raises")


def _transact(service: Serving, request: Request, perform: Perform) -> Payload:
    database = service.runtime.database
    if not request.idempotency_key or not request.context.viewer.signed_in:  # nothing is kept for a visitor
        with database.transaction(request.context) as session:
            return perform(session)
    keeping = service.runtime.settings.keeping
    try:
        with database.transaction(request.context) as session:
            return _once(session, request, keeping, lambda: perform(session))
    except answers.NOT_KEPT:
        raise
    except Refusal as refusal:
        # what was refused is rolled back; the refusal itself is the first answer to this key all the same
        refused = refused_payload(refusal)
        with database.transaction(request.context) as session:
            return _once(session, request, keeping, lambda: refused)


def _once(session: Session, request: Request, keeping: Keeping, perform: Callable[[], Payload]) -> Payload:
    assert request.idempotency_key
    digest = answers.digest(request.method, request.arguments)
    earlier = answers.reserve(session, request.idempotency_key, digest, keeping)
    if earlier is not None:
        return earlier
    payload = perform()
    answers.keep(session, request.idempotency_key, payload)
    return payload


def observed(service: str, request: Request, perform: Callable[[], Payload]) -> Payload | None:
    """Answer a call, timed, counted, and traced below the caller's span."""
    began, name = time.perf_counter(), f"{service}/{request.method}"
    attributes = {"rpc.system.name": "nameko", "rpc.method": name, "hub.correlation_id": request.context.correlation_id}
    with tracing.span(name, SpanKind.SERVER, attributes, request.traceparent) as span:
        payload = _answer(request, perform)
        outcome = outcome_of(payload)
        if outcome in FAULTS:
            tracing.fail(span, outcome)
    metrics.CALLS.labels(service, request.method, outcome).observe(time.perf_counter() - began)
    return payload


def _answer(request: Request, perform: Callable[[], Payload]) -> Payload | None:
    """Turn whatever happens into an answer; None where nobody waits for one any more."""
    if request.expired():
        return None
    with during(correlation_id=request.context.correlation_id):
        try:
            return perform()
        except Refusal as refusal:
            return refused_payload(refusal)
        except (OperationalError, PoolTimeout, DatabaseBusy, StoreAway) as error:
            log(__name__).warning("what a call needs is away", method=request.method, error=type(error).__name__)
            return error_payload("Unavailable", "unavailable", request.context.correlation_id)
        except Exception as error:  # noqa: BLE001 - an edge: a bug is logged once here and told to nobody in detail
            log(__name__).error("a call failed", method=request.method, exc_info=error)
            return error_payload("Bug", "bug", request.context.correlation_id)


def result_payload(result: Any) -> Payload:
    return {"result": result, "error": None}
