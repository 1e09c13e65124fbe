"""Grants: what every service but their owner hears of who may do what, so that no check waits for another service."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.grants import Told, keep_grants


class GrantsService(Service):
    """Keeps a copy of every grant, as alliances tells of it."""

    @on_messages(RoleGranted, RoleRevoked)
    def keep_grant(self, session: Session, received: Sequence[Received[RoleGranted | RoleRevoked]]) -> None:
        keep_grants(session, (Told.by(one.message, one.envelope.version) for one in received))
