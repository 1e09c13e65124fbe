"""Repeating: the next edition of a series, drafted from the last one in one command."""

from __future__ import annotations

from datetime import datetime

from contracts.refusals import InvalidInput, OutOfRange
from contracts.times import FIRST_DAY, LAST_DAY
from kit.data.db import Session
from services.events.competitions.commands import draft_competition
from services.events.competitions.planning import plan_of
from services.events.competitions.presenting import go_on_presenting
from services.events.editions.editions.model import Edition


def open_next_edition(session: Session, *, last: Edition, opens_at: datetime, number: int | None = None) -> Edition:
    """Draft the edition after `last` with its tracks, places, rounds, phases and rules, all so much later as it opens.

    Its number is the next one where none is given. Refuses as drafting does.
    """
    later = opens_at - last.opens_at
    try:
        closes_at, plan = last.closes_at + later, plan_of(session, last, later=later)
    except OverflowError:  # of an edition from before there were bounds
        raise InvalidInput(OutOfRange("opensAt", min=str(FIRST_DAY), max=str(LAST_DAY))) from None
    draft = draft_competition(
        session,
        series=last.series,
        number=number or last.number + 1,
        host_region=last.host_region,
        opens_at=opens_at,
        closes_at=closes_at,
        alliance_id=last.alliance_id,
        plan=plan,
    )
    go_on_presenting(session, last, draft)
    return draft
