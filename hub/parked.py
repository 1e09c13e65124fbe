"""Parked: what was given up on, for a person to look at: messages, timers, jobs, deliveries, and dead letters.

A reference is `HANDLER/ID` for a message that came in, `SERVICE.outgoing/ID` for one that could not leave, `SERVICE.KIND/ID`
for a timer, a job or a delivery, `QUEUE/ID` for a dead letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import orjson
from sqlalchemy import inspect, select

from contracts.parked import AskedForAgain, NotParked
from hub.databases import session_of
from hub.services import service_class
from kit.broker.dead_letters import DeadLetter, DiedElsewhere, dead_letters, take_dead_letter
from kit.broker.topology import handler_queue
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.messages import parked
from kit.messages.inbox import InboxRow
from kit.messages.on_message import OnMessage
from kit.messages.outbox import OutboxRow
from kit.process.runtime import entrypoints
from kit.settings import SERVICES, Settings
from kit.work.due import Due, State

MOST = 100  # of each kind in each service that are listed
_AS_WAS_SAID_BEFORE = (".deed/", ".timer/")  # runbooks and notes of operators still name timers so
ELSEWHERE = "这条消息并非死于该队列，只能查看或放弃 · this letter did not die in that queue (it died in: {}); show or discard it"
NOBODY = "没有这条搁置的消息 · there is no such parked message: {}"

ASKED_NOW = (
    "{0} 刚刚有人再次申请办理；请再运行一次以查看现状"
    " · somebody has just asked for {0} again; run this once more to see what stands"
)


def list_parked(settings: Settings) -> Iterator[str]:
    """One line each: reference, type or reason, when it was parked or - where nobody knows, and the error."""
    for service in SERVICES:
        with session_of(settings, service) as session:
            for kind in parked.due_rows(service_class(service).tables):
                query = (
                    select(kind).where(kind.state == State.PARKED).order_by(*inspect(kind).primary_key).limit(MOST + 1)
                )
                rows = session.scalars(query).all()
                for row in rows[:MOST]:
                    yield f"{parked.reference_of(service, row)}  {_about(row)}  {_parked_at(row)}  {row.error}"
                if len(rows) > MOST:
                    yield f"{service}: 还有更多 · there are more of this kind"
    for letter in _letters(settings):
        yield f"{letter.queue}/{letter.id}  dead letter ({letter.reason})  -  {letter.body[:60]!r}"


def show_parked(settings: Settings, reference: str) -> str:
    """All that is known of one, as JSON."""
    queue, _, id_ = reference.rpartition("/")
    for letter in _letters(settings):
        if (letter.queue, letter.id) == (queue, id_):
            return _json({"headers": letter.headers, "content_type": letter.content_type, "body": repr(letter.body)})
    with _parked_row(settings, reference) as (_, row):
        return _json({column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs})


def retry_parked(settings: Settings, reference: str) -> str:
    """Have one tried again: at once, with a fresh series of tries."""

    return _settle(settings, reference, parked.retry, back_to_its_queue=True)


def discard_parked(settings: Settings, reference: str) -> str:
    """Let one go for good."""
    return _settle(settings, reference, parked.discard, back_to_its_queue=False)


def _settle(
    settings: Settings, reference: str, change: Callable[[Session, str, Due], object], *, back_to_its_queue: bool
) -> str:
    queue, _, id_ = reference.rpartition("/")
    if settings.amqp_uri and queue in _queues() and _take_letter(settings, queue, id_, back_to_its_queue):
        return reference
    with _parked_row(settings, reference) as (session, row):
        change(session, _service_of(reference), row)
    return reference


def _take_letter(settings: Settings, queue: str, id_: str, back_to_its_queue: bool) -> bool:
    try:
        return take_dead_letter(settings.amqp_uri, [queue], id_, back_to_its_queue=back_to_its_queue)
    except DiedElsewhere as elsewhere:
        raise click.ClickException(ELSEWHERE.format(elsewhere)) from None


@contextmanager
def _parked_row(settings: Settings, reference: str) -> Iterator[tuple[Session, Due]]:
    reference = reference.replace(*_AS_WAS_SAID_BEFORE, 1)
    service = _service_of(reference)
    if service not in SERVICES:
        raise click.ClickException(NOBODY.format(reference))
    kinds = parked.due_rows(service_class(service).tables)
    try:
        with session_of(settings, service) as session:
            yield session, parked.parked_row(session, service, kinds, reference)
    except NotParked:
        raise click.ClickException(NOBODY.format(reference)) from None
    except AskedForAgain as again:
        raise click.ClickException(f"{again.text('zh-CN')} · {again.text('en')}") from None
    except Contended:
        raise click.ClickException(ASKED_NOW.format(reference)) from None


def _service_of(reference: str) -> str:
    return reference.partition(".")[0]


def _about(row: Any) -> str:
    """What it is about, as far as its kind says."""
    if isinstance(row, InboxRow):
        return f"{row.type}  {row.received_at:%Y-%m-%d %H:%M}"
    if isinstance(row, OutboxRow):
        return f"{row.type}  {row.time:%Y-%m-%d %H:%M}  {row.subject_type}/{row.subject_id}"
    return " ".join(
        str(getattr(row, name))
        for name in ("timer", "name", "subject_id", "channel", "created_at")
        if hasattr(row, name)
    )


def _parked_at(row: Due) -> str:
    return f"{row.parked_at:%Y-%m-%d %H:%M}" if row.parked_at else "-"


def _letters(settings: Settings) -> list[DeadLetter]:
    return dead_letters(settings.amqp_uri, _queues()) if settings.amqp_uri else []


def _queues() -> list[str]:
    """Every queue of the hub that has dead letters; calls have none."""
    return [queue for service in SERVICES for queue in queues_of(service)]


def queues_of(service: str) -> list[str]:
    """The queues in which messages wait for the handlers of a service."""
    handlers = entrypoints(service_class(service), OnMessage)
    return [handler_queue(service, name, handler.version) for name, handler in handlers]


def _json(value: object) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode()
