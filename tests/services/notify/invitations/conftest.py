"""A mail server that can refuse, for a notify service that sends invitations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import StrictServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = StrictServer()
    server.strict = False
    server.start()
    yield server
    server.stop()
