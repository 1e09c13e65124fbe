"""History: what happened to any subject of a service, read from its journal."""

from __future__ import annotations

from typing import Any

from contracts.forms import Input, identifier, text, whole
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.outbox import OutboxRow, history
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE

MOST = 100


class _Subject(Input):
    subject_type = text(max=50)
    subject_id = identifier()
    after = whole(min=0, max=2**31 - 1, required=False)
    first = whole(min=1, max=MOST, required=False)


class HistoryService(Service):
    """Every service answers `history`; it shows who did what, so it is for the hub office."""

    @query(_Subject, right=HUB_OFFICE)
    def history(
        self,
        session: Session,
        *,
        subject_type: str,
        subject_id: str,
        after: int | None = None,
        first: int | None = None,
    ) -> list[dict[str, Any]]:
        require(session, HUB_OFFICE)
        return [_view(row) for row in history(session, subject_type, subject_id, after=after or 0, first=first or MOST)]


def _view(row: OutboxRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": row.type,
        "version": row.subject_version,
        "time": row.time,
        "actor": row.actor,
        "correlation_id": row.correlation_id,
        "data": row.data,
    }
