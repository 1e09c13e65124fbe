"""Objections on the wire: a delegation objects, a drawn panel votes, the scheduler watches the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.browsing import Stretch
from contracts.events.judging import objections_forms as forms
from contracts.events.judging.motions import MotionAct
from contracts.events.judging.objections import Ground, ObjectionDecided, ObjectionRemedied
from contracts.forms import ByIds
from kit.calls.acting import Acts, by_now
from kit.calls.histories import histories
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require, require_signed_in
from kit.rights.right import SIGNED_IN
from kit.work.jobs import Think
from kit.work.timers import on_due
from services.events.directory import queries as directory
from services.events.editions.editions.model import Stage
from services.events.editions.series.queries import one_series
from services.events.fixtures.recording import CORRECTING_SCORES
from services.events.judging.motions.commands import carrying
from services.events.judging.motions.model import Motion
from services.events.judging.objections import commands, falling_due, queries, relieving
from services.events.judging.objections.at_hand import AtHand, by_viewer, once
from services.events.judging.objections.holding import check_score_open
from services.events.judging.objections.model import Objection
from services.events.judging.objections.queries import CameOf
from services.events.judging.objections.rights import SEES_OBJECTION
from services.events.judging.objections.schemas import arbitrator_view, objection_view
from services.events.judging.results import queries as results
from services.events.rights import FILED_OBJECTION, MAY_OBJECT, ORGANIZES, OVERSEES, SITS_ON_PANEL

AS_ONE = (ObjectionDecided, ObjectionRemedied)
"""What the panel does as one, whoever of it did the last step."""


class ObjectionsService(Service):
    """Who objects must have standing; who decides must have none."""

    @command(forms.RegisterArbitrator, right=ORGANIZES)
    def register_arbitrator(
        self, session: Session, *, series_id: str, person: str, organization_id: str
    ) -> dict[str, Any]:
        require(session, ORGANIZES, series_id=series_id)
        series = one_series(session, series_id)
        organization = directory.organization(session, organization_id)
        found = commands.register_arbitrator(session, series=series, person=person, organization=organization)
        return arbitrator_view(found)

    @command(forms.FileObjection, right=MAY_OBJECT)
    def file_objection(
        self, session: Session, *, result_id: str, entry_id: str, ground: Ground, statement: str
    ) -> dict[str, Any]:
        """For who has standing by the rules; a role of the hub or of the organisers gives none."""
        result = results.result(session, result_id, to_change=True)
        filed = commands.file_objection(session, result=result, entry_id=entry_id, ground=ground, statement=statement)
        return objection_view(filed, viewer=session.viewer.id, organizes=False)

    @command(forms.WithdrawObjection, right=FILED_OBJECTION, acts=once(Objection.check_undecided))
    def withdraw_objection(self, session: Session, *, objection_id: str) -> dict[str, Any]:
        require_signed_in(session)
        objection = queries.objection(session, objection_id)
        return self._objection_view(session, commands.withdraw_objection(session, objection=objection))

    @command(forms.SeatArbitrators, right=ORGANIZES, acts=once(Objection.check_can_be_seated))
    def seat_arbitrators(self, session: Session, *, objection_id: str) -> dict[str, Any]:
        objection = _run_by_viewer(session, objection_id)
        return self._objection_view(session, commands.seat_arbitrators(session, objection=objection))

    @command(forms.ReplaceArbitrator, right=ORGANIZES)
    def replace_arbitrator(self, session: Session, *, objection_id: str, seat_id: str, reason: str) -> dict[str, Any]:
        objection = _run_by_viewer(session, objection_id)
        motion = commands.move_to_replace(session, objection=objection, seat_id=seat_id, reason=reason)
        return {**self._objection_view(session, objection), "motion_id": motion.id}

    @hook(carrying(MotionAct.REPLACE_ARBITRATOR))
    def carry_replacing_of_arbitrator(self, session: Session, _think: Think, motion: Motion) -> None:
        objection = queries.objection(session, motion.arguments["objection"])
        commands.replace_arbitrator(session, objection=objection, seat_id=motion.about_id, reason=motion.reason)

    @command(forms.VoteOnObjection, right=SITS_ON_PANEL, acts=by_viewer(AtHand.check_decided_by))
    def vote_on_objection(self, session: Session, *, objection_id: str, uphold: bool, reason: str) -> dict[str, Any]:
        objection = queries.objection(session, objection_id)
        found = commands.vote_on_objection(session, objection=objection, uphold=uphold, reason=reason)
        return self._objection_view(session, found)

    @command(forms.ReplacePanel, right=OVERSEES, acts=Acts(AtHand, knowing=by_now(AtHand.check_late)))
    def replace_panel(self, session: Session, *, objection_id: str, reason: str) -> dict[str, Any]:
        """By one person, and no motion: whoever let the time pass has no say in who follows."""
        require_signed_in(session)
        objection = queries.objection(session, objection_id)
        require(session, OVERSEES, series_id=objection.result.stage.edition.series_id)
        came_of = self._came_of(session, [objection]).get(objection.id)
        relieving.replace_panel(session, objection=objection, reason=reason, came_of=came_of)
        return self._objection_view(session, objection)

    @on_due(falling_due.REMIND_PANEL)
    def remind_panel(self, session: Session, objection_id: str) -> None:
        falling_due.remind_panel(session, objection=queries.objection(session, objection_id))

    @on_due(falling_due.TELL_LATE)
    def tell_late(self, session: Session, objection_id: str) -> None:
        falling_due.tell_late(session, objection=queries.objection(session, objection_id))

    @on_due(falling_due.REMIND_REMEDY)
    def remind_remedy(self, session: Session, objection_id: str) -> None:
        falling_due.remind_remedy(session, objection=queries.objection(session, objection_id))

    @on_due(falling_due.TELL_REMEDY_LATE)
    def tell_remedy_late(self, session: Session, objection_id: str) -> None:
        falling_due.tell_remedy_late(session, objection=queries.objection(session, objection_id))

    @hook(CORRECTING_SCORES)
    def keep_what_is_signed(self, session: Session, stage: Stage) -> None:
        check_score_open(session, stage)

    @query(forms.Objections, right=SIGNED_IN, shows=SEES_OBJECTION)
    def objections(self, session: Session, **which: Any) -> dict[str, Any]:
        found = queries.objections(session, **which)
        return found.view(self._seen(session, found.rows))

    @query(forms.MyObjections, right=SIGNED_IN)
    def my_objections(self, session: Session, **which: Any) -> dict[str, Any]:
        found = queries.my_objections(session, **which)
        return found.view(self._seen(session, found.rows))

    @query(ByIds, shows=SEES_OBJECTION)
    def objections_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        found = list(queries.objections_by_id(session, ids))
        return rendered(found, self._seen(session, found))

    @query(forms.ActionsOnObjections, shows=SEES_OBJECTION)
    def actions_on_objections(self, session: Session, *, objection_ids: list[str]) -> list[dict[str, Any]]:
        found = list(queries.with_stages(session, objection_ids))
        came_of = self._came_of(session, found)
        at_hand = [AtHand(each, came_of.get(each.id)) for each in found]
        return self.actions_on(session, at_hand, kind=AtHand, whose="objection_id")

    @query(forms.HistoryOfObjections, shows=SEES_OBJECTION)
    def history_of_objections(
        self, session: Session, *, objection_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        """Not whose vote was the last, and not who closed it: the panel decides and remedies as one."""
        found = queries.objections_by_id(session, objection_ids)
        return histories(session, found, whose="objection_id", stretch=stretch, unnamed=AS_ONE)

    @query(forms.Arbitrators, right=OVERSEES)
    def arbitrators(self, session: Session, *, series_id: str, **which: Any) -> dict[str, Any]:
        require(session, OVERSEES, series_id=series_id)
        return queries.arbitrators(session, series_id=series_id, **which).view(arbitrator_view)

    def _objection_view(self, session: Session, objection: Objection) -> dict[str, Any]:
        return self._seen(session, [objection])(objection)

    def _seen(self, session: Session, found: list[Objection]) -> Callable[[Objection], dict[str, Any]]:
        """How each of these looks to the viewer."""
        organized = queries.organized_editions(session, found)
        rejudgings = {id_: came_of.rejudging_id for id_, came_of in self._came_of(session, found).items()}
        return lambda each: objection_view(
            each,
            viewer=session.viewer.id,
            organizes=each.result.edition_id in organized,
            rejudging_id=rejudgings.get(each.id),
        )

    def _came_of(self, session: Session, found: list[Objection]) -> dict[str, CameOf]:
        ids = [each.id for each in found]
        return dict(pair for came_of in self.hooked(queries.CAME_OF) for pair in came_of(session, ids).items())


def _run_by_viewer(session: Session, objection_id: str) -> Objection:
    """The objection, if the viewer organises the series."""
    require_signed_in(session)
    objection = queries.objection(session, objection_id)
    require(session, ORGANIZES, series_id=objection.result.stage.edition.series_id)
    return objection
