"""Tidying: what has run out goes in batches, each a short transaction of its own, from time to time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from kit.data.db import Database, Session
from kit.settings import Keeping

TIDY = "tidy"

Forget = Callable[[Session, Keeping], int]
"""Drops at most `tidy_batch` rows that have run out; returns how many."""

Method = TypeVar("Method", bound=Callable[..., int])


def tidies(method: Method) -> Method:
    """Marks a method of a service that drops what has run out: `def forget_sightings(self, session, keeping) -> int`."""
    method.tidies = True  # type: ignore[attr-defined]
    return method


class Tidying:
    """The pump's work: one batch of everything a call; while one of them is full there is more to do at once."""

    def __init__(self, database: Database, keeping: Keeping, forgetting: Iterable[Forget]) -> None:
        self._database = database
        self._keeping = keeping
        self._forgetting = list(forgetting)

    def work(self) -> datetime:
        """Returns when there will be something to do again."""
        full = [self._batch(forget) >= self._keeping.tidy_batch for forget in self._forgetting]
        now = self._database.now()
        return now if any(full) else now + timedelta(seconds=self._keeping.tidy_every)

    def _batch(self, forget: Forget) -> int:
        with self._database.transaction() as session:
            return forget(session, self._keeping)
