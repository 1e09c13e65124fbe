"""What a secretariat does about many memberships of its alliance at once, with as many statements for many as for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from contracts.alliances.membership import memberships as say
from contracts.alliances.membership.memberships import CapReached, MembershipStatus
from contracts.base import Refusal
from kit.calls.several import each_done
from kit.data.db import Session
from services.alliances.membership.charters.reading import in_force, today
from services.alliances.membership.charters.rules import MembersForm
from services.alliances.membership.memberships.admitting import in_parent, room
from services.alliances.membership.memberships.commands import step
from services.alliances.membership.memberships.model import ADMITS, RETRACTS, REVIEWS, Membership, Way
from services.alliances.membership.memberships.queries import memberships_in
from services.alliances.membership.renewals.commands import next_span, say_renewed
from services.alliances.membership.renewals.giving import Span, give_terms
from services.alliances.membership.renewals.queries import current_terms
from services.alliances.registry.alliances.model import Alliance

S = MembershipStatus
DECLINES_APPLICATION = Way(S.DECLINED, frozenset({S.APPLIED, S.IN_REVIEW, S.RETURNED}))
Answers = dict[str, Membership | Refusal]


class Batch:
    """The memberships that are named, as far as they are of the alliance; what is done about each is written at once."""

    def __init__(
        self, session: Session, alliance: Alliance, membership_ids: Sequence[str], *, all_or_none: bool
    ) -> None:
        self.session = session
        self.alliance = alliance
        self.found = {each.id: each for each in memberships_in(session, alliance.id, membership_ids)}
        self._ids = membership_ids
        self._all_or_none = all_or_none

    def carry(self, work: Callable[[Membership], object]) -> Answers:
        """What became of each, in the order in which they are named."""
        answers = each_done(self._ids, self.found, work, named="membershipIds", all_or_none=self._all_or_none)
        self.session.flush()
        return answers


def start_reviews(batch: Batch) -> Answers:
    """The secretariat takes these applications in hand."""

    def review(membership: Membership) -> None:
        REVIEWS(membership)
        step(batch.session, membership, S.IN_REVIEW, say.ReviewStarted)

    return batch.carry(review)


def admit_members(batch: Batch) -> Answers:
    """These organisations become members while there is room, in their order."""
    session, rules = batch.session, in_force(batch.session, batch.alliance.id).section(MembersForm)
    joining = {each.id: each.organization.current.id for each in batch.found.values()}
    check_in_parent = in_parent(session, batch.alliance, list(joining.values()), rules)
    left = room(session, batch.alliance.id, rules)

    def admit(membership: Membership) -> None:
        nonlocal left
        ADMITS(membership)
        if left < 1:
            raise CapReached(cap=rules.cap or 0)
        check_in_parent(joining[membership.id])
        step(session, membership, S.MEMBER, say.MemberAdmitted)
        left -= 1

    return batch.carry(admit)


def decline_applications(batch: Batch, reason: str) -> Answers:
    """These applications are declined; an invitation is not the secretariat's to decline."""

    def decline(membership: Membership) -> None:
        DECLINES_APPLICATION(membership)
        step(batch.session, membership, S.DECLINED, say.MembershipDeclined, reason)

    return batch.carry(decline)


def withdraw_invitations(batch: Batch, reason: str) -> Answers:
    """The alliance takes these invitations back."""

    def withdraw(membership: Membership) -> None:
        RETRACTS(membership)
        step(batch.session, membership, S.RETRACTED, say.InvitationWithdrawn, reason)

    return batch.carry(withdraw)


def renew_memberships(batch: Batch, until: date, reason: str) -> Answers:
    """These members get their next term; one that has lapsed comes back alone, for it needs room."""
    session, spans = batch.session, dict[str, Span]()
    terms = {each.membership_id: each for each in current_terms(session, list(batch.found))}

    def renew(membership: Membership) -> None:
        spans[membership.id] = next_span(membership, terms.get(membership.id), until, today(session))

    answers = batch.carry(renew)
    if not (renewed := done(answers)):
        return answers
    give_terms(session, renewed, spans, in_force(session, batch.alliance.id))
    for membership in renewed:
        say_renewed(session, membership, until, reason)
    session.flush()
    return answers


def done(answers: Mapping[str, Membership | Refusal]) -> list[Membership]:
    """Those on which it was done."""
    return [each for each in answers.values() if isinstance(each, Membership)]
