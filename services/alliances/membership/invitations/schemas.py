"""How invitations and their letters look from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contracts.base import Refusal
from services.alliances.membership.invitations.model import InvitationLetter
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.membership.memberships.schemas import membership_view


def invitation_view(answered: tuple[str, Membership | Refusal]) -> dict[str, Any]:
    """What became of the invitation of an organisation, by its id: the membership, or what is in its way."""
    organization_id, answer = answered
    if isinstance(answer, Refusal):
        return {"organization_id": organization_id, "membership": None, "problems": answer.problems()}
    return {"organization_id": organization_id, "membership": membership_view(answer), "problems": []}


def letter_view(letter: InvitationLetter, steps: Sequence[MembershipStep], now: datetime) -> dict[str, Any]:
    """A letter and what became of it, for the secretariat that has sent it; the steps are those of its membership."""
    status, settled_at = letter.became(steps, now)
    return {
        "id": letter.id,
        "membership_id": letter.membership_id,
        "address": letter.address,
        "language": letter.language,
        "posted_by": letter.posted_by,
        "posted_at": letter.posted_at,
        "expires_at": letter.expires_at,
        "times": letter.version,
        "status": status,
        "settled_at": settled_at,
    }
