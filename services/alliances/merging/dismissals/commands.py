"""What can be done about pairs that look like one: say that they are two, and take that back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.merging.dismissals import DuplicateDismissed, DuplicateRestored
from contracts.refusals import NothingChanged
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.merging.dismissals.model import Dismissal
from services.alliances.merging.dismissals.queries import dismissal_of
from services.alliances.registry.organizations.model import Organization


def dismiss_duplicate(session: Session, *, earlier: Organization, later: Organization, reason: str) -> Dismissal:
    """The two are two as long as they are called so; refuses with NothingChanged where that was said."""
    dismissal = dismissal_of(session, earlier, later)
    if dismissal and dismissal.counts:
        raise NothingChanged
    if dismissal is None:
        dismissal = Dismissal(id=new_id(), created_at=session.now, version=0, earlier=earlier, later=later)
        session.add(dismissal)
    dismissal.earlier_name, dismissal.later_name = earlier.name_zh, later.name_zh
    dismissal.reason, dismissal.dismissed_by, dismissal.dismissed_at = reason, session.viewer.id, session.now
    dismissal.withdrawn_at = None
    record(session, dismissal, DuplicateDismissed(**_about(dismissal), reason=reason))
    try:
        session.flush()
    except IntegrityError as error:  # somebody else has said it at the same moment
        raise Contended from error
    return dismissal


def restore_duplicate(session: Session, *, dismissal: Dismissal, reason: str) -> Dismissal:
    """The pair is suggested again; refuses with NothingChanged where it is."""
    if not dismissal.counts:
        raise NothingChanged("dismissalId")
    dismissal.withdrawn_at = session.now
    record(session, dismissal, DuplicateRestored(**_about(dismissal), reason=reason))
    session.flush()
    return dismissal


def _about(dismissal: Dismissal) -> dict[str, Any]:
    both = {"earlier": dismissal.earlier.named, "later": dismissal.later.named}
    return {"dismissal_id": dismissal.id, **both}
