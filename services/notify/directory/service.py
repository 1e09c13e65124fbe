"""The directory on the wire: what is heard of others; families above it follow by hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.alliances.membership.memberships import MEMBERSHIP_MESSAGES
from contracts.alliances.merging.mergers import MergerMessage, OrganizationsMerged, OrganizationsUnmerged
from contracts.alliances.people.persons import PersonCalled
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.mergers import Told, keep_mergers
from services.notify.directory.commands import MembershipMessage, hold_alone, keep_memberships, keep_roles
from services.notify.directory.lending import lend
from services.notify.directory.model import MEMBERSHIPS_KEPT, ROLES_KEPT
from services.notify.directory.naming import keep_names


class DirectoryService(Service):
    """Roles, memberships, mergers and names of persons, as alliances tells of them."""

    @on_messages(RoleGranted, RoleRevoked)
    def keep_role(self, session: Session, received: Sequence[Received[RoleGranted | RoleRevoked]]) -> None:
        new = keep_roles(session, received)
        organizations = {one.message.scope_id: one for one in received if one.message.scope_type == "organization"}
        self._follow(session, ROLES_KEPT, new)
        self._lend(session, organizations)

    @on_messages(OrganizationsMerged, OrganizationsUnmerged)
    def keep_merger(self, session: Session, received: Sequence[Received[MergerMessage]]) -> None:
        keep_mergers(session, (Told.by(one.message, one.envelope.version) for one in received))
        self._lend(session, {one.message.other.id: one for one in received})

    @on_messages(*MEMBERSHIP_MESSAGES)
    def keep_membership(self, session: Session, received: Sequence[Received[MembershipMessage]]) -> None:
        self._follow(session, MEMBERSHIPS_KEPT, keep_memberships(session, received))

    @on_messages(PersonCalled)
    def keep_name(self, session: Session, received: Sequence[Received[PersonCalled]]) -> None:
        keep_names(session, received)

    def _follow(self, session: Session, hook: str, new: Mapping[str, Received[Any]]) -> None:
        if new:
            hold_alone(session)
            for follow in self.hooked(hook):
                follow(session, new)

    def _lend(self, session: Session, heard: Mapping[str, Received[Any]]) -> None:
        """Let who represents these organisations represent all that are one with them, as what was heard last."""
        if heard:
            hold_alone(session)
            *_, last = heard.values()
            self._follow(session, ROLES_KEPT, dict.fromkeys(lend(session, heard.keys()), last))
