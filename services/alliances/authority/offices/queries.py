"""What can be asked about the hub office: the changes that wait, and to whom its people owe their part in it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.alliances.authority.offices import OfficeChangeKind
from contracts.authority import Role, Scope
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.alliances.authority.offices.model import OfficeChange
from services.alliances.authority.roles.appointing import Givers
from services.alliances.authority.roles.queries import givers


def office_change(session: Session, office_change_id: str) -> OfficeChange:
    """The change, locked until this transaction ends; refuses with NotFound."""
    found = session.get(OfficeChange, office_change_id, with_for_update=True)
    if found is None:
        raise NotFound("officeChangeId")
    return found


def office_changes(session: Session, *, stretch: Stretch = START) -> Page[OfficeChange]:
    """Those that wait for their second signature, in the order in which they came."""
    waiting = OfficeChange.signed_by.is_(None) & OfficeChange.withdrawn_at.is_(None)
    return page(session, select(OfficeChange).where(waiting).order_by(OfficeChange.id), stretch)


def office_changes_by_id(session: Session, ids: list[str]) -> Sequence[OfficeChange]:
    """Those of these changes that exist, in no particular order."""
    return session.scalars(select(OfficeChange).where(OfficeChange.id.in_(ids))).all()


def appointers(session: Session) -> Givers:
    """Who gave the hub office to each of its people: who signed, as the journal has it, and who had proposed."""
    found = givers(session, Role.HUB_OFFICE, Scope.hub())
    appointed = OfficeChange.kind == OfficeChangeKind.APPOINT, OfficeChange.signed_by.is_not(None)
    for person, proposed_by in session.execute(select(OfficeChange.person, OfficeChange.proposed_by).where(*appointed)):
        found[person].add(proposed_by)
    return found
