"""The directory on the wire: it hears what alliances says and keeps the newest of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from contracts.alliances.membership.memberships import MEMBERSHIP_MESSAGES, MembershipMessage
from contracts.alliances.registry.alliances import AllianceFounded
from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from kit.calls.hooks import hook
from kit.calls.mergers import MERGERS_KEPT
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights.merged import standing_for
from kit.rights.mergers import hold
from kit.wire.envelope import Envelope
from services.events.directory.model import Alliance, AllianceMember, Organization


class DirectoryService(Service):
    """Organisations, alliances and their members, so that no question in events waits for another service."""

    @on_message(OrganizationRegistered, OrganizationChanged)
    def keep_organization(
        self, session: Session, message: OrganizationRegistered | OrganizationChanged, envelope: Envelope
    ) -> None:
        known = session.get(Organization, message.organization.id, with_for_update=True)
        if known and known.version >= envelope.version:
            return
        if known is None:
            hold(session)
        now = known.survivor_id if known else standing_for(session, message.organization.id)
        session.merge(
            Organization(
                id=message.organization.id,
                survivor_id=now,
                version=envelope.version,
                name_zh=message.organization.zh,
                name_en=message.organization.en,
                region=message.region,
                kind=message.kind,
            )
        )

    @hook(MERGERS_KEPT)
    def keep_survivors(self, session: Session, changed: Mapping[str, str | None]) -> None:
        for survivor_id in set(changed.values()):
            ids = [id_ for id_, now in changed.items() if now == survivor_id]
            session.execute(update(Organization).where(Organization.id.in_(ids)).values(survivor_id=survivor_id))

    @on_message(*MEMBERSHIP_MESSAGES)
    def keep_membership(self, session: Session, message: MembershipMessage, envelope: Envelope) -> None:
        known = session.get(AllianceMember, message.membership_id, with_for_update=True)
        if known and known.version >= envelope.version:
            return
        session.merge(
            AllianceMember(
                membership_id=message.membership_id,
                version=envelope.version,
                alliance_id=message.alliance.id,
                organization_id=message.organization.id,
                status=message.status,
            )
        )

    @on_message(AllianceFounded)
    def keep_alliance(self, session: Session, message: AllianceFounded, envelope: Envelope) -> None:
        session.merge(Alliance(id=message.alliance.id))
