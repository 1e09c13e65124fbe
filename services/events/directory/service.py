"""The directory on the wire: it hears what alliances says and keeps the newest of it."""

from __future__ import annotations

from contracts.alliances import AllianceFounded, OrganizationChanged, OrganizationRegistered, RoleGranted, RoleRevoked
from contracts.authority import Scope
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights import grants
from kit.wire.envelope import Envelope
from services.events.directory.model import Alliance, Organization


class DirectoryService(Service):
    """Organisations, alliances and grants, so that no question in events waits for another service."""

    @on_message(OrganizationRegistered, OrganizationChanged)
    def keep_organization(
        self, session: Session, message: OrganizationRegistered | OrganizationChanged, envelope: Envelope
    ) -> None:
        known = session.get(Organization, message.organization.id, with_for_update=True)
        if known and known.version >= envelope.version:
            return
        session.merge(
            Organization(
                id=message.organization.id,
                version=envelope.version,
                name_zh=message.organization.zh,
                name_en=message.organization.en,
                region=message.region,
                kind=message.kind,
            )
        )

    @on_message(AllianceFounded)
    def keep_alliance(self, session: Session, message: AllianceFounded, envelope: Envelope) -> None:
        session.merge(Alliance(id=message.alliance.id))

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
