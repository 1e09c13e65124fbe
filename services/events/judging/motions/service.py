"""Motions on the wire: proposed by the families whose acts they are, signed here, and then done by the same family."""

from __future__ import annotations

from typing import Any

from contracts.events.judging import motions_forms as forms
from contracts.events.judging.motions import MotionAct
from contracts.forms import ByIds
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require, require_signed_in
from kit.work.jobs import Think
from kit.work.timers import on_due
from services.events.judging.motions import commands, queries
from services.events.judging.motions.schemas import motion_view
from services.events.rights import COUNTERSIGNS, OVERSEES, SEES_MOTION


class MotionsService(Service):
    """What changes who judges, or what was won, is never done by one person."""

    @long_command(forms.CountersignMotion, right=COUNTERSIGNS)
    def countersign_motion(self, session: Session, think: Think, *, motion_id: str, digest: str) -> dict[str, Any]:
        require_signed_in(session)
        motion = queries.motion(session, motion_id)
        require(session, COUNTERSIGNS, series_id=motion.edition.series_id)
        motion.edition.check_not_cancelled()
        commands.countersign_motion(session, motion=motion, digest=digest)
        [carry] = self.hooked(commands.carrying(MotionAct(motion.act)))
        carry(session, think, motion)
        session.flush()
        return motion_view(motion, insider=True)

    @command(forms.WithdrawMotion, right=OVERSEES)
    def withdraw_motion(self, session: Session, *, motion_id: str) -> dict[str, Any]:
        require_signed_in(session)
        motion = queries.motion(session, motion_id)
        require(session, OVERSEES, series_id=motion.edition.series_id)
        commands.withdraw_motion(session, motion=motion)
        return motion_view(motion, insider=True)

    @on_due(commands.LAPSE_MOTION)
    def lapse_motion(self, session: Session, motion_id: str) -> None:
        commands.lapse_motion(session, motion=queries.motion(session, motion_id))

    @query(forms.Motions, shows=SEES_MOTION)
    def motions(self, session: Session, **which: Any) -> dict[str, Any]:
        inside = OVERSEES.test(session)
        found = queries.motions(session, **which)
        return found.view(lambda each: motion_view(each, insider=inside(series_id=each.edition.series_id)))

    @query(ByIds, shows=SEES_MOTION)
    def motions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        inside = OVERSEES.test(session)
        found = queries.motions_by_id(session, ids)
        return rendered(found, lambda each: motion_view(each, insider=inside(series_id=each.edition.series_id)))
