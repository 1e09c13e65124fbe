"""Replacing on the wire: a judge declines, the organisers replace; the next in the order steps in."""

from __future__ import annotations

from typing import Any

from kit.authz import require
from kit.calls.rpc import command
from kit.calls.service import Service
from kit.data.db import Session
from services.events.editions.series.queries import organizes
from services.events.judging.judges import queries, schemas
from services.events.judging.judges.schemas import seat_view
from services.events.judging.judges.service import judging_rules, my_seat
from services.events.judging.replacing import commands


class ReplacingService(Service):
    """Whoever follows takes over the works that are not judged yet."""

    @command(schemas.SeatWithReason)
    def decline_seat(self, session: Session, *, seat_id: str, reason: str) -> dict[str, Any]:
        seat = my_seat(session, seat_id)
        rules = judging_rules(session, seat.stage)
        return seat_view(commands.decline_seat(session, seat=seat, reason=reason, rules=rules))

    @command(schemas.SeatWithReason)
    def replace_judge(self, session: Session, *, seat_id: str, reason: str) -> dict[str, Any]:
        seat = queries.seat(session, seat_id)
        require(session, organizes(seat.stage.edition.series_id))
        rules = judging_rules(session, seat.stage)
        return seat_view(commands.replace_judge(session, seat=seat, reason=reason, rules=rules))
