"""Granting on the wire: organisers give awards, two people withdraw one."""

from __future__ import annotations

from typing import Any

from contracts.events.judging.motions import MotionAct
from contracts.events.recognition import awards_forms as forms
from contracts.events.recognition.awards import WithdrawalGround
from kit.calls.hooks import hook
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.data.db import Session
from kit.fonts.settings import FontSettings
from kit.rights.asking import require
from kit.work.jobs import Think
from services.events.editions.editions import queries as editions
from services.events.judging.motions.commands import carrying
from services.events.judging.motions.model import Motion
from services.events.recognition.awards import queries
from services.events.recognition.awards.schemas import award_view
from services.events.recognition.granting import commands
from services.events.rights import ORGANIZES


class GrantingService(Service):
    """What a final result comes to is given once, each award with its certificate."""

    @command(forms.GrantAwards, right=ORGANIZES)
    def grant_awards(self, session: Session, *, stage_id: str, unprinted: bool | None = None) -> dict[str, Any]:
        stage = editions.stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        editions.go_on(session, stage.edition)
        return {"granted": commands.grant_awards(session, stage=stage, fonts=self._fonts(unprinted))}

    @command(forms.GrantByAmendment, right=ORGANIZES)
    def grant_by_amendment(
        self, session: Session, *, stage_id: str, rules_version: int, reason: str, unprinted: bool | None = None
    ) -> dict[str, Any]:
        """Nobody alone: whoever knows who wins could write the rules for them."""
        stage = editions.stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        motion = commands.move_to_grant(
            session, stage=stage, rules_version=rules_version, reason=reason, unprinted=bool(unprinted)
        )
        return {"motion_id": motion.id}

    @hook(carrying(MotionAct.GRANT_BY_AMENDMENT))
    def carry_granting(self, session: Session, _think: Think, motion: Motion) -> None:
        stage, fonts = editions.stage(session, motion.about_id), self._fonts(motion.arguments["unprinted"])
        commands.grant_awards(session, stage=stage, fonts=fonts, rules_version=motion.arguments["rules_version"])

    @command(forms.GrantOrganizationAwards, right=ORGANIZES)
    def grant_organization_awards(
        self, session: Session, *, competition_id: str, unprinted: bool | None = None
    ) -> dict[str, Any]:
        edition = editions.edition(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        editions.go_on(session, edition)
        fonts = self._fonts(unprinted)
        return {"granted": commands.grant_organization_awards(session, edition=edition, fonts=fonts)}

    @command(forms.WithdrawAward, right=ORGANIZES)
    def withdraw_award(
        self, session: Session, *, award_id: str, ground: WithdrawalGround, reason: str
    ) -> dict[str, Any]:
        """Nobody alone: a prize that was won by rules is not taken by one person's word."""
        award = queries.award(session, award_id)
        require(session, ORGANIZES, series_id=award.granting.edition.series_id)
        motion = commands.move_to_withdraw(session, award=award, ground=ground, reason=reason)
        return {**award_view(queries.concerns(session))(award), "motion_id": motion.id}

    def _fonts(self, unprinted: bool | None) -> FontSettings | None:
        """The fonts that must have all letters; None where awards are given whatever can be printed."""
        return None if unprinted else self.runtime.settings.of(FontSettings)

    @hook(carrying(MotionAct.WITHDRAW_AWARD))
    def carry_withdrawing(self, session: Session, _think: Think, motion: Motion) -> None:
        award, ground = queries.award(session, motion.about_id), WithdrawalGround(motion.arguments["ground"])
        commands.withdraw_award(session, award=award, ground=ground, reason=motion.reason, by=motion.proposed_by)
