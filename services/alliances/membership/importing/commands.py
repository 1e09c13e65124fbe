"""What an import of members does about a row: an organisation is invited, becomes a member, or stays what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from contracts.alliances.membership.importing import EnterAs, RowEffect
from contracts.alliances.membership.memberships import MemberAdmitted, MemberInvited, MembershipStatus
from kit.data.db import Session
from services.alliances.membership.memberships.commands import begun, step
from services.alliances.membership.memberships.model import OVER, Membership
from services.alliances.membership.memberships.queries import standing
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.importing.commands import Row, keep, registered
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import check_all_stand, organizations_by_id

S = MembershipStatus
MOVES = {
    EnterAs.INVITED: (OVER, RowEffect.INVITE, S.INVITED, MemberInvited),
    EnterAs.ADMITTED: (OVER | {S.INVITED, S.APPLIED, S.IN_REVIEW}, RowEffect.ADMIT, S.MEMBER, MemberAdmitted),
}
"""From which statuses an organisation is entered, what that is called, its status then, and the message that says so."""
COUNTED = {RowEffect.INVITE: "invited", RowEffect.ADMIT: "admitted", RowEffect.NOTHING: "unchanged"}


def effect(status: str | None, enter_as: EnterAs) -> RowEffect:
    """What is done about an organisation whose membership stands so; None where none ever began."""
    leads_on_from, found, _, _ = MOVES[enter_as]
    return found if status is None or status in leads_on_from else RowEffect.NOTHING


def enter_members(
    session: Session, *, alliance: Alliance, enter_as: EnterAs, rows: Sequence[Row], check: Callable[..., None]
) -> Counter[str]:
    """Enter the organisations of these rows, those that are new among them; one message a membership."""
    new, made = registered(session, rows, check)
    ids = [row["organization_id"] for row in rows if row["organization_id"]]
    organizations = [*organizations_by_id(session, ids), *new]
    check_all_stand(session, organizations)
    known = standing(session, alliance.id, [each.id for each in organizations])
    effects = Counter[str]()
    for organization in organizations:
        effects[COUNTED[_enter(session, alliance, organization, known.get(organization.id), enter_as)]] += 1
    keep(session)
    return effects + Counter(registered=made)


def _enter(
    session: Session, alliance: Alliance, organization: Organization, known: Membership | None, enter_as: EnterAs
) -> RowEffect:
    found = effect(known.status if known else None, enter_as)
    if found != RowEffect.NOTHING:
        _, _, status, message = MOVES[enter_as]
        membership = known or begun(session, alliance, organization)
        if status == S.MEMBER and membership.status in OVER | {S.INVITED}:
            membership.status = S.APPLIED  # the alliance has it on its list, and so the organisation has joined
        step(session, membership, status, message)
    return found
