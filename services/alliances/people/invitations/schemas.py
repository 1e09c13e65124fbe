"""How an invitation to a role looks from outside; its code is shown to who has sent it alone, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from contracts.alliances.people.invitations import CODE_PURPOSE
from kit.files.tickets import Tickets
from services.alliances.people.invitations.model import RoleInvitation


def role_invitation_views(now: datetime) -> Callable[[RoleInvitation], dict[str, Any]]:
    return lambda invitation: role_invitation_view(invitation, now)


def role_invitation_view(invitation: RoleInvitation, now: datetime) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "role": invitation.role,
        "scope_type": invitation.scope_type,
        "scope_id": invitation.scope_id,
        "name_zh": invitation.name_zh,
        "name_en": invitation.name_en,
        "status": invitation.status(now),
        "until": invitation.until,
        "posted": bool(invitation.address),
        "invited_by": invitation.invited_by,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }


def code_view(invitation: RoleInvitation, tickets: Tickets) -> dict[str, Any]:
    """A code is made anew whenever it is asked for: who steals the database has none."""
    code = tickets.sign(CODE_PURPOSE, {"id": invitation.id}, until=invitation.expires_at)
    return {"id": invitation.id, "code": code}
