"""What can be asked about rule sets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from kit.data.db import Session
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import visible
from services.events.editions.rulesets.model import RuleSet


def rule_sets(session: Session, *, competition_ids: list[str]) -> Sequence[RuleSet]:
    """Every version of the rule sets of these editions, as far as the viewer may know of them, oldest first."""
    query = select(RuleSet).join(Edition, Edition.id == RuleSet.edition_id)
    seen = query.where(RuleSet.edition_id.in_(competition_ids), visible(session))
    return session.scalars(seen.order_by(RuleSet.edition_id, RuleSet.number)).all()
