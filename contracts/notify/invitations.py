"""What notify says of invitations that it sends."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message


@dataclass(frozen=True, kw_only=True)
class InvitationNotDelivered(Message, type="notify.invitation_not_delivered"):
    """An invitation to a role could not be delivered by e-mail; it can be sent again, or its code passed on otherwise."""

    role_invitation_id: str
    role: str
    invited_by: str
