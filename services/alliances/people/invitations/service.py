"""Invitations to a role on the wire."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from contracts.alliances.people import invitations_forms as forms
from contracts.alliances.people.invitations import CODE_PURPOSE, RoleInvitationStatus, RoleInvitationVoid
from contracts.authority import Role, Scope
from contracts.forms import ByIds
from contracts.refusals import NotFound
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.files.tickets import BadTicket, tickets_of
from kit.rights.right import SIGNED_IN
from kit.work.timers import on_due
from services.alliances.authority.roles.commands import appointment_until
from services.alliances.authority.roles.service import require_on, require_to_see, shown
from services.alliances.people.invitations import commands, queries
from services.alliances.people.invitations.schemas import (
    code_view,
    role_invitation_view,
    role_invitation_views,
)
from services.alliances.people.invitations.settings import InvitationSettings
from services.alliances.rights import PASSES_ON_ROLES, SEES_HOLDERS, SENT_INVITATION


class InvitationsService(Service):
    """Roles for persons whose account is not known yet: they sign in, show the code, and hold the role."""

    @command(forms.InviteToRole, right=PASSES_ON_ROLES)
    def invite_to_role(
        self,
        session: Session,
        *,
        role: Role,
        scope_type: str,
        scope_id: str,
        name_zh: str,
        name_en: str | None = None,
        until: datetime | None = None,
        **mail: Any,
    ) -> dict[str, Any]:
        scope, limits = Scope(scope_type, scope_id), self.runtime.settings.of(InvitationSettings)
        require_on(session, PASSES_ON_ROLES, role, scope)
        ground = appointment_until(session, role, scope, until)
        invitation = commands.invite_to_role(
            session,
            role=role,
            scope=scope,
            name_zh=name_zh,
            name_en=name_en,
            until=ground.until,
            expires_at=session.now + timedelta(days=limits.days),
            most=limits.most,
            **mail,
        )
        return role_invitation_view(invitation, session.now)

    @command(forms.AcceptRole, right=SIGNED_IN)
    def accept_role(self, session: Session, *, code: str) -> dict[str, Any]:
        """Whatever is wrong with a code, the answer is the same: nobody finds out by trying what was sent to whom."""
        try:
            claims = tickets_of(self.runtime.settings).verify(code, CODE_PURPOSE, now=session.now)
            invitation = queries.role_invitation(session, claims["id"])
        except (BadTicket, NotFound):
            raise RoleInvitationVoid("code") from None
        return shown(session, commands.accept_role(session, invitation=invitation))

    @command(forms.WithdrawRoleInvitation, right=PASSES_ON_ROLES)
    def withdraw_role_invitation(self, session: Session, *, role_invitation_id: str) -> dict[str, Any]:
        invitation = queries.role_invitation(session, role_invitation_id)
        require_on(session, PASSES_ON_ROLES, Role(invitation.role), invitation.scope)
        found = commands.withdraw_role_invitation(session, invitation=invitation)
        return role_invitation_view(found, session.now)

    @command(forms.ResendRoleInvitation, right=PASSES_ON_ROLES)
    def resend_role_invitation(
        self, session: Session, *, role_invitation_id: str, address: str | None = None
    ) -> dict[str, Any]:
        invitation = queries.role_invitation(session, role_invitation_id)
        require_on(session, PASSES_ON_ROLES, Role(invitation.role), invitation.scope)
        found = commands.post_invitation(session, invitation=invitation, address=address)
        return role_invitation_view(found, session.now)

    @query(forms.RoleInvitations, right=SEES_HOLDERS)
    def role_invitations(self, session: Session, *, scope_type: str, scope_id: str, **which: Any) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require_to_see(self, session, scope)
        return queries.role_invitations(session, scope, **which).view(role_invitation_views(session.now))

    @query(ByIds, shows=SENT_INVITATION)
    def role_invitations_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.sent_by_viewer(session, ids), role_invitation_views(session.now))

    @query(forms.RoleInvitationCodes, shows=SENT_INVITATION)
    def role_invitation_codes(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        tickets = tickets_of(self.runtime.settings)
        sent = queries.sent_by_viewer(session, ids)
        open_ones = [each for each in sent if each.status(session.now) == RoleInvitationStatus.OPEN]
        return rendered(open_ones, partial(code_view, tickets=tickets))

    @on_due(commands.FORGET_INVITED)
    def forget_invited(self, session: Session, invitation_id: str) -> None:
        commands.forget_invited(session, invitation_id)
