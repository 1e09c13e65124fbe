"""Wakeups: lets a pump sleep until there is something to do."""

from __future__ import annotations

from collections.abc import Callable

CHANNEL = "hub_wake"
"""The PostgreSQL channel on which a process tells all others which pumps to wake."""


class Wakeups:
    """Named wishes to be woken; waking a name that nobody waits for does nothing."""

    def __init__(self) -> None:
        self._wakes: dict[str, list[Callable[[], None]]] = {}

    def on(self, name: str, wake: Callable[[], None]) -> None:
        self._wakes.setdefault(name, []).append(wake)

    def wake(self, *names: str) -> None:
        for name in names:
            for wake in self._wakes.get(name, ()):
                wake()

    def wake_all(self) -> None:
        self.wake(*self._wakes)
