"""Batches on the wire: the secretariat does the same about many memberships of its alliance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from contracts.alliances.membership import batches_forms as forms
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.calls.several import outcome
from kit.data.db import Session
from kit.rights.asking import require
from services.alliances.membership.batches import commands
from services.alliances.membership.batches.commands import Answers, Batch
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.memberships.commands import JOINED
from services.alliances.membership.memberships.schemas import membership_view
from services.alliances.registry.alliances.queries import alliance as find_alliance
from services.alliances.rights import ACTS_FOR_ALLIANCE

_outcome = partial(outcome, "membership", view=membership_view)


class BatchesService(Service):
    """Each membership is answered as the command about it alone would answer, in the order in which they are named."""

    @command(forms.StartReviews, right=ACTS_FOR_ALLIANCE)
    def start_reviews(self, session: Session, **named: Any) -> list[dict[str, Any]]:
        return _answered(commands.start_reviews(_batch(session, **named)))

    @command(forms.AdmitMembers, right=ACTS_FOR_ALLIANCE)
    def admit_members(self, session: Session, **named: Any) -> list[dict[str, Any]]:
        batch = _batch(session, **named)
        answers = commands.admit_members(batch)
        if joining := commands.done(answers):
            charter = in_force(session, batch.alliance.id)
            for joined in self.hooked(JOINED):
                joined(session, joining, charter)
        return _answered(answers)

    @command(forms.DeclineApplications, right=ACTS_FOR_ALLIANCE)
    def decline_applications(self, session: Session, *, reason: str, **named: Any) -> list[dict[str, Any]]:
        return _answered(commands.decline_applications(_batch(session, **named), reason))

    @command(forms.WithdrawInvitations, right=ACTS_FOR_ALLIANCE)
    def withdraw_invitations(self, session: Session, *, reason: str, **named: Any) -> list[dict[str, Any]]:
        return _answered(commands.withdraw_invitations(_batch(session, **named), reason))

    @command(forms.RenewMemberships, right=ACTS_FOR_ALLIANCE)
    def renew_memberships(
        self, session: Session, *, until: date, reason: str = "", **named: Any
    ) -> list[dict[str, Any]]:
        return _answered(commands.renew_memberships(_batch(session, **named), until, reason))


def _batch(session: Session, *, alliance_id: str, membership_ids: Sequence[str], all_or_none: bool = False) -> Batch:
    """The memberships that are named, for the secretariat of their alliance."""
    alliance = find_alliance(session, alliance_id)
    require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance.id)
    return Batch(session, alliance, membership_ids, all_or_none=all_or_none)


def _answered(answers: Answers) -> list[dict[str, Any]]:
    return [_outcome(id_, answer) for id_, answer in answers.items()]
