"""Fixtures: a hub in each of its two ways of running, for tests that must hold on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kit.settings import SERVICES
from tests.running.processes import RunningHub, running
from tests.servers.smtp import MailServer

BOTH = ["embedded", pytest.param("distributed", marks=pytest.mark.live)]


@pytest.fixture
def embedded_hub(tmp_path: Path, mail_server: MailServer) -> Iterator[RunningHub]:
    """The whole hub in one process on SQLite, its e-mail going to `mail_server`."""
    with running(RunningHub(tmp_path, **_mail(mail_server))) as hub:
        yield hub


@pytest.fixture
def distributed_hub(
    tmp_path: Path, mail_server: MailServer, amqp_uri: str, new_database: Callable[[], str]
) -> Iterator[RunningHub]:
    """The gateway and the four services as processes of their own on RabbitMQ and PostgreSQL."""
    databases = {name: new_database() for name in SERVICES}
    with running(RunningHub(tmp_path, amqp_uri, databases, **_mail(mail_server))) as hub:
        yield hub


@pytest.fixture(params=BOTH)
def hub(request: pytest.FixtureRequest) -> RunningHub:
    """A running hub; the test is run once on each kind."""
    found: RunningHub = request.getfixturevalue(f"{request.param}_hub")
    return found


def _mail(server: MailServer) -> dict[str, str]:
    return {"HUB_SMTP_HOST": "127.0.0.1", "HUB_SMTP_PORT": str(server.port)}
