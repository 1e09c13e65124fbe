"""A service's part of an agenda: what of its things is due for the viewer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from contracts.agenda_forms import MyDates
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import DEFAULT, Page, view_of_total
from kit.rights.asking import require_signed_in
from kit.rights.right import SIGNED_IN
from procedures.agenda.dates import Dates, DueThing, due, number_due, span_of


class AgendaService(Service):
    """Answers from the rows of all its families what falls due; each family says in `dates.py` which rows those are."""

    dates: ClassVar[tuple[Dates, ...]]

    @query(MyDates, right=SIGNED_IN)
    def my_dates(
        self,
        session: Session,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        undone: bool | None = None,
        counted: bool | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        require_signed_in(session)
        span, settings = span_of(since or session.now, until, undone=bool(undone)), self.runtime.settings
        if counted:
            number = number_due(session, settings, self.dates, span)
            page = Page[DueThing]([], [], has_next=False, **view_of_total(number))
        else:
            page = due(session, settings, self.dates, span, first=first or DEFAULT, after=after)
        return page.view(_view)


def _view(thing: DueThing) -> dict[str, Any]:
    return {
        "kind": thing.dates.kind,
        "subject_type": thing.dates.subject,
        "subject_id": thing.id,
        "due_at": thing.due_at,
        "done": thing.done,
        "action": None if thing.done else thing.dates.action,
    }
