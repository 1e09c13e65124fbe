"""A notify service for each test, in a home of its own, and one that sends e-mail to a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases.ground import GROUND
from tests.servers.postgres import PostgreSQL
from tests.servers.smtp import MailServer
from tests.services.notify.notify_hub import NotifyHub


@pytest.fixture
def notify(home: Path) -> Iterator[NotifyHub]:
    hub = NotifyHub()
    yield hub
    hub.stop()


@pytest.fixture
def mailing(notify_settings: None, mail_server: MailServer) -> Iterator[NotifyHub]:
    """A notify service whose mail server is `mail_server`."""
    hub = NotifyHub()
    yield hub
    hub.stop()


@pytest.fixture
def smtp_timeout() -> float:
    """Seconds for an answer of the mail server: a busy machine may take its time, and a try that fails is made again later."""
    return 60


@pytest.fixture
def notify_settings(home: Path, mail_server: MailServer, smtp_timeout: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("HUB_SMTP_PORT", str(mail_server.port))
    monkeypatch.setenv("HUB_SMTP_SENDER", "hub@delta.example.org")
    monkeypatch.setenv("HUB_SMTP_TIMEOUT", str(smtp_timeout))
    monkeypatch.setenv("HUB_PUBLIC_URL", "https://delta.example.org/")


@pytest.fixture
def notify_on_postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: PostgreSQL) -> Iterator[NotifyHub]:
    """A notify service whose transactions really run side by side."""
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    with GROUND.on(postgres):
        hub = NotifyHub()
        yield hub
        hub.stop()
