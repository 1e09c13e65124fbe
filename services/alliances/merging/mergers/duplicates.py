"""Duplicates: pairs of organisations that stand and may be one, found by an index of what they have in common."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, String, func, literal_column, select
from sqlalchemy.orm import Bundle, aliased

from contracts.alliances.merging.mergers import DuplicateReason
from services.alliances.merging.dismissals.model import is_dismissed
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.regions import lies_in


def pairs(reason: DuplicateReason, province: str | None) -> Select[Any]:
    """Pairs that have in common what the reason says; with a `province` those of which both lie in it.

    A pair that was dismissed stays away.
    """
    one, two = aliased(Organization), aliased(Organization)
    common = _common(one, reason)
    query: Select[Any] = select(Bundle("pair", one.id, two.id)).join(
        two, (common == _common(two, reason)) & (one.id < two.id)
    )
    query = query.where(one.survivor_id.is_(None), two.survivor_id.is_(None), ~is_dismissed(one, two))
    if reason != DuplicateReason.SAME_CODE:
        query = query.where(one.likeness != "", two.likeness != "")
    if reason == DuplicateReason.SAME_NAME:
        query = query.where(one.name_zh == two.name_zh)
    if reason == DuplicateReason.SAME_SPELLING:
        query = query.where(one.name_zh != two.name_zh)
    if province:
        query = query.where(lies_in(one.region, province), lies_in(two.region, province))
    return query.order_by(common, one.id, two.id)


def _common(entry: type[Organization], reason: DuplicateReason) -> Any:
    """What two have in common: a likeness of names, or of their credit codes the part that names the body."""
    if reason != DuplicateReason.SAME_CODE:
        return entry.likeness
    return func.substr(entry.credit_code, literal_column("9", Integer), literal_column("9", Integer), type_=String)
