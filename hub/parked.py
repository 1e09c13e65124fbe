"""Parked: what was given up on, for a person to look at: rows of the inboxes, and letters in the dead-letter queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import orjson

from hub.databases import session_of
from hub.services import service_class
from kit.amqp import handler_queue, rpc_queue
from kit.db import Session
from kit.dead_letters import DeadLetter, dead_letters, take_dead_letter
from kit.due import State
from kit.inbox import RETRIES, InboxRow, parked
from kit.on_message import OnMessage
from kit.runtime import entrypoints
from kit.settings import SERVICES, Settings

NOBODY = "没有这条搁置的消息 · there is no such parked message: {}"


def list_parked(settings: Settings) -> Iterator[str]:
    """One line each: reference, type or reason, since when, and the error."""
    for service in SERVICES:
        with session_of(settings, service) as session:
            for row in parked(session):
                yield f"{row.handler}/{row.message_id}  {row.type}  {row.received_at:%Y-%m-%d %H:%M}  {row.error}"
    for letter in _letters(settings):
        yield f"{letter.queue}/{letter.id}  dead letter ({letter.reason})  {letter.body[:60]!r}"


def show_parked(settings: Settings, reference: str) -> str:
    """All that is known of one, as JSON."""
    queue, _, id_ = reference.rpartition("/")
    for letter in _letters(settings):
        if (letter.queue, letter.id) == (queue, id_):
            return _json({"headers": letter.headers, "content_type": letter.content_type, "body": repr(letter.body)})
    with _parked_row(settings, queue, id_) as (_, row):
        return _json({"message": row.envelope().__dict__, "attempts": row.attempts, "error": row.error})


def retry_parked(settings: Settings, reference: str) -> str:
    """Have one tried again: at once, with a fresh series of tries."""

    def again(session: Session, row: InboxRow) -> None:
        row.try_again(session.now)
        session.wake(RETRIES)

    return _settle(settings, reference, again, back_to_its_queue=True)


def discard_parked(settings: Settings, reference: str) -> str:
    """Let one go for good; its inbox row stays, so that it cannot come again."""

    def drop(_: Session, row: InboxRow) -> None:
        row.finish()
        row.data = None

    return _settle(settings, reference, drop, back_to_its_queue=False)


def _settle(
    settings: Settings, reference: str, change: Callable[[Session, InboxRow], None], *, back_to_its_queue: bool
) -> str:
    queue, _, id_ = reference.rpartition("/")
    if settings.amqp_uri and take_dead_letter(settings.amqp_uri, [queue], id_, back_to_its_queue=back_to_its_queue):
        return reference
    with _parked_row(settings, queue, id_) as (session, row):
        change(session, row)
    return reference


@contextmanager
def _parked_row(settings: Settings, handler: str, message_id: str) -> Iterator[tuple[Session, InboxRow]]:
    service = handler.partition(".")[0]
    if service not in SERVICES:
        raise click.ClickException(NOBODY.format(f"{handler}/{message_id}"))
    with session_of(settings, service) as session:
        row = next((row for row in parked(session) if (row.handler, row.message_id) == (handler, message_id)), None)
        if row is None or row.state != State.PARKED:
            raise click.ClickException(NOBODY.format(f"{handler}/{message_id}"))
        yield session, row


def _letters(settings: Settings) -> list[DeadLetter]:
    return dead_letters(settings.amqp_uri, _queues()) if settings.amqp_uri else []


def _queues() -> list[str]:
    """Every queue of the hub that has a dead-letter queue."""
    return [queue for service in SERVICES for queue in (rpc_queue(service), *queues_of(service))]


def queues_of(service: str) -> list[str]:
    """The queues in which messages wait for the handlers of a service."""
    handlers = entrypoints(service_class(service), OnMessage)
    return [handler_queue(service, name, handler.version) for name, handler in handlers]


def _json(value: object) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode()
