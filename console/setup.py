"""Setup: what the console is made of in this process."""

from __future__ import annotations

from dataclasses import dataclass

from console.rendering import Rendering
from console.sessions import Sessions
from console.way import Way
from gateway.executor import Executor
from kit.clock import Clock


@dataclass(frozen=True)
class Setup:
    """`origin` is that of the hub's published address, `way` how people sign in, and `sessions` who is."""

    executor: Executor
    rendering: Rendering
    sessions: Sessions
    way: Way
    origin: str
    clock: Clock

    @property
    def secure(self) -> bool:
        """Whether people reach the hub by https."""
        return self.origin.startswith("https://")
