"""Concern: what of all competitions concerns one person, by their roles, their entries and their seats as a judge."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select

from kit.data.db import Session
from services.events.admission.entries.model import CONCERNED, Entry
from services.events.admission.entries.rights import WORKS_ON_ENTRY, entries_for
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.judges.model import LIVE, Seat
from services.events.rights import RUNS

NEWEST = 50
"""Of how many editions, the newest ones, a calendar tells; those before are over."""


class Concern:
    """What concerns a person, who need not be the viewer: whoever has the address of their calendar reads it."""

    def __init__(self, session: Session, person: str) -> None:
        self._session, self._person = session, person

    def runs(self) -> ColumnElement[bool]:
        """Which editions they organise, supervise or arbitrate."""
        return RUNS.exactly().rows(self._session, by=self._person, series_id=Edition.series_id)

    def entries(self) -> Select[str]:
        """The ids of the entries of their institutions, provinces and delegations, and those that they are a member of."""
        mine = entries_for(self._session, WORKS_ON_ENTRY.exactly(), by=self._person)
        query = select(Entry.id).join(Edition, Edition.id == Entry.edition_id)
        return query.where(Entry.edition_id.in_(newest_editions()), Entry.status.in_(CONCERNED), mine)

    def judged_rounds(self) -> Select[str]:
        """The ids of the rounds in which they have a seat on a panel."""
        seats = select(Stage.round_id).join(Seat, Seat.stage_id == Stage.id)
        return seats.where(Seat.person == self._person, Seat.status.in_(LIVE))

    def editions(self) -> Select[str]:
        """The ids of the editions of which they see everything that is dated."""
        entered = select(Entry.edition_id).where(Entry.id.in_(self.entries()))
        return newest_editions().where(or_(self.runs(), Edition.id.in_(entered)))


def newest_editions() -> Select[str]:
    """The ids of the newest editions that are public."""
    newest = select(Edition.id).where(Edition.published_at.is_not(None)).order_by(Edition.id.desc()).limit(NEWEST)
    return select(Edition.id).where(Edition.id.in_(newest.subquery().select()))
