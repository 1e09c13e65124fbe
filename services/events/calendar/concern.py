"""Concern: what of all competitions concerns one person, by their roles, their entries and their seats as a judge."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from contracts.authority import Role
from kit.authz import Grant
from kit.data.db import Session
from services.events.admission.entries.model import STANDING, Entry, Member
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.judges.model import LIVE, Seat

NEWEST = 50
"""Of how many editions, the newest ones, a calendar tells; those before are over."""
RUNNING = (Role.ORGANIZER, Role.SUPERVISOR, Role.ARBITRATOR)


class Concern:
    """What the grants of a person say, read once."""

    def __init__(self, session: Session, person: str) -> None:
        self._person = person
        held = select(Grant.role, Grant.scope_id).where(Grant.person == person, Grant.revoked_at.is_(None))
        self._held = [(Role(role), scope_id) for role, scope_id in session.execute(held)]

    def runs(self) -> ColumnElement[bool]:
        """Which editions they organise, supervise or arbitrate."""
        return Edition.series_id.in_([scope_id for role, scope_id in self._held if role in RUNNING])

    def entries(self) -> Select[str]:
        """The ids of the entries of their institutions, provinces and delegations, and those that they are a member of."""
        led = [scope_id.split(":") for scope_id in self._of(Role.DELEGATION_LEADER)]
        mine = or_(
            Entry.organization_id.in_(self._of(Role.REPRESENTATIVE)),
            Entry.province.in_(self._of(Role.PROVINCE_OFFICE)),
            *(and_(Edition.series_id == series_id, Entry.province == province) for series_id, province in led),
            exists().where(Member.entry_id == Entry.id, Member.person == self._person),
        )
        query = select(Entry.id).join(Edition, Edition.id == Entry.edition_id)
        return query.where(Entry.edition_id.in_(newest_editions()), Entry.status.in_(STANDING), mine)

    def judged_rounds(self) -> Select[str]:
        """The ids of the rounds in which they have a seat on a panel."""
        seats = select(Stage.round_id).join(Seat, Seat.stage_id == Stage.id)
        return seats.where(Seat.person == self._person, Seat.status.in_(LIVE))

    def editions(self) -> Select[str]:
        """The ids of the editions of which they see everything that is dated."""
        entered = select(Entry.edition_id).where(Entry.id.in_(self.entries()))
        return newest_editions().where(or_(self.runs(), Edition.id.in_(entered)))

    def _of(self, role: Role) -> list[str]:
        return [scope_id for held, scope_id in self._held if held == role]


def newest_editions() -> Select[str]:
    """The ids of the newest editions that are public."""
    newest = select(Edition.id).where(Edition.published_at.is_not(None)).order_by(Edition.id.desc()).limit(NEWEST)
    return select(Edition.id).where(Edition.id.in_(newest.subquery().select()))
