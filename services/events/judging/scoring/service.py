"""Scoring on the wire: judges write their own sheets, organisers and supervisors see how far they are and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from contracts.events.editions.phases import PhaseKind
from contracts.events.judging import scoring_forms as forms
from contracts.forms import ByIds
from kit.calls.acting import Acts
from kit.calls.group import Call, Group
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import Page
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.rights.right import SIGNED_IN
from kit.work.timers import on_due
from services.events.editions.editions.model import Stage
from services.events.editions.editions.queries import stage as find_stage
from services.events.editions.editions.queries import stages_by_id
from services.events.editions.phases.commands import phase_closed
from services.events.editions.phases.model import Phase
from services.events.judging.blinding.queries import opened
from services.events.judging.judges.model import Assignment
from services.events.judging.locks.queries import locked_at
from services.events.judging.scoring import commands, queries, reading_sheets
from services.events.judging.scoring.acting_on_sheets import OnDesk, by_judge, on_desk
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.schemas import (
    calibration_view,
    lock_view,
    my_sheet_view,
    placing_view,
    progress_view,
    rubric_view,
    sheet_view,
    stability_view,
)
from services.events.judging.scoring.settings import ScoringSettings
from services.events.rights import JUDGES_SHEET, ORGANIZES, OVERSEES, SEES_EDITION


class ScoringService(Service):
    """A sheet is written by the judge to whom it is assigned and by nobody else."""

    @command(forms.SaveSheet, right=JUDGES_SHEET, together=True, acts=by_judge(OnDesk.check_saved))
    def save_sheet(self, session: Session, calls: Group) -> dict[Call, dict[str, Any]]:
        found = reading_sheets.assigned(session, {each["sheet_id"] for each in calls.arguments.values()})
        mine = calls.each(calls.arguments, lambda given: reading_sheets.mine_of(session, found, given["sheet_id"]))
        desk = reading_sheets.desk_for(session, mine.values())

        def save(given: tuple[Assignment, dict[str, Any]]) -> dict[str, Any]:
            assignment, written = given
            sheet = commands.save_sheet(
                session,
                desk=desk,
                assignment=assignment,
                scores=written["scores"],
                remark=written.get("remark") or "",
                rubric_version=written.get("rubric_version"),
                version=written.get("version"),
            )
            return my_sheet_view(assignment, sheet, desk.terms[assignment.stage_id])

        saved = calls.each({call: (mine[call], calls.arguments[call]) for call in mine}, save)
        commands.keep(session)
        return saved

    @command(forms.SubmitSheet, right=JUDGES_SHEET, acts=by_judge(OnDesk.check_submitted))
    def submit_sheet(self, session: Session, *, sheet_id: str) -> dict[str, Any]:
        assignment = reading_sheets.my_assignment(session, sheet_id)
        desk = reading_sheets.desk_for(session, [assignment])
        sheet = commands.submit_sheet(session, desk=desk, assignment=assignment)
        return my_sheet_view(assignment, sheet, desk.terms[assignment.stage_id])

    @command(forms.ReturnSheet, right=ORGANIZES, acts=Acts(OnDesk, OnDesk.check_returned))
    def return_sheet(self, session: Session, *, sheet_id: str, reason: str) -> dict[str, Any]:
        sheet = reading_sheets.sheet(session, sheet_id)
        stage = find_stage(session, sheet.stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        stage.check_not_cancelled()
        seat = reading_sheets.seat_of(session, sheet)
        returned = commands.return_sheet(session, stage=stage, sheet=sheet, seat=seat, reason=reason)
        return _view(session, [returned])(returned)

    @command(forms.LockSheets, right=ORGANIZES)
    def lock_sheets(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = find_stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        stage.check_not_cancelled()
        return lock_view(commands.lock_sheets(session, stage=stage))

    @on_due(commands.REMIND_JUDGES)
    def remind_judges(self, session: Session, stage_id: str) -> None:
        commands.remind_judges(session, stage=find_stage(session, stage_id))

    @hook(phase_closed(PhaseKind.JUDGING))
    def lock_at_end(self, session: Session, phase: Phase) -> None:
        commands.lock_at_end(session, phase)

    @query(forms.Rubric, shows=SEES_EDITION)
    def rubric(self, session: Session, *, stage_id: str) -> dict[str, Any] | None:
        """The rubric in force, for whoever may know of the competition."""
        seen = stages_by_id(session, [stage_id])
        return rubric_view(reading_sheets.terms(session, [stage_id])[stage_id].rubric) if seen else None

    @query(forms.MySheets, right=SIGNED_IN)
    def my_sheets(self, session: Session, **which: Any) -> dict[str, Any]:
        found = reading_sheets.my_assignments(session, **which)
        return found.view(_my_view(session, found.rows, reading_sheets.written(session, found.rows)))

    @query(forms.Sheets, right=OVERSEES)
    def sheets(self, session: Session, *, stage_id: str, **which: Any) -> dict[str, Any]:
        _overseen(session, stage_id)
        found = reading_sheets.sheets(session, stage_id, **which)
        return found.view(_view(session, found.rows))

    @query(ByIds, shows=OVERSEES)
    def sheets_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Sheets that the viewer is to write, and without their content those of stages that they run or supervise."""
        mine = reading_sheets.my_assignments_by_id(session, ids)
        others = reading_sheets.sheets_by_id(session, sorted({*ids} - {each.id for each in mine}))
        my_view = _my_view(session, mine, reading_sheets.written(session, mine))
        return [*rendered(mine, my_view), *rendered(others, _view(session, others))]

    @query(forms.ActionsOnSheets, shows=OVERSEES)
    def actions_on_sheets(self, session: Session, *, sheet_ids: list[str]) -> list[dict[str, Any]]:
        return self.actions_on(session, on_desk(session, sheet_ids), kind=OnDesk, whose="sheet_id")

    @query(forms.JudgingProgress, right=OVERSEES)
    def judging_progress(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        terms = reading_sheets.terms(session, [stage_id])[stage_id]
        seats = rendered(reading_sheets.progress(session, stage, terms.rubric), progress_view)
        return {"seats": seats, "due_at": terms.due_at, "locked_at": locked_at(session, stage_id)}

    @query(forms.Ranking, right=OVERSEES)
    def ranking(self, session: Session, *, stage_id: str, **which: Any) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        rows: Page[Any] = queries.part(queries.ranking(session, stage, self._most()).rows, **which)
        return rows.view(partial(placing_view, opened=opened(session, stage_id)))

    @query(forms.Calibration, right=OVERSEES)
    def calibration(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        return calibration_view(queries.ranking(session, stage, self._most()), opened=opened(session, stage.id))

    @query(forms.Sensitivity, right=OVERSEES)
    def sensitivity(
        self, session: Session, *, stage_id: str, prizes: list[int] | None = None, **which: Any
    ) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        rows: Page[Any] = queries.part(queries.sensitivity(session, stage, prizes or [], self._most()), **which)
        return rows.view(partial(stability_view, opened=opened(session, stage_id)))

    def _most(self) -> int:
        """How many rows of rankings this process remembers."""
        return self.runtime.settings.of(ScoringSettings).ranked_rows


def _overseen(session: Session, stage_id: str) -> Stage:
    """The stage, if the viewer organises or supervises its series."""
    stage = find_stage(session, stage_id)
    require(session, OVERSEES, series_id=stage.edition.series_id)
    return stage


def _my_view(
    session: Session, assignments: Sequence[Assignment], written: Mapping[str, Sheet]
) -> Callable[[Assignment], dict[str, Any]]:
    """How each of these looks to whoever is to write it."""
    terms = reading_sheets.terms(session, (each.stage_id for each in assignments))
    return lambda each: my_sheet_view(each, written.get(each.id), terms[each.stage_id])


def _view(session: Session, found: Sequence[Sheet]) -> Callable[[Sheet], dict[str, Any]]:
    """How each of these looks to whoever runs or supervises its stage."""
    stage_ids = {sheet.stage_id for sheet in found}
    terms, open_stages = reading_sheets.terms(session, stage_ids), queries.opened_among(session, stage_ids)
    return lambda sheet: sheet_view(sheet, terms[sheet.stage_id], opened=sheet.stage_id in open_stages)
