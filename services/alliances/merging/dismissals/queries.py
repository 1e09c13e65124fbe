"""What can be asked about dismissals: the one of a pair, and all that count."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.merging.dismissals.model import Dismissal
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.regions import lies_in

_WHOLE = (joinedload(Dismissal.earlier), joinedload(Dismissal.later))


def dismissal(session: Session, dismissal_id: str) -> Dismissal:
    """The dismissal with its two organisations; refuses with NotFound."""
    found = session.find(Dismissal, dismissal_id, *_WHOLE)
    if found is None:
        raise NotFound("dismissalId")
    return found


def dismissal_of(session: Session, earlier: Organization, later: Organization) -> Dismissal | None:
    """What was said of this pair, whether it counts or not."""
    query = select(Dismissal).where(Dismissal.earlier_id == earlier.id, Dismissal.later_id == later.id)
    return session.scalars(query.options(*_WHOLE)).one_or_none()


def dismissals(session: Session, *, province: str | None = None, stretch: Stretch = START) -> Page[Dismissal]:
    """Those that count, the newest pair first; with a `province` those of which both lie in it."""
    earlier, later = aliased(Organization), aliased(Organization)
    query = select(Dismissal).join(earlier, Dismissal.earlier).join(later, Dismissal.later)
    query = query.where(
        Dismissal.withdrawn_at.is_(None),
        Dismissal.earlier_name == earlier.name_zh,
        Dismissal.later_name == later.name_zh,
    )
    if province:
        query = query.where(lies_in(earlier.region, province), lies_in(later.region, province))
    return page(session, query.order_by(Dismissal.id.desc()), stretch)
