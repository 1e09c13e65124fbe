"""Remembered: what was worked out for a text that strangers send, for a few of those asked for last and for none that is long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple

Said = TypeVarTuple("Said")
Worked = TypeVar("Worked")
Key = tuple[object, ...]


class Remembered(Generic[*Said, Worked]):
    """Calls `work` for what it does not remember; arguments are hashable.

    It remembers at most `entries` answers; the texts that they were asked by have at most `longest` characters (or bytes) each
    and `total` together. The answer is to be of about the size of the question.
    """

    def __init__(self, work: Callable[[*Said], Worked], *, entries: int, longest: int, total: int) -> None:
        self._work = work
        self._entries, self._longest, self._total = entries, min(longest, total), total
        self._known: OrderedDict[Key, Worked] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def __call__(self, *said: *Said) -> Worked:
        with self._lock:
            if said in self._known:
                self._known.move_to_end(said)
                return self._known[said]
        worked = self._work(*said)
        if _length(said) <= self._longest:
            self._keep(said, worked)
        return worked

    def __len__(self) -> int:
        return len(self._known)

    @property
    def length(self) -> int:
        """Of all texts that answers are remembered for."""
        return self._length

    def _keep(self, said: Key, worked: Worked) -> None:
        with self._lock:
            if said not in self._known:
                self._length += _length(said)
            self._known[said] = worked
            while len(self._known) > self._entries or self._length > self._total:
                forgotten, _ = self._known.popitem(last=False)
                self._length -= _length(forgotten)


def _length(said: Key) -> int:
    return sum(len(part) for part in said if isinstance(part, str | bytes))
