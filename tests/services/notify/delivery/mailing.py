"""Mailing: a mail server that can be strict, and what the tests ask of the deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kit.data.many import insert_many
from kit.ids import new_id
from services.notify.delivery.model import Contact, Delivery
from services.notify.notices.model import Announcement, Notice
from tests.servers.smtp import MailServer
from tests.services.notify.notify_hub import ALLIANCE, HUANGSHAN, NOW, NotifyHub, eventually

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


def many_due(notify: NotifyHub, number: int, *, due_at: datetime, attempts: int = 0) -> list[str]:
    """So many people of whom each has an e-mail that is due then; their addresses, in that order."""
    message, persons = new_id(), [f"reader-{place:03}" for place in range(number)]
    shared = {"message_id": message, "rule": "member_admitted"}
    facts = {"alliance": vars(ALLIANCE), "organization": vars(HUANGSHAN)}
    said = {**shared, "time": NOW, "subject_type": "membership", "subject_id": "1", "facts": facts, "actor": None}
    notices = [
        {"id": new_id(), "version": 1, "created_at": NOW, "recipient": person, "reason": "representative", **shared}
        for person in persons
    ]
    mail = {"channel": "email", "created_at": NOW, "state": "waiting", "due_at": due_at, "attempts": attempts}
    addresses = [f"{person}@example.org" for person in persons]
    contacts = [
        {"person": person, "version": 1, "address": address, "confirmed_address": address}
        | {"locale": "en", "wants_email": True}
        for person, address in zip(persons, addresses, strict=True)
    ]
    with notify.runtime.database.transaction() as session:
        insert_many(session, Announcement, [said])
        insert_many(session, Notice, notices)
        insert_many(session, Contact, contacts)
        insert_many(session, Delivery, [{"id": new_id(), "notice_id": notice["id"], **mail} for notice in notices])
    return addresses


class StrictServer(MailServer):
    """Knows no recipient, or not some, and says so with the address; ends conversations rudely. `peers` is who has come."""

    strict = True

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[str] = set()
        self.peers: set[tuple[str, int]] = set()

    async def handle_RCPT(self, _server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        self.peers.add(session.peer)
        if self.strict or address in self.unknown:
            return f"550 5.1.1 <{address}> unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, *_: Any) -> str:  # noqa: N802
        return "500 no goodbye"
