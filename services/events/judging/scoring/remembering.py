"""Remembering: what was worked out from the locked sheets of a stage, for as long as all that it was worked out from stays.

A ranking of thousands of entries takes a second, and its pages are read one after another. Locked sheets do not change:
what else a ranking is made from is its `State`, a few rows that every page reads anew. So nothing has to be told of a
change, and no page is older than its question.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sized
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import select

from contracts.events.admission.entries import ParticipantStatus
from contracts.events.judging.draws import DrawStatus
from kit.data.db import Session
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.queries import opened
from services.events.judging.judges.model import Draw
from services.events.judging.locks import queries as locks

Worked = TypeVar("Worked")


@dataclass(frozen=True)
class State:
    """All that decides, beside the locked sheets, how a stage is ranked: its lock, its draw, and who is left out.

    An entry that has withdrawn is left out once the codes are opened, not before: a code that vanishes when an entry does
    would tell which is whose.
    """

    stage_id: str
    locked_at: datetime
    rules_version: int
    seed: str
    draw: tuple[str, int] | None
    left_out: frozenset[str]


def state(session: Session, stage: Stage) -> State:
    """How a stage stands now; refuses with SheetsNotLocked."""
    lock = locks.locked(session, stage.id)
    drawn = select(Draw.id, Draw.version).where(Draw.stage_id == stage.id, Draw.status != DrawStatus.CANCELLED)
    draw = session.execute(drawn).first()
    left_out = _withdrawn(session, stage.id) if opened(session, stage.id) else frozenset()
    return State(
        stage.id, lock.locked_at, lock.rules_version, lock.seed, (draw[0], draw[1]) if draw else None, left_out
    )


def _withdrawn(session: Session, stage_id: str) -> frozenset[str]:
    gone = Participant.stage_id == stage_id, Participant.status == ParticipantStatus.WITHDRAWN
    return frozenset(session.scalars(select(Participant.entry_id).where(*gone)))


class Memory:
    """What was worked out, by what it was worked out from: the last used, together at most so many rows, one at least.

    Of those who ask for the same at once, one works it out and the others wait for it.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, tuple[Sized, Any]] = OrderedDict()
        self._works = threading.Lock()
        self._turns = threading.Lock()

    def of(self, key: Any, work: Callable[[], Worked], rows: Callable[[Worked], Sized], most: int) -> Worked:
        """What `work` makes, or has made of the same key; `rows` are those that count towards the `most`."""
        if (kept := self._found(key)) is not None:
            return cast(Worked, kept)
        with self._works:
            if (kept := self._found(key)) is None:
                kept = work()
                self._keep(key, kept, rows(kept), most)
            return cast(Worked, kept)

    def _found(self, key: Any) -> Any:
        with self._turns:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][1]

    def _keep(self, key: Any, worked: Any, rows: Sized, most: int) -> None:
        with self._turns:
            self._kept[key] = rows, worked
            while len(self._kept) > 1 and sum(len(each) for each, _ in self._kept.values()) > most:
                self._kept.popitem(last=False)


RANKINGS = Memory()
"""Those that this process has made; what is in it speaks of codes alone, as the sheets do."""
