"""Topology: every queue of the hub, made from its services' methods and handlers and from what the gateways hear."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

import click
from amqp import AccessRefused, Connection, NotFound

from gateway.amqp_wire import LIVE_STREAM, TOLD_STREAM
from gateway.app import LIVE
from hub.services import service_class
from kit.broker import amqp
from kit.broker.topology import Queue, calls_to, declare, handler_queue, messages_to, replies, stream
from kit.calls.service import Service
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES


def queues_of(service: type[Service]) -> list[Queue]:
    """Those of one service: for calls, and for the messages of each handler."""
    queues = [calls_to(service.name)]
    for name, handler in entrypoints(service, OnMessage):
        queues += messages_to(handler_queue(service.name, name, handler.version), handler.types)
    return queues


def of_service(service: str) -> list[Queue]:
    return queues_of(service_class(service))


def of_gateway(reply_queues: int) -> list[Queue]:
    """Those that all gateways share: one for answers for each, a stream of what goes to open pages, one of what was spent."""
    live, told = stream(LIVE_STREAM, amqp.MESSAGE_EXCHANGE, LIVE), stream(TOLD_STREAM, amqp.GATEWAY_EXCHANGE, [""])
    return [*replies(reply_queues), live, told]


def whole(reply_queues: int) -> list[Queue]:
    return [queue for service in SERVICES for queue in of_service(service)] + of_gateway(reply_queues)


def declare_all(uri: str, queues: Iterable[Queue]) -> None:
    """Declare these queues and the exchanges, as a user who may; raises amqp.AccessRefused for another."""
    with closing(amqp.connect_patiently(uri, "hub broker declare")) as connection:
        declare(connection.channel(), queues)


def declare_or_see(uri: str, queues: Iterable[Queue]) -> None:
    """As an operator declare the queues; as anybody else see that they are there, or end the command."""
    queues = list(queues)
    try:
        declare_all(uri, queues)
    except AccessRefused:
        with closing(amqp.connect(uri, "hub migrate")) as connection:
            absent = missing_queues(connection, queues)
        if absent:
            raise click.ClickException(
                f"缺少队列 · queues are missing: {', '.join(absent)}: hub broker declare"
            ) from None


def missing_queues(connection: Connection, queues: Iterable[Queue]) -> list[str]:
    """The names of those that are not there; asking needs no right."""
    return [queue.name for queue in queues if not _exists(connection, queue.name)]


def _exists(connection: Connection, queue: str) -> bool:
    try:
        with connection.channel() as channel:
            channel.queue_declare(queue, passive=True)
    except NotFound:
        return False
    return True
