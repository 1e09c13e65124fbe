"""Handlers: what a service does with messages: with each by itself, or with all that have come together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from opentelemetry.trace import Span, use_span

from contracts.base import Message
from kit.context import Context
from kit.data.db import Session
from kit.telemetry.logs import during
from kit.viewer import Viewer
from kit.wire.envelope import Envelope


class TooMuch(Exception):  # noqa: N818 - of a batch, not of a message
    """What these messages ask for is too much for one transaction; parts of them are tried. Never said of one message."""


Heard_co = TypeVar("Heard_co", covariant=True)
"""The message's class, or what is read of it."""


@dataclass(frozen=True)
class Received(Generic[Heard_co]):
    """A message as its handler has it: what it says, what is said about it, and the span in which it is handled."""

    message: Heard_co
    envelope: Envelope
    span: Span

    @contextmanager
    def acting(self, session: Session) -> Iterator[None]:
        """What is done inside is the act of whoever caused this message, in its course of events and in its trace."""
        by = replace(context_of(self.envelope), replayed=session.context.replayed)
        with (
            during(correlation_id=by.correlation_id),
            use_span(self.span, record_exception=False, set_status_on_exception=False),
            session.acting(by),
        ):
            yield


Effect = Callable[[Session, Sequence[Received[Message]]], None]
"""What a handler does with messages, none of them twice, in the transaction that also remembers that it was done."""


@dataclass(frozen=True)
class Handler:
    """One subscriber: `name` is also its queue's name, `types` are the messages it hears."""

    name: str
    types: tuple[str, ...]
    effect: Effect


def one_by_one(effect: Callable[[Session, Message, Envelope], None]) -> Effect:
    """The effect on messages that is this one on each of them, in their order."""

    def take(session: Session, received: Sequence[Received[Message]]) -> None:
        for one in received:
            with one.acting(session):
                effect(session, one.message, one.envelope)

    return take


def context_of(envelope: Envelope) -> Context:
    """On whose behalf a message is handled, and in what course of events."""
    return Context(viewer=Viewer(envelope.actor), correlation_id=envelope.correlation_id)
