"""What notify says of invitations that it sends."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named


@dataclass(frozen=True, kw_only=True)
class InvitationNotDelivered(Message, type="notify.invitation_not_delivered"):
    """An invitation to a role could not be delivered by e-mail; it can be sent again, or its code passed on otherwise."""

    role_invitation_id: str
    role: str
    invited_by: str


@dataclass(frozen=True, kw_only=True)
class InvitationLetterNotDelivered(Message, type="notify.invitation_letter_not_delivered"):
    """The letter that invites an organisation into an alliance could not be delivered; it can be sent to another address."""

    membership_id: str
    alliance: Named
    organization: Named
    invited_by: str
