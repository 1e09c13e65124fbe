"""Replacing on the wire: a judge declines, or is replaced by two; the next in the order steps in."""

from __future__ import annotations

from typing import Any

from contracts.events.judging import judges_forms as forms
from contracts.events.judging.motions import MotionAct
from contracts.refusals import NotFound
from kit.calls.hooks import hook
from kit.calls.long import long_command
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from kit.work.jobs import Think
from services.events.admission.entries.queries import entry as find_entry
from services.events.directory import queries as directory
from services.events.judging.judges import queries
from services.events.judging.judges.queries import judging_rules
from services.events.judging.judges.schemas import candidate_view, seat_view
from services.events.judging.judges.service import my_seat
from services.events.judging.motions.commands import carrying
from services.events.judging.motions.model import Motion
from services.events.judging.replacing import commands
from services.events.judging.replacing.parting import declare_conflict
from services.events.rights import HAS_SEAT, IS_CANDIDATE_OR_ORGANIZES, ORGANIZES


class ReplacingService(Service):
    """Whoever follows takes over the works that are not judged yet."""

    @long_command(forms.DeclareConflict, right=IS_CANDIDATE_OR_ORGANIZES)
    def declare_conflict(
        self,
        session: Session,
        think: Think,
        *,
        candidate_id: str,
        reason: str,
        organization_id: str | None = None,
        entry_id: str | None = None,
    ) -> dict[str, Any]:
        candidate = queries.candidate(session, candidate_id)
        require(session, IS_CANDIDATE_OR_ORGANIZES, person=candidate.person, series_id=candidate.edition.series_id)
        by_judge = candidate.person == session.viewer.id
        organization = directory.organization(session, organization_id) if organization_id else None
        entry = find_entry(session, entry_id) if entry_id else None
        if entry and entry.edition_id != candidate.edition_id:
            raise NotFound("entryId")
        against = {"reason": reason, "by_judge": by_judge, "organization": organization, "entry": entry}
        return candidate_view(declare_conflict(session, think, candidate=candidate, **against))

    @long_command(forms.DeclineSeat, right=HAS_SEAT)
    def decline_seat(self, session: Session, think: Think, *, seat_id: str, reason: str) -> dict[str, Any]:
        seat = my_seat(session, seat_id)
        rules = judging_rules(session, seat.stage)
        return seat_view(commands.decline_seat(session, think, seat=seat, reason=reason, rules=rules))

    @command(forms.ReplaceJudge, right=ORGANIZES)
    def replace_judge(self, session: Session, *, seat_id: str, reason: str) -> dict[str, Any]:
        """Nobody alone: whoever sees the panel could replace until they like it."""
        seat = queries.seat(session, seat_id)
        require(session, ORGANIZES, series_id=seat.stage.edition.series_id)
        seat.stage.check_not_cancelled()
        motion = commands.move_to_replace(session, seat=seat, reason=reason)
        return {**seat_view(seat), "motion_id": motion.id}

    @hook(carrying(MotionAct.REPLACE_JUDGE))
    def carry_replacing(self, session: Session, think: Think, motion: Motion) -> None:
        seat = queries.seat(session, motion.about_id)
        rules = judging_rules(session, seat.stage)
        commands.replace_judge(session, think, seat=seat, reason=motion.reason, rules=rules)
