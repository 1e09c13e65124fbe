"""The directory on the wire: what is heard of others; families above it follow by hooks."""

from __future__ import annotations

from contracts.alliances.authority import RoleGranted, RoleRevoked
from contracts.alliances.membership import MEMBERSHIP_MESSAGES
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.wire.envelope import Envelope
from services.notify.directory.commands import MembershipMessage, keep_membership, keep_role
from services.notify.directory.model import MEMBERSHIP_KEPT, ROLE_KEPT


class DirectoryService(Service):
    """Roles and memberships, as alliances tells of them."""

    @on_message(RoleGranted, RoleRevoked)
    def keep_role(self, session: Session, message: RoleGranted | RoleRevoked, envelope: Envelope) -> None:
        keep_role(session, message, envelope)
        for follow in self.hooked(ROLE_KEPT):
            follow(session, message.grant_id)

    @on_message(*MEMBERSHIP_MESSAGES)
    def keep_membership(self, session: Session, message: MembershipMessage, envelope: Envelope) -> None:
        keep_membership(session, message, envelope)
        for follow in self.hooked(MEMBERSHIP_KEPT):
            follow(session, message.membership_id)
