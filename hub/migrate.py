"""Migrate: makes ready what a service needs before it starts: its database, and its queues on the broker.

The queues come first in the life of an installation, because a message that finds no queue reaches nobody: run this for
every service before any service starts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from hub.services import service_class
from kit.broker import amqp
from kit.messages.on_message import OnMessage
from kit.process import migrate as migrations
from kit.process.migrate import ContractFirst, migrate
from kit.process.runtime import entrypoints
from kit.settings import Settings


def prepare(settings: Settings, service: str, *, contract: bool = False) -> str | None:
    """Bring the database to the newest revision, which is returned, and declare the queues where there is a broker.

    With `contract` also take away what only older releases use.
    """
    try:
        revision = migrate(service, settings.database(service), contract=contract)
    except ContractFirst as first:
        raise click.ClickException(
            f"{service}: 须先收缩 · {first} has to be contracted first: hub migrate --contract {service}"
        ) from None
    if settings.amqp_uri:
        declare_queues(settings.amqp_uri, service)
    return revision


def declare_queues(uri: str, service: str) -> None:
    """Declare the queues in which messages wait for the handlers of a service, as a user who may."""
    connection = amqp.connect_patiently(uri, "hub migrate")
    try:
        amqp.declare_exchanges(connection)
        channel = connection.channel()
        for name, handler in entrypoints(service_class(service), OnMessage):
            amqp.declare_handler_queue(channel, amqp.handler_queue(service, name, handler.version), handler.types)
    finally:
        connection.close()


def revise(service: str, message: str) -> Path:
    """Write the next migration of a service: what its mapped classes have that its migrations do not make yet."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/{service}.sqlite3"
        migrate(service, url)
        return migrations.revise(service, url, service_class(service).tables, message)
