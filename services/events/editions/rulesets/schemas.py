"""The form of what is asked about rule sets, and how one looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.forms import Input, identifier, listing
from services.events.editions.rulesets.model import RuleSet


class OfCompetitions(Input):
    competition_ids = listing(identifier(), min=1, max=100)


def rule_set_view(rules: RuleSet) -> dict[str, Any]:
    return {
        "competition_id": rules.edition_id,
        "version": rules.number,
        "document": rules.document,
        "digest": rules.digest,
        "reason": rules.reason,
        "created_at": rules.created_at,
    }
