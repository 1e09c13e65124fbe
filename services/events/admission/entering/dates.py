"""Dates of entering: when the entries of a competition close, for those who may enter somebody there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from contracts.agenda import DateKind
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.authority import Role
from kit.data.db import Session
from kit.rights.grants import Scopes, scopes_held
from procedures.agenda.dates import Dates, DueRows, theirs
from services.events.admission.entries.model import STANDING, Entry
from services.events.admission.entries.rights import entries_for
from services.events.directory.model import AllianceMember
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import TAKES_PLACE
from services.events.rights import STANDS_FOR


def _windows(session: Session) -> DueRows | None:
    """The editions that are open to the viewer's own; done where they have entered somebody."""
    mine = entries_for(session, STANDS_FOR.exactly())
    entered = exists().where(Entry.edition_id == Edition.id, Entry.status.in_(STANDING), mine).correlate(Edition)
    open_to = _open_to(scopes_held(session, session.viewer.id))
    concerned = false() if mine is false() else or_(open_to, entered)
    return theirs(select(Edition.id, Edition.closes_at, entered).where(TAKES_PLACE), concerned)


def _open_to(held: Scopes) -> ColumnElement[bool]:
    """Which editions those with these roles may enter somebody in, as far as that is told beforehand."""
    if held.get(Role.PROVINCE_OFFICE):
        return true()
    series = sorted({scope.partition(":")[0] for scope in held.get(Role.DELEGATION_LEADER, ())})
    led = Edition.series_id.in_(series) if series else false()
    organizations = sorted(held.get(Role.REPRESENTATIVE, ()))
    if not organizations:
        return led
    among_members = exists().where(
        AllianceMember.alliance_id == Edition.alliance_id,
        AllianceMember.organization_id.in_(organizations),
        AllianceMember.status == MembershipStatus.MEMBER,
    )
    return or_(led, Edition.alliance_id.is_(None), among_members)


DATES = (Dates(kind=DateKind.ENTRIES, subject="edition", rows=_windows, action="submit_entry"),)
