"""Following: what becomes of a re-judging when the version that came of it is announced or taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from contracts.events.judging import rejudging as say
from contracts.events.judging.rejudging import RejudgingStatus
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.judging.objections.commands import remedy_objection
from services.events.judging.objections.model import Objection
from services.events.judging.rejudging.model import Rejudging
from services.events.judging.results.model import Result, ResultVersion


def follow_announcement(session: Session, result: Result, version: ResultVersion) -> None:
    """Close the objection that this version remedies, if there is one."""
    if version.rejudging_id:
        rejudging = _rejudging(session, result, version.rejudging_id)
        rejudging.status = RejudgingStatus.ANNOUNCED
        remedy_objection(session, rejudging.objection, remedied=True)


def follow_withdrawal(session: Session, result: Result, version: ResultVersion) -> None:
    """Let the re-judging be changed again that this version came from, if there is one."""
    if version.rejudging_id:
        rejudging = _rejudging(session, result, version.rejudging_id)
        rejudging.status = RejudgingStatus.OPEN
        record(session, rejudging, say.RejudgingReopened(**about(rejudging, result)))


def about(rejudging: Rejudging, result: Result) -> dict[str, Any]:
    """What every message about a re-judging says."""
    ids = {"rejudging_id": rejudging.id, "objection_id": rejudging.objection_id}
    return {**result.stage.about, **ids, "people": rejudging.people}


def _rejudging(session: Session, result: Result, rejudging_id: str) -> Rejudging:
    """The re-judging with its objection; the result is the one that the caller has locked."""
    whole = selectinload(Rejudging.objection).selectinload(Objection.seats)
    found = session.get_one(Rejudging, rejudging_id, options=[whole], populate_existing=True)
    set_committed_value(found.objection, "result", result)
    return found
