"""Search in a service: its names are spelled out wave by wave, whoever wrote them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from kit.calls.service import Service
from kit.work.pump import pump
from procedures.search.indexing import index_missing, is_missing
from procedures.search.tables import Findable

SEARCH = "search"


class SearchService(Service):
    """What a service finds by names: those that an earlier release has entered are found a little later."""

    findable: ClassVar[tuple[type[Findable], ...]]

    @pump(SEARCH)
    def spell_out(self) -> datetime | None:
        """A wave of each kind, as a transaction of its own; returns now while there are more."""
        more = [self._wave(things) for things in self.findable]
        return self.runtime.database.now() if any(more) else None

    def _wave(self, things: type[Findable]) -> bool:
        database = self.runtime.database
        with database.transaction(writes=False) as session:
            if not is_missing(session, things):
                return False
        with database.transaction() as session:
            return index_missing(session, things)
