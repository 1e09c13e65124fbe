"""How papers look from outside: to both sides, and to the gateway that gives one out."""

from __future__ import annotations

from typing import Any

from contracts.alliances.membership.papers import PAPERS
from services.alliances.membership.charters.rules import PaperRules
from services.alliances.membership.papers.model import ApplicationPaper


def paper_view(paper: ApplicationPaper, rules: PaperRules, ticket: str | None = None) -> dict[str, Any]:
    """Which paper it is; where it can be fetched only for whom a ticket was signed."""
    kind = rules.kinds.get(paper.kind)
    return {
        "id": paper.id,
        **paper.pair,
        "kind": paper.kind or None,
        "kind_name": {"zh": kind.name_zh, "en": kind.name_en} if kind else None,
        "name": paper.name,
        "media_type": paper.media_type,
        "size": paper.size,
        "sha256": paper.sha256,
        "completed_at": paper.completed_at,
        "url": f"{PAPERS}/{ticket}" if ticket else None,
    }


def file_view(paper: ApplicationPaper) -> dict[str, Any]:
    """What the gateway needs to give it out."""
    return {"key": paper.key, "name": paper.name, "media_type": paper.media_type, "size": paper.size}
