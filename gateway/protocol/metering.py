"""Metering: what an operation costs is paid before it runs, by whoever the meter says."""

from __future__ import annotations

from typing import Any, Protocol

from gateway.protocol.faults import Fault


class Bill(Protocol):
    """What one operation costs those who pay for it."""

    def take(self, cost: float) -> None:
        """Pay so much; raises BUDGET_SPENT and takes nothing where it is not there."""
        ...

    def settle(self, fields: int) -> None:
        """Give back what the answer did not need: an answer without errors that has so many fields."""
        ...

    def shown(self) -> dict[str, int]:
        """What was asked for, what of it was used, and what is left: `extensions.cost`."""
        ...


class Meter(Protocol):
    """Whoever knows who pays."""

    def open(self, context: Any) -> Bill:
        """The bill of an operation; raises BUDGET_SPENT for whoever has nothing left at all."""
        ...


class Free:
    """A meter that counts nothing, and the bill that it writes."""

    def open(self, context: Any) -> Free:
        return self

    def take(self, cost: float) -> None: ...

    def settle(self, fields: int) -> None: ...

    def shown(self) -> dict[str, int]:
        return {}


def budget_spent(requested: float, left: float, seconds: int) -> Fault:
    """HTTP 429 (RFC 6585), with when it is worth trying again."""
    return Fault(
        "BUDGET_SPENT",
        status=429,
        headers={"retry-after": str(seconds)},
        requested=int(requested),
        left=int(left),
        retryAfter=seconds,
    )
