"""Admitting: who becomes a member has room in the alliance, and a place in the one above where the charter asks for that."""

from __future__ import annotations

from collections.abc import Callable, Collection

from contracts.alliances.membership.memberships import CapReached, NotInParent
from kit.data.db import Session
from services.alliances.membership.charters.commands import hold
from services.alliances.membership.charters.rules import MemberRules
from services.alliances.membership.memberships.model import LIVES
from services.alliances.membership.memberships.queries import number_of_members, standing
from services.alliances.registry.alliances.model import Alliance


def check_cap(session: Session, alliance_id: str, rules: MemberRules, *, more: int = 1) -> None:
    """So many more members have room in the alliance; refuses with CapReached."""
    if more > room(session, alliance_id, rules):
        raise CapReached(cap=rules.cap or 0)


def room(session: Session, alliance_id: str, rules: MemberRules) -> float:
    """How many more members have room in the alliance, which nobody else takes before this transaction ends."""
    if rules.cap is None:
        return float("inf")
    hold(session, alliance_id)
    return rules.cap - number_of_members(session, alliance_id)


def check_in_parent(
    session: Session, alliance: Alliance, organization_ids: Collection[str], rules: MemberRules
) -> None:
    """Whoever joins is a member of the alliance above, if the charter asks for that; refuses with NotInParent."""
    check = in_parent(session, alliance, organization_ids, rules)
    for organization_id in organization_ids:
        check(organization_id)


def in_parent(
    session: Session, alliance: Alliance, organization_ids: Collection[str], rules: MemberRules
) -> Callable[[str], None]:
    """`check_in_parent` for each of these organisations, with one look for all."""
    parent = session.get(Alliance, alliance.parent_id) if rules.parent_required and alliance.parent_id else None
    known = standing(session, parent.id, organization_ids) if parent else {}

    def check(organization_id: str) -> None:
        if parent and (organization_id not in known or known[organization_id].status not in LIVES):
            raise NotInParent(parent=parent.name_zh)

    return check
