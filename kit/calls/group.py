"""Group: calls of one method that are carried out in one transaction, each for itself; a call that comes alone is one too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from opentelemetry.trace import INVALID_SPAN, Span

from contracts.base import Refusal
from kit.context import Context
from kit.data.db import Session
from kit.rights.asking import begin, end, unasked
from kit.rights.right import Right
from kit.telemetry import tracing
from kit.telemetry.logs import during
from kit.wire.request import Payload, Request, refused_payload

Given = TypeVar("Given")
Done = TypeVar("Done")


class Apart(Exception):  # noqa: N818 - it is a state, and no fault
    """What these calls ask for cannot be done for several of them in one transaction."""


@dataclass(eq=False)
class Call:
    """One call: on whose behalf, what it gives, and what came of it; `payload` is there as soon as it is settled.

    `asked` are the rights that were asked for it, `failed` is what ended a transaction that it shared with others, and
    `turn` is told when somebody has carried it out or it is to do so.
    """

    request: Request
    arguments: dict[str, Any] = field(default_factory=dict)
    span: Span = INVALID_SPAN
    payload: Payload | None = None
    refusal: Refusal | None = None
    asked: list[Any] = field(default_factory=list)
    failed: Exception | None = None
    turn: threading.Event = field(default_factory=threading.Event)

    @property
    def context(self) -> Context:
        return self.request.context

    @property
    def key(self) -> tuple[str, str] | None:
        """The viewer and their idempotency key; None where no answer is kept: without a key, and for a visitor."""
        key, viewer = self.request.idempotency_key, self.context.viewer
        return (viewer.id, key) if key and viewer.signed_in else None

    def answer(self, result: Any) -> None:
        self.payload = {"result": result, "error": None}

    def refuse(self, refusal: Refusal) -> None:
        self.refusal, self.payload = refusal, refused_payload(refusal)

    def forget(self) -> None:
        """What it was told is void: the transaction has been rolled back."""
        self.payload, self.refusal, self.asked = None, None, []


class Group:
    """The calls of one transaction that are to be carried out, in the order in which they came."""

    def __init__(self, session: Session, right: Right, calls: Sequence[Call]) -> None:
        self._session = session
        self._right = right
        self._calls = calls

    @property
    def arguments(self) -> dict[Call, dict[str, Any]]:
        """What each call gives."""
        return {call: call.arguments for call in self._calls}

    def each(self, given: Mapping[Call, Given], work: Callable[[Given], Done]) -> dict[Call, Done]:
        """What `work` makes of what is given of each call, on behalf of who made it; one that it refuses is answered so.

        For a call that it refuses it must have written nothing: the others' transaction is committed all the same.
        """
        done = {}
        for call, each in given.items():
            context = call.context
            with (
                self._session.acting(context, call.asked),
                tracing.within(call.span),
                during(correlation_id=context.correlation_id),
            ):
                try:
                    begin(self._session, self._right)
                    done[call] = work(each)
                except Refusal as refusal:
                    call.refuse(unasked(self._session, self._right, refusal))
        return done

    def answer(self, results: Mapping[Call, Any]) -> None:
        """What comes of the calls that were not refused, if the right was asked for each; raises RightNotAskedError."""
        for call in self._calls:
            if call.refusal is None:
                with self._session.acting(call.context, call.asked):
                    end(self._session, self._right)
                call.answer(results[call])

    def apart(self) -> None:
        """Go on only with one call; several are then carried out in parts."""
        if len(self._calls) > 1:
            raise Apart
