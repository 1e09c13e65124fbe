"""How a rule set looks from outside."""

from __future__ import annotations

from typing import Any

from services.events.editions.rulesets.model import RuleSet


def rule_set_view(rules: RuleSet) -> dict[str, Any]:
    return {
        "competition_id": rules.edition_id,
        "version": rules.number,
        "document": rules.document,
        "digest": rules.digest,
        "reason": rules.reason,
        "created_at": rules.created_at,
    }
