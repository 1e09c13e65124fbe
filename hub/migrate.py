"""Migrate: makes ready what a service needs before it starts: its database, and its queues on the broker.

The queues come first in the life of an installation, because a message that finds no queue reaches nobody: run this for
every service before any service starts. Who may not declare them sees that they are there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from gateway.settings import GatewaySettings
from hub.services import service_class
from hub.topology import declare_or_see, of_gateway, of_service
from kit.process import migrate as migrations
from kit.process.migrate import ContractFirst, migrate
from kit.settings import Settings


def prepare(settings: Settings, service: str, *, contract: bool = False) -> str | None:
    """Bring the database to the newest revision, which is returned; on a broker declare the queues, or see that they are there.

    With `contract` also take away what only older releases use.
    """
    try:
        revision = migrate(service, settings.database(service), contract=contract)
    except ContractFirst as first:
        raise click.ClickException(
            f"{service}: 须先收缩 · {first} has to be contracted first: hub migrate --contract {service}"
        ) from None
    if settings.amqp_uri:
        declare_or_see(settings.amqp_uri, of_service(service))
    return revision


def prepare_gateway(settings: Settings) -> None:
    """Declare the queues that gateways share, or see that they are there."""
    if settings.amqp_uri:
        declare_or_see(settings.amqp_uri, of_gateway(settings.of(GatewaySettings).reply_queues))


def revise(service: str, message: str) -> Path:
    """Write the next migration of a service: what its mapped classes have that its migrations do not make yet."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/{service}.sqlite3"
        migrate(service, url)
        return migrations.revise(service, url, service_class(service).tables, message)
