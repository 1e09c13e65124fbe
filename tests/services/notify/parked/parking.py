"""Parking: rows of every kind that notify has given up on, written down as the hub itself would."""

from __future__ import annotations

from typing import Any

from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.work.due import Due
from kit.work.job_rows import JobRow
from kit.work.timers import DueRow
from services.notify.delivery.model import Confirmation
from services.notify.invitations.commands import FORGET_INVITATION
from services.notify.invitations.model import InvitationMail
from tests.services.notify.notify_hub import NOW, NotifyHub

HANDLERS = ("notify.announce.v1", "notify.keep_tenures.v1")
FAULT = "ValueError: who@example.org 安红"
SAID = {"correlation_id": "c"}
MESSAGE = {"type": "alliances.member_admitted", "subject_type": "membership", "time": NOW, "actor": "ann", "data": {}}


def park_each(notify: NotifyHub) -> list[str]:
    """One of each kind but a delivery, and one message in two handlers; their references."""
    message_id = new_id()
    rows: list[Due] = [
        *(a_message(handler, message_id) for handler in HANDLERS),
        a_message_that_cannot_leave(),
        a_timer(),
        JobRow(id=new_id(), name="export", asked_by="ann", locale="en", created_at=NOW, **SAID),
        Confirmation(id=new_id(), person="ann", created_at=NOW),
        InvitationMail(id=new_id(), created_at=NOW, version=0, heard=0),
    ]
    return park(notify, *rows)


def park(notify: NotifyHub, *rows: Any) -> list[str]:
    with notify.runtime.database.transaction() as session:
        for row in rows:
            row.attempts = 8
            row.park(FAULT, session.now)
            session.add(row)
    return [_reference(row) for row in rows]


def a_message(handler: str, message_id: str) -> InboxRow:
    known = {"subject_id": new_id(), "version": 1, "source": "/alliances", "received_at": NOW}
    return InboxRow(message_id=message_id, handler=handler, **known, **SAID, **MESSAGE)


def a_message_that_cannot_leave() -> OutboxRow:
    return OutboxRow(id=new_id(), subject_id=new_id(), subject_version=1, **SAID, **MESSAGE)


def a_timer() -> DueRow:
    return DueRow(id=new_id(), timer=FORGET_INVITATION, subject_id=new_id(), **SAID)


def _reference(row: Any) -> str:
    return f"{row.handler}/{row.message_id}" if isinstance(row, InboxRow) else f"notify.{row.kind}/{row.id}"
