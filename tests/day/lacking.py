"""Lacking: what somebody would do on a day and cannot yet, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lack:
    """`words` are names that the schema will have once it can be done; until then it has none of them."""

    persona: str
    title: str
    reason: str
    words: tuple[str, ...]


NOT_YET = (
    Lack(
        "hub office",
        "see what is stuck",
        "`hub parked list` shows it on the machine (docs/runbooks.md), the graph does not",
        ("parked", "parkedMessages", "deliveries", "jobs"),
    ),
    Lack(
        "hub office",
        "send again what is stuck",
        "`hub parked retry` does it on the machine; in the graph only letters with a code",
        ("retryParked", "sendAgain", "resendDelivery"),
    ),
)


def said() -> list[str]:
    return [f"{lack.persona:<15}{lack.title:<52} not yet: {lack.reason}" for lack in NOT_YET]
