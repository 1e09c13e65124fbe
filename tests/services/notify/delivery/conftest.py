"""A notify service with one representative whom e-mail reaches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import StrictServer, reachable
from tests.services.notify.notify_hub import HUANGSHAN, NotifyHub, represents


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = StrictServer()
    server.strict = False
    server.start()
    yield server
    server.stop()


@pytest.fixture
def ready(mailing: NotifyHub) -> NotifyHub:
    """`rep` represents HUANGSHAN and wants e-mail in Chinese."""
    mailing.hear(represents("rep", HUANGSHAN))
    reachable(mailing)
    return mailing
