"""What an import of members does about a row: an organisation is invited, becomes a member, or stays what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contracts.alliances.membership.importing import EnterAs, RowEffect
from contracts.alliances.membership.memberships import (
    MemberAdmitted,
    MemberInvited,
    MembershipAppliedFor,
    MembershipStatus,
)
from kit.data.db import Session
from services.alliances.membership.charters.reading import InForce
from services.alliances.membership.charters.rules import InvitationsForm, MembersForm
from services.alliances.membership.invitations.commands import wait_for_answers
from services.alliances.membership.memberships.admitting import check_cap, check_in_parent
from services.alliances.membership.memberships.commands import begun, settle_invitation, step
from services.alliances.membership.memberships.model import OVER, Membership
from services.alliances.membership.memberships.queries import standing
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.importing.commands import Row, keep, registered
from services.alliances.registry.organizations.queries import check_all_stand, organizations_by_id

S = MembershipStatus
MOVES = {
    EnterAs.INVITED: (OVER, RowEffect.INVITE, S.INVITED, MemberInvited),
    EnterAs.ADMITTED: (
        OVER | {S.INVITED, S.APPLIED, S.IN_REVIEW, S.RETURNED},
        RowEffect.ADMIT,
        S.MEMBER,
        MemberAdmitted,
    ),
}
"""From which statuses an organisation is entered, what that is called, its status then, and the message that says so."""
COUNTED = {RowEffect.INVITE: "invited", RowEffect.ADMIT: "admitted", RowEffect.NOTHING: "unchanged"}


def effect(status: str | None, enter_as: EnterAs) -> RowEffect:
    """What is done about an organisation whose membership stands so; None where none ever began."""
    leads_on_from, found, _, _ = MOVES[enter_as]
    return found if status is None or status in leads_on_from else RowEffect.NOTHING


@dataclass
class Entered:
    """What became of some rows: the memberships that were moved on, by what was done, and how many organisations are new.

    `rows` has the row by which each of them moved on, by the id of the membership: of a merged organisation it may be another's.
    """

    by_effect: dict[RowEffect, list[Membership]]
    rows: dict[str, Row]
    unchanged: int
    registered: int

    @property
    def counted(self) -> Counter[str]:
        moved = Counter({COUNTED[effect]: len(found) for effect, found in self.by_effect.items()})
        return moved + Counter(unchanged=self.unchanged, registered=self.registered)


def enter_members(
    session: Session,
    *,
    alliance: Alliance,
    enter_as: EnterAs,
    rows: Sequence[Row],
    check: Callable[..., None],
    charter: InForce,
) -> Entered:
    """Enter the organisations of these rows, those that are new among them; one message a membership.

    Refuses with CapReached or NotInParent.
    """
    new, made = registered(session, rows, check)
    ids = [row["organization_id"] for row in rows if row["organization_id"]]
    organizations = [*organizations_by_id(session, ids), *new]
    check_all_stand(session, organizations)
    of_row = {row["organization_id"]: row for row in rows if row["organization_id"]}
    of_row |= {each.id: row for each, row in zip(new, (row for row in rows if row["new"]), strict=True)}
    known = standing(session, alliance.id, [each.id for each in organizations])
    found = {each.id: effect(_status(known.get(each.id)), enter_as) for each in organizations}
    admitted = sum(each == RowEffect.ADMIT for each in found.values())
    if admitted:
        rules = charter.section(MembersForm)
        check_cap(session, alliance.id, rules, more=admitted)
        joining = [id_ for id_, done in found.items() if done == RowEffect.ADMIT]
        check_in_parent(session, alliance, joining, rules)
    moved_by: dict[str, Row] = {}
    by_effect: dict[RowEffect, list[Membership]] = {RowEffect.INVITE: [], RowEffect.ADMIT: []}
    for organization in organizations:
        if (done := found[organization.id]) != RowEffect.NOTHING:
            membership = known.get(organization.id) or begun(session, alliance, organization)
            by_effect[done].append(_enter(session, membership, enter_as))
            moved_by[membership.id] = of_row[organization.id]
    wait_for_answers(session, by_effect[RowEffect.INVITE], charter.section(InvitationsForm))
    keep(session)
    unchanged = len(organizations) - sum(map(len, by_effect.values()))
    return Entered(by_effect, moved_by, unchanged, made)


def _status(known: Membership | None) -> str | None:
    return known.status if known else None


def _enter(session: Session, membership: Membership, enter_as: EnterAs) -> Membership:
    _, _, status, message = MOVES[enter_as]
    if status == S.MEMBER and membership.status == S.MERGED:  # else it would look as if the merger had been undone
        step(session, membership, S.APPLIED, MembershipAppliedFor)
    if status == S.MEMBER and membership.status in OVER | {S.INVITED, S.RETURNED}:
        settle_invitation(session, membership)
        membership.status = S.APPLIED  # the alliance has it on its list, and so the organisation has joined
    return step(session, membership, status, message)
