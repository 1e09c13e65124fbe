"""Subjects: which node of the graph shows what a message, and so a notice, is about."""

from __future__ import annotations

from gateway.graph.relay import LOADERS

_CALLED = {
    "candidate": "JudgeCandidate",
    "edition": "Competition",
    "seal": "Stage",  # whose codes it seals, and whose id it has
    "seat": "JudgeSeat",
    "series": "CompetitionSeries",
}
"""What the graph calls by another name than the services."""


def node_type(subject: str) -> str | None:
    """The type of the node that shows a subject, by its word on the wire; None for what is no node."""
    name = _CALLED.get(subject) or "".join(word.capitalize() for word in subject.split("_"))
    return name if name in LOADERS else None
