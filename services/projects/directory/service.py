"""The directory on the wire: it hears of organisations and of grants."""

from __future__ import annotations

from contracts.alliances import OrganizationChanged, OrganizationRegistered, RoleGranted, RoleRevoked
from contracts.authority import Scope
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights import grants
from kit.wire.envelope import Envelope
from services.projects.directory import commands


class DirectoryService(Service):
    """What this service knows of others, so that no question here waits for another service."""

    @on_message(OrganizationRegistered, OrganizationChanged)
    def keep_organization(
        self, session: Session, message: OrganizationRegistered | OrganizationChanged, envelope: Envelope
    ) -> None:
        commands.keep_organization(session, told=message, version=envelope.version)

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
