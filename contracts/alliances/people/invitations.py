"""What is said and refused about invitations to a role; no message carries the name of who is invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice

CODE_PURPOSE = "role invitation"
"""What the code of an invitation is signed for; whoever signs or takes it has HUB_TICKET_SECRET."""


class RoleInvitationStatus(Choice):
    """What became of an invitation to a role."""

    OPEN = "open", "It can be accepted (待接受)."
    ACCEPTED = "accepted", "It was accepted (已接受)."
    WITHDRAWN = "withdrawn", "It was taken back (已撤回)."
    EXPIRED = "expired", "Nobody accepted it in time (已失效)."


@dataclass(frozen=True, kw_only=True)
class _RoleInvitation:
    """What every message about an invitation says."""

    role_invitation_id: str
    role: str
    scope_type: str
    scope_id: str
    invited_by: str


@dataclass(frozen=True, kw_only=True)
class RoleOffered(_RoleInvitation, Message, type="alliances.role_offered"):
    """Somebody may accept a role until a moment, by a code that was given to them."""

    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class RoleAccepted(_RoleInvitation, Message, type="alliances.role_accepted"):
    """Who was invited has signed in and accepted the role."""

    accepted_by: str


@dataclass(frozen=True, kw_only=True)
class RoleOfferWithdrawn(_RoleInvitation, Message, type="alliances.role_offer_withdrawn"):
    """An invitation to a role was taken back before it was accepted."""


@dataclass(frozen=True, kw_only=True)
class RoleInvitationPosted(_RoleInvitation, Message, type="alliances.role_invitation_posted"):
    """An invitation is to be sent by e-mail, maybe again; the journal loses the address once it is settled."""

    private: ClassVar = ("address",)

    address: str
    language: str
    scope: Named | None = None
    expires_at: datetime


class RoleInvitationVoid(Refusal):
    code = "ROLE_INVITATION_VOID"
    zh = "该邀请码无效：可能有误、已被使用、已撤回、已过期，或邀请人已无权授予该角色。请联系邀请人。"
    en = (
        "This code is worth nothing: it is wrong, was used or taken back, has expired, or who invited you may no longer give"
        " the role. Ask them for another."
    )


class TooManyRoleInvitations(Refusal):
    code = "TOO_MANY_ROLE_INVITATIONS"
    zh = "该范围内待接受的邀请已达上限（{most} 个），请先撤回不再需要的邀请。"
    en = (
        "There are {most} open invitations on this scope, which is the most; take back those that are no longer needed."
    )
