"""Parked work on the wire: the hub office sees what a service has given up on, has it tried again, or puts it aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from contracts.browsing import Stretch
from contracts.ids import is_reserved
from contracts.parked_forms import DiscardParked, Parked, ParkedSettlements, RetryParked
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import DEFAULT, Page, page, view_of_total
from kit.messages import parked
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE
from kit.work.due import Due
from kit.work.faults import fault_of
from kit.work.settlements import Settlement


class ParkedService(Service):
    """Every service has such work. What it holds is not shown: a message may name anybody."""

    @query(Parked, right=HUB_OFFICE)
    def parked(
        self,
        session: Session,
        *,
        kind: str | None = None,
        first: int | None = None,
        after: str | None = None,
        counted: bool = False,
    ) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        kinds = [each for each in self._kinds() if kind in (None, each.kind)]
        if counted:
            return Page([], [], has_next=False, **view_of_total(parked.number_parked(session, kinds))).view(dict)
        found = parked.parked_page(session, self.name, kinds, first=first or DEFAULT, after=after)
        return found.view(lambda row: parked_view(row, self.name))

    @query(ParkedSettlements, right=HUB_OFFICE)
    def parked_settlements(self, session: Session, **which: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        query = select(Settlement).order_by(Settlement.id.desc())
        return page(session, query, Stretch(**which)).view(settlement_view)

    @command(RetryParked, right=HUB_OFFICE)
    def retry_parked(self, session: Session, *, reference: str, reason: str | None = None) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        row = parked.parked_row(session, self.name, self._kinds(), reference)
        return settlement_view(parked.retry(session, self.name, row, reason or ""))

    @command(DiscardParked, right=HUB_OFFICE)
    def discard_parked(self, session: Session, *, reference: str, reason: str) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        row = parked.parked_row(session, self.name, self._kinds(), reference)
        return settlement_view(parked.discard(session, self.name, row, reason))

    def _kinds(self) -> Sequence[type[Due]]:
        return list(parked.due_rows(self.tables))


def parked_view(row: Due, service: str) -> dict[str, Any]:
    """How work that was given up on looks from outside: without what it holds, and without what an error says in its words."""
    return {
        "reference": parked.reference_of(service, row),
        "service": service,
        "kind": row.kind,
        "about": parked.about(row),
        "parked_at": row.parked_at,
        "attempts": row.attempts,
        "fault": fault_of(row.error),
    }


def settlement_view(settlement: Settlement) -> dict[str, Any]:
    return {
        "id": settlement.id,
        "reference": settlement.reference,
        "kind": settlement.kind,
        "about": settlement.about,
        "settled": settlement.settled,
        "reason": settlement.reason,
        "actor": None if is_reserved(settlement.actor) else settlement.actor,
        "settled_at": settlement.settled_at,
    }
