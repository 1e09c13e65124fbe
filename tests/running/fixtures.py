"""Fixtures: a hub in each of its two ways of running, started once for the tests of a module.

The tests of one module share it, so each takes people and names of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from kit.settings import SERVICES
from tests.databases.templates import TEMPLATES
from tests.running.keys import agreed
from tests.running.processes import RunningHub, running
from tests.servers.fixtures import revived
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.smtp import MailServer

BOTH = ["embedded", pytest.param("distributed", marks=pytest.mark.live)]
_numbers = count(1)


@pytest.fixture(scope="module")
def embedded_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """The whole hub in one process on SQLite."""
    with _post_office() as mail, running(RunningHub(tmp_path_factory.mktemp("hub"), **_to(mail))) as hub:
        hub.mail = mail
        yield hub


@pytest.fixture(scope="session")
def demo_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """The whole hub as `make run` starts it, with the demo data, which its tests leave as they were."""
    with running(RunningHub(tmp_path_factory.mktemp("demo"), HUB_DEMO="true")) as hub:
        yield hub


@pytest.fixture(scope="module")
def distributed_hub(
    tmp_path_factory: pytest.TempPathFactory, _broker: RabbitMQ, _database_server: PostgreSQL
) -> Iterator[RunningHub]:
    """The gateway and the four services as processes of their own on RabbitMQ and PostgreSQL; with two a key is agreed."""
    with _post_office() as mail:
        settings = _to(mail) | agreed("alliances", "events")
        made = distributed(tmp_path_factory.mktemp("hub"), _broker, _database_server, **settings)
        with running(made) as hub:
            hub.mail = mail
            yield hub


@pytest.fixture(scope="module", params=BOTH)
def hub(request: pytest.FixtureRequest) -> RunningHub:
    """A running hub; the tests of a module are run once on each kind."""
    found: RunningHub = request.getfixturevalue(f"{request.param}_hub")
    return found


def distributed(home: Path, broker: RabbitMQ, server: PostgreSQL, **settings: str) -> RunningHub:
    """A hub in processes of its own, with a virtual host and databases that nobody else has."""
    number = next(_numbers)
    templates = {name: TEMPLATES.on(revived(server), name) for name in SERVICES}
    databases = {
        name: server.database(f"hub{number}_{name}", template=template) for name, template in templates.items()
    }
    return RunningHub(home, revived(broker).vhost(f"hub{number}"), databases, **settings)


@contextmanager
def _post_office() -> Iterator[MailServer]:
    """The mail server of one hub."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _to(server: MailServer) -> dict[str, str]:
    return {"HUB_SMTP_HOST": "127.0.0.1", "HUB_SMTP_PORT": str(server.port)}
