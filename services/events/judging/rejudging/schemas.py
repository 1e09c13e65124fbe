"""How a re-judging looks to the panel and to the judges appointed to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.events.judging.judges.model import Assignment
from services.events.judging.rejudging.difference import Change
from services.events.judging.rejudging.model import RejudgedSheet, Rejudging, Ruling
from services.events.judging.results.rows import Row, text_of


def judge_view(rejudging: Rejudging, tasks: Sequence[Assignment], viewer: str) -> dict[str, Any]:
    """What an appointed judge sees: what is to be judged, by code, and their own sheets."""
    return {
        "id": rejudging.id,
        "status": rejudging.status,
        "created_at": rejudging.created_at,
        "tasks": [{"sheet_id": task.id, "code": task.code} for task in tasks],
        "sheets": [_sheet_view(sheet) for sheet in rejudging.newest_sheets if sheet.person == viewer],
    }


def panel_view(
    rejudging: Rejudging,
    tasks: Sequence[Assignment],
    *,
    changes: Sequence[Change],
    digest: str | None,
    known: Mapping[str, Row],
) -> dict[str, Any]:
    """All of it, with the difference as it would be applied now, or as it was."""
    return {
        "id": rejudging.id,
        "status": rejudging.status,
        "created_at": rejudging.created_at,
        "tasks": [{"sheet_id": task.id, "code": task.code} for task in tasks],
        "sheets": [_sheet_view(sheet) for sheet in rejudging.newest_sheets],
        "objection_id": rejudging.objection_id,
        "entry_ids": rejudging.entry_ids,
        "people": rejudging.people,
        "rulings": [_ruling_view(ruling) for ruling in rejudging.rulings],
        "cancel_reason": rejudging.cancel_reason,
        "difference": [_change_view(change, known) for change in changes],
        "difference_digest": digest,
    }


def _sheet_view(sheet: RejudgedSheet) -> dict[str, Any]:
    return {
        "sheet_id": sheet.assignment_id,
        "code": sheet.code,
        "person": sheet.person,
        "scores": [{"criterion": key, "points": value} for key, value in sheet.points.items()],
        "remark": sheet.remark,
        "given_at": sheet.given_at,
    }


def _ruling_view(ruling: Ruling) -> dict[str, Any]:
    return {
        "id": ruling.id,
        "kind": ruling.kind,
        "entry_id": ruling.entry_id,
        "sheet_id": ruling.assignment_id,
        "code": ruling.code,
        "reason": ruling.reason,
        "person": ruling.person,
        "given_at": ruling.given_at,
        "lifted_at": ruling.lifted_at,
    }


def _change_view(change: Change, known: Mapping[str, Row]) -> dict[str, Any]:
    return {
        "entry_id": change.entry_id,
        "contestant": known[change.entry_id].contestant,
        "place_before": change.place_before,
        "place_after": change.place_after,
        "score_before": text_of(change.score_before),
        "score_after": text_of(change.score_after),
    }
