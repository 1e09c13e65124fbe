"""Mailing: a mail server that can be strict, and what the tests ask of the deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.servers.smtp import MailServer
from tests.services.notify.notify_hub import NotifyHub, eventually

ADDRESS = "rep@example.org"
LONG = timedelta(hours=6)
"""Longer than any wait between two tries."""


def reachable(notify: NotifyHub, person: str = "rep", address: str = ADDRESS, locale: str = "zh-CN") -> None:
    notify.reach(person, address, locale)


def outcomes(notify: NotifyHub) -> list[tuple[str, int, str | None]]:
    return [(row.state, row.attempts, row.error) for row in notify.deliveries()]


def comes_to(notify: NotifyHub, *expected: tuple[str, int, str | None]) -> None:
    """State, tries and error of every delivery, soon."""
    eventually(lambda: outcomes(notify) == list(expected))


class StrictServer(MailServer):
    """Knows no recipient, and says so with the address; ends conversations rudely."""

    strict = True

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.strict:
            return f"550 5.1.1 <{address}> unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, *_: Any) -> str:  # noqa: N802
        return "500 no goodbye"
