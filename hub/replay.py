"""Replay: tells a service what the others have said while its database, or the broker, was lost.

The journals of the services are read, and each message takes effect as if it came from the broker: once, for the inbox knows
those that it has. What a service had heard before its database was restored it had told the world, and does not tell again
(`Context.replayed`); what was lost with the broker it never heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from hub.databases import session_of
from hub.services import service_class
from kit.broker.bus import Unavailable
from kit.calls.hooks import RESTORED
from kit.clock import clock_of
from kit.context import Context
from kit.data.db import Session
from kit.ids import first_id
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.process.runtime import Runtime
from kit.settings import SERVICES, Settings
from kit.wire.envelope import Envelope

MARGIN = timedelta(days=1)
"""How long a message may have waited, in an outbox or in a queue, before it was handled; what is known already costs a look."""
PAGE = 500

Lost = Literal["database", "broker"]


@dataclass
class Replayed:
    """How many messages of one service took effect, were known already, or failed (the last of them with `error`)."""

    source: str
    done: int = 0
    known: int = 0
    failed: int = 0
    error: str = ""

    def line(self) -> str:
        counts = f"生效 took effect {self.done}, 已知 known {self.known}, 失败 failed {self.failed}"
        return f"{self.source}: {counts} {self.error}".rstrip()


def replay(settings: Settings, service: str, lost: Lost, since: datetime, until: datetime) -> Iterator[Replayed]:
    """Replay what was said between two moments; may be run again. Of a restored database hold what may have been done since.

    Of a database, `since` is when the backup was made and `until` when it was lost: what came later waits in the queues.
    """
    runtime = Runtime(service_class(service), settings, clock_of(settings.clock_file), _Nowhere())
    try:
        if lost == "database":
            with runtime.database.transaction(Context(replayed=True)) as session:
                for hold in runtime.service.hooked(RESTORED):
                    hold(session, until)
        for source in SERVICES:
            envelopes = _said(settings, source, _heard_by(runtime), since, until)
            yield _replayed(runtime, source, envelopes, heard=lost == "database")
    finally:
        runtime.database.close()


def _heard_by(runtime: Runtime) -> set[str]:
    return {type_ for handler in runtime.handlers.values() for type_ in handler.types}


def _replayed(runtime: Runtime, source: str, envelopes: Iterator[Envelope], *, heard: bool) -> Replayed:
    replayed = Replayed(source)
    for envelope in envelopes:
        for handler in runtime.handlers.values():
            if envelope.type in handler.types:
                try:
                    took_effect = runtime.inbox.replay(handler, envelope, heard=heard)
                except Exception as error:  # noqa: BLE001 - an edge: what fails is counted, and stays to be replayed again
                    replayed.failed, replayed.error = replayed.failed + 1, f"{envelope.id}: {type(error).__name__}"
                else:
                    replayed.done, replayed.known = replayed.done + took_effect, replayed.known + (not took_effect)
    return replayed


def _said(settings: Settings, source: str, types: set[str], since: datetime, until: datetime) -> Iterator[Envelope]:
    """The messages of these types in a service's journal, oldest first, a page at a time."""
    last = first_id(since - MARGIN)
    while True:
        with session_of(settings, source) as session:
            page = (
                select(OutboxRow)
                .where(OutboxRow.id > last, OutboxRow.id < first_id(until), OutboxRow.type.in_(types))
                .order_by(OutboxRow.id)
                .limit(PAGE)
            )
            envelopes = [row.envelope(f"/{source}") for row in session.scalars(page)]
        yield from envelopes
        if len(envelopes) < PAGE:
            return
        last = envelopes[-1].id


def forgotten(settings: Settings, service: str, since: datetime) -> Iterator[str]:
    """What others have heard from a service since then and its restored journal no longer has, a line each.

    Their read models are ahead of it there; docs/operations.md says what can be done.
    """
    for reader in SERVICES:
        heard = select(InboxRow).where(InboxRow.source == f"/{service}", InboxRow.message_id > first_id(since - MARGIN))
        with session_of(settings, reader) as session:
            rows = session.scalars(heard.order_by(InboxRow.message_id)).all()
        with session_of(settings, service) as session:
            known = _known(session, [row.message_id for row in rows])
        for row in rows:
            if row.message_id not in known:
                yield f"{row.handler}  {row.type}  {row.subject_type}/{row.subject_id} v{row.version}  {row.time:%F %T}"


def _known(session: Session, ids: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), PAGE):
        found.update(session.scalars(select(OutboxRow.id).where(OutboxRow.id.in_(ids[start : start + PAGE]))))
    return found


class _Nowhere:
    """Publishes nothing: what a replay records leaves by the relay of the service itself."""

    system = "none"

    def publish(self, _: object) -> None:
        raise Unavailable("a replay publishes nothing")

    def close(self) -> None:
        """There is nothing to close."""
