"""Renewals on the wire: the secretariat renews; when the time has come, members and secretariat are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from contracts.alliances.membership import renewals_forms as forms
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import of_each, require
from kit.work.timers import on_due
from services.alliances.membership.charters.reading import InForce, charters_of, today
from services.alliances.membership.charters.rules import TermsForm
from services.alliances.membership.memberships.commands import JOINED, LEFT, UNMERGED
from services.alliances.membership.memberships.model import LIVES, Membership
from services.alliances.membership.memberships.queries import (
    joined_on,
    membership,
    memberships_with_steps,
    step_on,
    steps_of,
)
from services.alliances.membership.memberships.schemas import member_view, membership_view
from services.alliances.membership.renewals import commands, queries
from services.alliances.membership.renewals.giving import NEXT_RUNG
from services.alliances.membership.renewals.schemas import term_view
from services.alliances.rights import ACTS_FOR_ALLIANCE, CONCERNED

_HAS_TERM = LIVES | {MembershipStatus.LAPSED}


class RenewalsService(Service):
    """A membership that has an end is renewed in time, or lapses."""

    @command(forms.RenewMembership, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, knowing=commands.renewable))
    def renew_membership(
        self, session: Session, *, membership_id: str, until: date, reason: str = ""
    ) -> dict[str, Any]:
        found = membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **found.keys)
        commands.renew_membership(session, membership=found, until=until, reason=reason)
        return membership_view(found)

    @command(forms.CorrectTerm, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, commands.check_has_term))
    def correct_term(self, session: Session, *, membership_id: str, until: date, reason: str) -> dict[str, Any]:
        found = membership(session, membership_id)
        require(session, ACTS_FOR_ALLIANCE, **found.keys)
        steps = steps_of(session, {membership_id})[membership_id]
        joined = joined_on(steps, today(session)) or today(session)
        commands.correct_term(session, membership=found, joined=joined, until=until, reason=reason)
        return membership_view(found)

    @query(forms.Renewals, right=ACTS_FOR_ALLIANCE)
    def renewals(self, session: Session, *, alliance_id: str, **which: Any) -> dict[str, Any]:
        require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance_id)
        found = queries.renewals(session, alliance_id=alliance_id, **which)
        return found.view(lambda term: member_view(term.membership))

    @query(forms.TermsOn, shows=CONCERNED)
    def terms_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The term as it was known at the end of each day; nothing where there was none, or no membership."""
        found = memberships_with_steps(session, {question["membership_id"] for question in asked})
        terms = queries.terms_of(session, found)
        charters = charters_of(session, {(term.alliance_id, term.charter) for each in terms.values() for term in each})
        concerned = of_each(session, CONCERNED)

        def answer(*, membership_id: str, day: date | None = None) -> dict[str, Any] | None:
            if membership_id not in found:
                raise NotFound("membershipId")
            of, steps = found[membership_id]
            concerned(**of.keys)
            day = day or today(session)
            step, term = step_on(steps, day), queries.known_on(terms[membership_id], day)
            if step is None or term is None or step.status not in _HAS_TERM:
                return None
            return term_view(term, charters[term.alliance_id, term.charter].section(TermsForm).ladder, day, step.status)

        return each_answered(answer, asked)

    @on_due(NEXT_RUNG)
    def next_rung(self, session: Session, membership_id: str) -> None:
        if lapsed := commands.climb(session, membership_id=membership_id):
            for left in self.hooked(LEFT):
                left(session, [lapsed])

    @hook(JOINED)
    def begin_terms(self, session: Session, memberships: Sequence[Membership], charter: InForce) -> None:
        commands.begin_terms(session, memberships, charter)

    @hook(UNMERGED)
    def go_on_with_terms(self, session: Session, memberships: Collection[Membership]) -> None:
        commands.go_on(session, memberships)

    @hook(LEFT)
    def end_terms(self, session: Session, memberships: Collection[Membership]) -> None:
        commands.end_terms(session, memberships)
