"""How a membership looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership.memberships import MembershipStatus
from kit.data.paging import cursor_of
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.registry.organizations.schemas import organization_view


def membership_view(membership: Membership) -> dict[str, Any]:
    return {
        "id": membership.id,
        "alliance_id": membership.alliance_id,
        "organization_id": membership.organization_id,
        "status": membership.status,
        "into_id": membership.into_id,
        "answer_by": membership.answer_by if membership.status == MembershipStatus.INVITED else None,
        "created_at": membership.created_at,
    }


def member_view(membership: Membership) -> dict[str, Any]:
    """A membership together with its organisation, which a list of members shows anyway."""
    return {**membership_view(membership), "organization": organization_view(membership.organization.current)}


def first_member_view(membership: Membership) -> dict[str, Any]:
    """A member with its place in the list of its alliance's members, from which `memberships` goes on."""
    return {**member_view(membership), "cursor": cursor_of(membership.id)}


def step_view(step: MembershipStep) -> dict[str, Any]:
    return {"status": step.status, "since": step.since, "reason": step.reason}


def step_taken_view(step: MembershipStep) -> dict[str, Any]:
    """A step with who took it, for both sides of the membership."""
    return {**step_view(step), "taken_by": step.taken_by}
