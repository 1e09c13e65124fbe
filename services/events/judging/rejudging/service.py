"""Re-judging on the wire: the panel opens, rules and applies; the judges whom it appoints judge again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.events.judging import rejudging_forms as forms
from contracts.events.judging.rejudging import RejudgingStatus
from contracts.refusals import NotAllowed
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from services.events.judging.objections import queries as objections
from services.events.judging.objections.at_hand import AtHand, by_viewer
from services.events.judging.objections.queries import CAME_OF, CameOf
from services.events.judging.rejudging import commands, following, queries
from services.events.judging.rejudging.difference import Change, read_changes
from services.events.judging.rejudging.model import Rejudging
from services.events.judging.rejudging.previewing import preview
from services.events.judging.rejudging.schemas import judge_view, panel_view
from services.events.judging.results.commands import VERSION_ANNOUNCED, VERSION_WITHDRAWN
from services.events.judging.results.finishing import rows_of
from services.events.judging.results.model import Result, ResultVersion
from services.events.rights import SEES_REJUDGING, UPHELD_OBJECTION


class RejudgingService(Service):
    """What is applied is what was previewed, and a supervisor signs it before it counts."""

    @command(forms.OpenRejudging, right=UPHELD_OBJECTION, acts=by_viewer(AtHand.check_judged_again))
    def open_rejudging(self, session: Session, *, objection_id: str, **what: Any) -> dict[str, Any]:
        objection = objections.objection(session, objection_id)
        return _seen(session, commands.open_rejudging(session, objection=objection, **what))

    @command(forms.RejudgeSheet, right=UPHELD_OBJECTION)
    def rejudge_sheet(self, session: Session, *, rejudging_id: str, **sheet: Any) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        return _seen(session, commands.rejudge_sheet(session, rejudging=found, **sheet))

    @command(forms.ExcludeSheet, right=UPHELD_OBJECTION)
    def exclude_sheet(self, session: Session, *, rejudging_id: str, **which: Any) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        return _seen(session, commands.exclude_sheet(session, rejudging=found, **which))

    @command(forms.DisqualifyEntry, right=UPHELD_OBJECTION)
    def disqualify_entry(self, session: Session, *, rejudging_id: str, **which: Any) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        return _seen(session, commands.disqualify_entry(session, rejudging=found, **which))

    @command(forms.LiftRuling, right=UPHELD_OBJECTION)
    def lift_ruling(self, session: Session, *, rejudging_id: str, ruling_id: str) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        return _seen(session, commands.lift_ruling(session, rejudging=found, ruling_id=ruling_id))

    @command(forms.ApplyRejudging, right=UPHELD_OBJECTION)
    def apply_rejudging(self, session: Session, *, rejudging_id: str, difference_digest: str) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        applied = commands.apply_rejudging(session, rejudging=found, difference_digest=difference_digest)
        return _seen(session, applied)

    @command(forms.CancelRejudging, right=UPHELD_OBJECTION)
    def cancel_rejudging(self, session: Session, *, rejudging_id: str, reason: str) -> dict[str, Any]:
        found = _to_change(session, rejudging_id)
        return _seen(session, commands.cancel_rejudging(session, rejudging=found, reason=reason))

    @hook(VERSION_ANNOUNCED)
    def follow_announcement(self, session: Session, result: Result, version: ResultVersion) -> None:
        following.follow_announcement(session, result, version)

    @hook(VERSION_WITHDRAWN)
    def follow_withdrawal(self, session: Session, result: Result, version: ResultVersion) -> None:
        following.follow_withdrawal(session, result, version)

    @hook(CAME_OF)
    def rejudgings_of(self, session: Session, objection_ids: Sequence[str]) -> dict[str, CameOf]:
        return queries.rejudgings_of(session, objection_ids)

    @query(forms.Rejudging, right=SEES_REJUDGING)
    def rejudging(self, session: Session, *, rejudging_id: str) -> dict[str, Any]:
        """All of it for the panel and who runs the series, its tasks for the judges; refuses everybody else."""
        return _seen(session, queries.rejudging(session, rejudging_id))


def _to_change(session: Session, rejudging_id: str) -> Rejudging:
    found = queries.rejudging(session, rejudging_id, to_change=True)
    found.objection.result.stage.check_not_cancelled()
    return found


def _seen(session: Session, found: Rejudging) -> dict[str, Any]:
    session.flush()
    tasks = queries.tasks(session, found)
    if not queries.concerns(session, found):
        if session.viewer.id not in found.people:
            raise NotAllowed
        return judge_view(found, tasks, session.viewer.id)
    result = found.objection.result
    assert result.announced, "only what was announced is objected to"
    known = {row.entry_id: row.row for row in rows_of(session, result.announced)}
    changes, digest = _difference(session, found, result)
    return panel_view(found, tasks, changes=changes, digest=digest, known=known)


def _difference(session: Session, found: Rejudging, result: Result) -> tuple[list[Change], str | None]:
    """As it would be applied now, or as it was; nothing of what was cancelled."""
    if found.status == RejudgingStatus.OPEN:
        now = preview(session, result, found)
        return now.changes, now.digest
    said = found.difference or {"changes": []}
    return read_changes(said["changes"]), found.difference_digest
