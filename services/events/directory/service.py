"""The directory on the wire: it hears what alliances says and keeps the newest of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update

from contracts.alliances.membership.memberships import MEMBERSHIP_MESSAGES, MembershipMessage
from contracts.alliances.registry.alliances import AllianceFounded
from contracts.alliances.registry.organizations import OrganizationChanged, OrganizationRegistered
from kit.calls.hooks import hook
from kit.calls.mergers import MERGERS_KEPT
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.many import Row, keep_newest
from kit.messages.handlers import Received
from kit.messages.on_message import on_message, on_messages
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

    @on_messages(*MEMBERSHIP_MESSAGES)
    def keep_membership(self, session: Session, received: Sequence[Received[MembershipMessage]]) -> None:
        keep_newest(session, AllianceMember, [_standing(one) for one in received], "membership_id")

    @on_message(AllianceFounded)
    def keep_alliance(self, session: Session, message: AllianceFounded, envelope: Envelope) -> None:
        session.merge(Alliance(id=message.alliance.id))


def _standing(one: Received[MembershipMessage]) -> Row:
    return {
        "membership_id": one.message.membership_id,
        "version": one.envelope.version,
        "alliance_id": one.message.alliance.id,
        "organization_id": one.message.organization.id,
        "status": one.message.status,
    }
