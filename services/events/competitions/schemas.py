"""How what a draft lacks looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.competitions.lacking import Shortcoming


def shortcoming_view(shortcoming: Shortcoming) -> dict[str, Any]:
    [problem] = shortcoming.problem.problems()
    return {"competition_id": shortcoming.edition_id, "problem": problem, "blocks": shortcoming.blocks}
