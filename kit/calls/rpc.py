"""RPC: the entrypoints `command` and `query`, and the one pipeline behind them: decode, check, transact, answer.

A service method is written as `def admit_member(self, session, *, membership_id)`. What stands on the class takes a
Request and gives a Payload, so that both runners and nameko call the same thing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from nameko.extensions import Entrypoint
from opentelemetry.trace import SpanKind, get_current_span
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.base import Refusal
from contracts.forms import Input, read
from kit.broker.consumer import Consumer
from kit.calls import answers
from kit.calls.acting import Acts
from kit.calls.group import Call, Group
from kit.calls.transacting import carry_out, transacted
from kit.data.conflicts import DatabaseBusy, waited_too_long
from kit.data.db import Session
from kit.files.store import StoreAway
from kit.rights.asking import begin, end, unasked
from kit.rights.right import PUBLIC, Right
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import during, log
from kit.wire.request import FAULTS, Payload, Request, error_payload, outcome_of, refused_payload
from kit.wire.serving import Serving

Method = Callable[..., Any]
AWAY = (OperationalError, PoolTimeout, DatabaseBusy, StoreAway)
"""What tells that something is away which a call needs."""


class Rpc(Entrypoint):
    """A method that can be called over the wire; `reads` ones may be repeated and batched, `together` ones are grouped."""

    consumer = Consumer()

    def __init__(
        self,
        *,
        reads: bool,
        together: bool = False,
        form: type[Input] | None = None,
        right: Right = PUBLIC,
        shows: Right = PUBLIC,
        acts: Acts | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.acts = acts
        self.form = form
        self.reads = reads
        self.together = together
        self.right = right
        self.shows = shows

    def setup(self) -> None:
        self.consumer.serve(self)

    def stop(self) -> None:
        self.consumer.pause()


def command(
    form: type[Input], *, right: Right, together: bool = False, acts: Acts | None = None
) -> Callable[[Method], Method]:
    """A method that changes something, for those who have the right: one transaction, once for an idempotency key.

    Where it is about one thing, `acts` says how that must stand, for who is shown what they can do.

    One that may be carried out `together` with others takes all of them, `def submit_entry(self, session, calls: Group)`.
    It refuses them one by one in `calls.each` before it writes anything of them, and answers the others by
    `calls.answer`. What it raises besides, a refusal too, undoes all, and each is carried out by itself.
    """
    return _entrypoint(form, right, PUBLIC, _together if together else _command, together=together, acts=acts)


def query(form: type[Input], *, right: Right = PUBLIC, shows: Right = PUBLIC) -> Callable[[Method], Method]:
    """A method that only reads: `right` says who is answered, `shows` to whom each row (or a part of it) is shown.

    It may be asked again, and many together. What it must not do unseen it leaves a trace of (Session.leave).
    """
    return _entrypoint(form, right, shows, _read, reads=True)


Run = Callable[[Serving, Method, Right, Input, Request], "Payload | None"]


def _entrypoint(
    form_class: type[Input],
    right: Right,
    shows: Right,
    run: Run,
    *,
    reads: bool = False,
    together: bool = False,
    acts: Acts | None = None,
) -> Callable[[Method], Method]:
    form = form_class()

    def decorate(method: Method) -> Method:
        @wraps(method)
        def entrypoint(service: Serving, request: Request) -> Payload | None:
            return observed(service.name, request, lambda: run(service, method, right, form, request))

        decorate_as = Rpc.decorator(
            reads=reads, together=together, form=form_class, right=right, shows=shows, acts=acts
        )
        decorated: Method = decorate_as(entrypoint)
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


def _read(service: Serving, method: Method, right: Right, form: Input, request: Request) -> Payload:
    arguments = read(form, request.arguments)
    database = service.runtime.database
    with database.transaction(request.context, writes=False) as session:
        payload = result_payload(asking(method, right)(service, session, **arguments))
    if session.traces:
        with database.transaction(request.context) as writing:
            for leave in session.traces:
                leave(writing)
    return payload


def _command(service: Serving, method: Method, right: Right, form: Input, request: Request) -> Payload:
    arguments, asked = taken(form, request), asking(method, right)
    return transacted(service, request, lambda session: result_payload(asked(service, session, **arguments)))


def _together(service: Serving, method: Method, right: Right, form: Input, request: Request) -> Payload | None:
    """Carried out with what else has come, or else by itself; None where its turn came too late."""
    call = Call(request, taken(form, request), get_current_span())

    def perform(session: Session, calls: Sequence[Call]) -> None:
        group = Group(session, right, calls)
        group.answer(method(service, session, group) or {})

    def settle(calls: Sequence[Call]) -> None:
        carry_out(service, calls, perform)

    service.runtime.gatherings[request.method].settle(call, settle)
    if call.payload is None and not request.expired():
        _let_out(call.failed)
        settle([call])
    return call.payload


def _let_out(failed: Exception | None) -> None:
    """What is away is away for all that were carried out together; any other fault may be that of one of them."""
    if isinstance(failed, AWAY) and not waited_too_long(failed):
        raise failed


def taken(form: Input, request: Request) -> dict[str, Any]:
    """The arguments of a command; refuses a key, or a form, that cannot be."""
    answers.check_key(request.idempotency_key)
    return read(form, request.arguments)


def observed(service: str, request: Request, perform: Callable[[], Payload | None]) -> Payload | None:
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


def _answer(request: Request, perform: Callable[[], Payload | None]) -> Payload | None:
    """Turn whatever happens into an answer; None where nobody waits for one any more."""
    if request.expired():
        return None
    with during(correlation_id=request.context.correlation_id):
        try:
            return perform()
        except Refusal as refusal:
            return refused_payload(refusal)
        except AWAY as error:
            log(__name__).warning("what a call needs is away", method=request.method, error=type(error).__name__)
            return error_payload("Unavailable", "unavailable", request.context.correlation_id)
        except Exception as error:  # noqa: BLE001 - an edge: a bug is logged once here and told to nobody in detail
            log(__name__).error("a call failed", method=request.method, exc_info=error)
            return error_payload("Bug", "bug", request.context.correlation_id)


def result_payload(result: Any) -> Payload:
    return {"result": result, "error": None}
