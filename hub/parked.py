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

from contracts.ids import is_id
from hub.databases import session_of
from hub.services import service_class
from kit.broker.dead_letters import DeadLetter, DiedElsewhere, dead_letters, take_dead_letter
from kit.broker.topology import handler_queue
from kit.data.db import Session
from kit.messages.inbox import InboxRow
from kit.messages.on_message import OnMessage
from kit.messages.outbox import OutboxRow
from kit.process.runtime import due_rows, entrypoints
from kit.settings import SERVICES, Settings
from kit.work.due import Due, State
from kit.work.job_rows import JobRow, asked_again

MOST = 100  # of each kind in each service that are listed
_AS_WAS_SAID_BEFORE = (".deed/", ".timer/")  # runbooks and notes of operators still name timers so
ELSEWHERE = "这条消息并非死于该队列，只能查看或放弃 · this letter did not die in that queue (it died in: {}); show or discard it"
ASKED_AGAIN = (
    "本人已重新提交同一工作，正在办理 {0}；请放弃本条 · the same person has asked for this again and it is under way as {0}:"
    " discard this one"
)
NOBODY = "没有这条搁置的消息 · there is no such parked message: {}"


def list_parked(settings: Settings) -> Iterator[str]:
    """One line each: reference, type or reason, since when, and the error."""
    for service in SERVICES:
        with session_of(settings, service) as session:
            for kind in due_rows(service_class(service)):
                query = (
                    select(kind).where(kind.state == State.PARKED).order_by(*inspect(kind).primary_key).limit(MOST + 1)
                )
                rows = session.scalars(query).all()
                for row in rows[:MOST]:
                    yield f"{_reference(service, row)}  {_about(row)}  {row.error}"
                if len(rows) > MOST:
                    yield f"{service}: 还有更多 · there are more of this kind"
    for letter in _letters(settings):
        yield f"{letter.queue}/{letter.id}  dead letter ({letter.reason})  {letter.body[:60]!r}"


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

    def again(session: Session, row: Due) -> None:
        if isinstance(row, JobRow) and (other := asked_again(session, row)):
            raise click.ClickException(ASKED_AGAIN.format(f"{reference.partition('.')[0]}.{JobRow.kind}/{other}"))
        row.try_again(session.now)
        session.wake(row.pump)

    return _settle(settings, reference, again, back_to_its_queue=True)


def discard_parked(settings: Settings, reference: str) -> str:
    """Let one go for good."""

    def let_go(session: Session, row: Due) -> None:
        row.discard(session.now)
        session.wake(row.pump)  # something may have waited behind it

    return _settle(settings, reference, let_go, back_to_its_queue=False)


def _settle(
    settings: Settings, reference: str, change: Callable[[Session, Any], None], *, back_to_its_queue: bool
) -> str:
    queue, _, id_ = reference.rpartition("/")
    if settings.amqp_uri and queue in _queues() and _take_letter(settings, queue, id_, back_to_its_queue):
        return reference
    with _parked_row(settings, reference) as (session, row):
        change(session, row)
    return reference


def _take_letter(settings: Settings, queue: str, id_: str, back_to_its_queue: bool) -> bool:
    try:
        return take_dead_letter(settings.amqp_uri, [queue], id_, back_to_its_queue=back_to_its_queue)
    except DiedElsewhere as elsewhere:
        raise click.ClickException(ELSEWHERE.format(elsewhere)) from None


@contextmanager
def _parked_row(settings: Settings, reference: str) -> Iterator[tuple[Session, Due]]:
    reference = reference.replace(*_AS_WAS_SAID_BEFORE, 1)
    name, _, id_ = reference.rpartition("/")
    service = name.partition(".")[0]
    if service not in SERVICES or not is_id(id_):
        raise click.ClickException(NOBODY.format(reference))
    with session_of(settings, service) as session:
        for kind in due_rows(service_class(service)):
            first = inspect(kind).primary_key[0]
            rows = session.scalars(select(kind).where(first == id_, kind.state == State.PARKED))
            for row in rows:
                if _reference(service, row) == reference:
                    yield session, row
                    return
    raise click.ClickException(NOBODY.format(reference))


def _reference(service: str, row: Due) -> str:
    if isinstance(row, InboxRow):
        return f"{row.handler}/{row.message_id}"
    return f"{service}.{row.kind}/{inspect(row).identity[0]}"


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
