"""How rubrics, sheets, progress and rankings look from outside; figures are text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from contracts.events.judging.scoring import SheetStatus
from services.events.judging.judges.model import Assignment
from services.events.judging.locks.model import SheetLock
from services.events.judging.scoring.calibration import JudgeEffect
from services.events.judging.scoring.model import Sheet, total_written
from services.events.judging.scoring.ranking import SHOWN, Placing, Ranking, rounded
from services.events.judging.scoring.reading_sheets import Progress, Terms
from services.events.judging.scoring.rules import Criterion, Rubric
from services.events.judging.scoring.sensitivity import Stability


def rubric_view(rubric: Rubric) -> dict[str, Any]:
    return {"version": rubric.stamp, "criteria": [_criterion_view(criterion) for criterion in rubric.criteria]}


def my_sheet_view(assignment: Assignment, sheet: Sheet | None, terms: Terms) -> dict[str, Any]:
    """A sheet as its judge sees it, also before anything is written."""
    view: dict[str, Any] = {
        "id": assignment.id,
        "stage_id": assignment.stage_id,
        "seat_id": assignment.seat_id,
        "code": assignment.code,
        "due_at": terms.due_at,
        **_NOTHING_WRITTEN,
    }
    return view if sheet is None else {**view, **_state(sheet, terms.rubric), **_content(sheet, terms.rubric)}


def sheet_view(sheet: Sheet, terms: Terms, *, opened: bool) -> dict[str, Any]:
    """A sheet as those see it who run the stage: for which code, and what it says, only once the codes are opened."""
    view: dict[str, Any] = {
        **_NOTHING_WRITTEN,
        "id": sheet.id,
        "stage_id": sheet.stage_id,
        "seat_id": sheet.seat_id,
        "code": None,
        "due_at": terms.due_at,
        **_state(sheet, terms.rubric),
    }
    if not opened:
        return {**view, "scores": None, "remark": None, "version": None}
    return {**view, "code": sheet.assignment.code, **_content(sheet, terms.rubric)}


def lock_view(lock: SheetLock) -> dict[str, Any]:
    return {"stage_id": lock.stage_id, "locked_at": lock.locked_at, "rules_version": lock.rules_version}


def progress_view(progress: Progress) -> dict[str, Any]:
    return {
        "seat_id": progress.seat_id,
        "assigned": progress.assigned,
        "drafts": progress.drafts,
        "submitted": progress.submitted,
        "outdated": progress.outdated,
        "last_submitted_at": progress.last_submitted_at,
    }


def placing_view(placing: Placing, *, opened: bool) -> dict[str, Any]:
    """A row of the ranking; which judge has judged which code is told only once the codes are opened."""
    return {
        "place": placing.place,
        "code": placing.code,
        "score": _text(placing.score),
        "raw": _text(placing.raw),
        "adjusted": _text(placing.adjusted),
        "sheets": placing.sheets,
        "missing": placing.missing,
        "dropped": len(placing.dropped),
        "dropped_seat_ids": list(placing.dropped) if opened else [],
        "tie_above": placing.tie and placing.tie.above,
        "tie_below": placing.tie and placing.tie.below,
    }


def calibration_view(ranking: Ranking, *, opened: bool) -> dict[str, Any]:
    """What calibration has found; whose figures they are is told only once the codes are opened."""
    judges = sorted(ranking.judges, key=lambda judge: judge.seat_id if opened else (judge.shift, judge.mean))
    return {"groups": ranking.groups, "judges": [_judge_view(judge, opened=opened) for judge in judges]}


def stability_view(stability: Stability, *, opened: bool) -> dict[str, Any]:
    """How firm a place is; on which judges it hangs is told only once the codes are opened."""
    return {
        "code": stability.code,
        "place": stability.place,
        "prize": stability.prize,
        "best": stability.best,
        "worst": stability.worst,
        "prize_hangs": stability.prize_hangs,
        "hangs_on": [
            {"seat_id": swing.seat_id if opened else None, "place": swing.place, "prize": swing.prize}
            for swing in sorted(stability.hangs_on, key=lambda swing: (swing.place or 0, swing.seat_id))
        ],
    }


_NOTHING_WRITTEN: dict[str, Any] = {
    "status": SheetStatus.DRAFT,
    "scores": [],
    "total": None,
    "remark": "",
    "version": 0,
    "return_reason": "",
    "rubric_version": None,
    "outdated": False,
    "submitted_at": None,
}


def _state(sheet: Sheet, rubric: Rubric) -> dict[str, Any]:
    return {
        "status": sheet.status,
        "return_reason": sheet.return_reason,
        "rubric_version": sheet.rubric,
        "outdated": sheet.rubric != rubric.stamp,
        "submitted_at": sheet.submitted_at,
    }


def _content(sheet: Sheet, rubric: Rubric) -> dict[str, Any]:
    return {
        "scores": [{"criterion": key, "points": points} for key, points in sheet.points.items()],
        "total": _text(total_written(sheet, rubric)),
        "remark": sheet.remark,
        "version": sheet.version,
    }


def _criterion_view(criterion: Criterion) -> dict[str, Any]:
    return {
        "key": criterion.key,
        "name_zh": criterion.name_zh,
        "name_en": criterion.name_en,
        "weight": _text(criterion.weight),
        "least": _text(criterion.least),
        "most": _text(criterion.most),
        "step": _text(criterion.step),
    }


def _judge_view(judge: JudgeEffect, *, opened: bool) -> dict[str, Any]:
    return {
        "seat_id": judge.seat_id if opened else None,
        "sheets": judge.sheets,
        "mean": _figure(judge.mean),
        "shift": _figure(judge.shift),
        "ratio": _figure(judge.ratio),
        "kept_as_is": judge.kept_as_is,
    }


def _figure(value: Fraction) -> str:
    return str(rounded(value, SHOWN))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
