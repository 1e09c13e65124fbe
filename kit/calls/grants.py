"""Grants: what every service but their owner hears of who may do what, so that no check waits for another service."""

from __future__ import annotations

from contracts.alliances.authority import RoleGranted, RoleRevoked
from contracts.authority import Scope
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights import grants
from kit.wire.envelope import Envelope


class GrantsService(Service):
    """Keeps a copy of every grant, as alliances tells of it."""

    @on_message(RoleGranted, RoleRevoked)
    def keep_grant(self, session: Session, message: RoleGranted | RoleRevoked, envelope: Envelope) -> None:
        grants.keep_grant(
            session,
            grant_id=message.grant_id,
            version=envelope.version,
            person=message.person,
            role=message.role,
            scope=Scope(message.scope_type, message.scope_id),
            granted_at=message.granted_at,
            revoked_at=message.revoked_at,
        )
