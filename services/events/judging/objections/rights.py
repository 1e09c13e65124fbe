"""Rights on objections: of those who filed them, of their panels, and of the organisers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from kit.rights.right import among
from services.events.judging.objections.model import ArbitratorSeat
from services.events.rights import FILED_OBJECTION, ORGANIZES


def _is_seated(person: str, objection_id: str) -> ColumnElement[bool]:
    return exists().where(
        ArbitratorSeat.objection_id == objection_id, ArbitratorSeat.person == person, ArbitratorSeat.left_at.is_(None)
    )


SITS_NOW = among(_is_seated, "objection_id", zh="在席的仲裁员", en="an arbitrator who sits on the panel now")
HAS_TO_DO_WITH_OBJECTION = FILED_OBJECTION | SITS_NOW
SEES_OBJECTION = HAS_TO_DO_WITH_OBJECTION | ORGANIZES
