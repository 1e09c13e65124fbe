"""The directory on the wire: what is heard of others; families above it follow by hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.alliances.membership.memberships import MEMBERSHIP_MESSAGES
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from services.notify.directory.commands import MembershipMessage, hold_alone, keep_memberships, keep_roles
from services.notify.directory.model import MEMBERSHIPS_KEPT, ROLES_KEPT


class DirectoryService(Service):
    """Roles and memberships, as alliances tells of them."""

    @on_messages(RoleGranted, RoleRevoked)
    def keep_role(self, session: Session, received: Sequence[Received[RoleGranted | RoleRevoked]]) -> None:
        self._follow(session, ROLES_KEPT, keep_roles(session, received))

    @on_messages(*MEMBERSHIP_MESSAGES)
    def keep_membership(self, session: Session, received: Sequence[Received[MembershipMessage]]) -> None:
        self._follow(session, MEMBERSHIPS_KEPT, keep_memberships(session, received))

    def _follow(self, session: Session, hook: str, new: Mapping[str, Received[Any]]) -> None:
        if new:
            hold_alone(session)
            for follow in self.hooked(hook):
                follow(session, new)
