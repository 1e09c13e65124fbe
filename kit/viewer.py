"""Viewer: who is asking, as the gateway found out; nobody in particular when `id` is empty."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.ids import RESERVED


@dataclass(frozen=True)
class Viewer:
    """A signed-in person by the subject of their token, or a visitor without one."""

    id: str = ""

    @property
    def signed_in(self) -> bool:
        return bool(self.id)


NOBODY = Viewer()

SYSTEM = Viewer(f"{RESERVED}hub")
"""The hub itself: what the clock or a message set going."""
