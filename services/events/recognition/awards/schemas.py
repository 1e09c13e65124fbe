"""How awards and tables look from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.events.recognition.awards.model import Award
from services.events.recognition.awards.tallies import Line


def award_view(concerns: Callable[[Award], bool]) -> Callable[[Award], dict[str, Any]]:
    """How an award looks to somebody: name in full, certificate and reason for those whom it concerns."""

    def view(award: Award) -> dict[str, Any]:
        concerned = concerns(award)
        return {
            "id": award.id,
            "competition_id": award.edition_id,
            "stage_id": award.stage_id,
            "kind": award.kind,
            "prize": {"code": award.prize, "name_zh": award.prize_zh, "name_en": award.prize_en},
            "place": award.place,
            "recipient": award.recipient if concerned else award.shown_as,
            "organization_id": award.organization_id,
            "province": award.province,
            "status": award.status,
            "granted_at": award.created_at,
            "withdrawn_at": award.withdrawn_at,
            "ground": award.ground,
            "reason": award.reason if concerned else None,
            "number": award.number if concerned else None,
        }

    return view


def line_view(line: Line) -> dict[str, Any]:
    return {
        "place": line.place,
        "holder": line.holder,
        "counts": [{"code": code, "count": count} for code, count in line.counts.items()],
        "prizes": line.prizes,
        "points": line.points,
    }
