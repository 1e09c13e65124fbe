"""Transacting: calls are carried out in one transaction, each once for its idempotency key, again where two have met."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.exc import OperationalError

from contracts.base import Refusal
from contracts.refusals import ChangedMeanwhile
from kit.calls import answers
from kit.calls.group import Apart, Call
from kit.data.conflicts import CONFLICTS, is_conflict
from kit.data.db import Session
from kit.wire.request import Payload, Request
from kit.wire.serving import Serving

Perform = Callable[[Session, Sequence[Call]], None]
"""Settles each of these calls. Where it raises, nothing is done; a refusal that it raises is that of a call alone."""
TRIES = 3


def carry_out(service: Serving, calls: Sequence[Call], perform: Perform) -> None:
    """Settle these calls. What cannot be done for several in one transaction is done in halves, in the same order."""
    for tries_left in reversed(range(TRIES)):
        try:
            _try(service, calls, perform, retried=tries_left < TRIES - 1)
            return
        except (Apart, Refusal):
            break
        except CONFLICTS as error:
            if not is_conflict(error):
                raise
            if not tries_left and len(calls) == 1:
                _give_up(calls[0], error)
                return
    half = len(calls) // 2
    carry_out(service, calls[:half], perform)
    carry_out(service, calls[half:], perform)


def transacted(service: Serving, request: Request, perform: Callable[[Session], Payload]) -> Payload:
    """What `perform` answers to a call that is carried out alone."""
    call = Call(request)

    def alone(session: Session, _: Sequence[Call]) -> None:
        call.payload = perform(session)

    carry_out(service, [call], alone)
    assert call.payload is not None
    return call.payload


def _give_up(call: Call, error: Exception) -> None:
    if isinstance(error, OperationalError):
        raise error
    call.refuse(ChangedMeanwhile())


def _try(service: Serving, calls: Sequence[Call], perform: Perform, *, retried: bool) -> None:
    try:
        _transact(service, calls, perform, retried=retried)
    except Refusal as refusal:
        if len(calls) > 1:
            raise
        _refuse(service, calls[0], refusal)


def _refuse(service: Serving, call: Call, refusal: Refusal) -> None:
    """What was refused is rolled back; the refusal itself is the first answer to its key all the same."""
    if call.key is None or isinstance(refusal, answers.NOT_KEPT):
        call.refuse(refusal)
    else:
        _transact(service, [call], lambda _, calls: [each.refuse(refusal) for each in calls], retried=False)


def _transact(service: Serving, calls: Sequence[Call], perform: Callable[..., object], *, retried: bool) -> None:
    runtime = service.runtime
    try:
        with runtime.database.transaction(calls[0].context) as session:
            session.people = frozenset(call.context.viewer.id for call in calls)
            session.retried = retried
            new = answers.reserve(session, calls, runtime.settings.keeping)
            if new:
                perform(session, new)
                answers.keep(session, new)
    except BaseException:
        for call in calls:
            call.forget()
        raise
