"""Rule sets on the wire: every version can be read."""

from __future__ import annotations

from typing import Any

from contracts.events.editions import rulesets_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.editions.rulesets import queries
from services.events.editions.rulesets.schemas import rule_set_view
from services.events.rights import SEES_EDITION


class RuleSetsService(Service):
    """A public version never changes."""

    @query(forms.RuleSets, shows=SEES_EDITION)
    def rule_sets(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.rule_sets(session, competition_ids=competition_ids), rule_set_view)
