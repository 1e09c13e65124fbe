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


NOT_YET = (Lack("organiser", "cancel one track", "a competition is cancelled as a whole", ("cancelTrack",)),)


def said() -> list[str]:
    return [f"{lack.persona:<15}{lack.title:<52} not yet: {lack.reason}" for lack in NOT_YET]
