"""Granting on the wire: organisers give awards and withdraw them."""

from __future__ import annotations

from typing import Any

from contracts.events.recognition import awards_forms as forms
from contracts.events.recognition.awards import WithdrawalGround
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.events.editions.editions import queries as editions
from services.events.recognition.awards import queries
from services.events.recognition.awards.schemas import award_view
from services.events.recognition.granting import commands
from services.events.rights import ORGANIZES


class GrantingService(Service):
    """What a final result comes to is given once, each award with its certificate."""

    @command(forms.GrantAwards, right=ORGANIZES)
    def grant_awards(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = editions.stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        return {"granted": commands.grant_awards(session, stage=stage)}

    @command(forms.GrantOrganizationAwards, right=ORGANIZES)
    def grant_organization_awards(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = editions.edition(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return {"granted": commands.grant_organization_awards(session, edition=edition)}

    @command(forms.WithdrawAward, right=ORGANIZES)
    def withdraw_award(
        self, session: Session, *, award_id: str, ground: WithdrawalGround, reason: str
    ) -> dict[str, Any]:
        award = queries.award(session, award_id)
        require(session, ORGANIZES, series_id=award.granting.edition.series_id)
        withdrawn = commands.withdraw_award(session, award=award, ground=ground, reason=reason)
        return award_view(queries.concerns(session))(withdrawn)
