"""Reallocation: the free places of a quota given out again below it, by the rule that the rule set names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from contracts.events.admission.entries import EntryStatus
from kit.data.db import Session
from procedures.shares.shares import proportionally
from services.events.admission.allocation.commands import Share, allocate_places
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.rules import QuotasForm, Reallocation
from services.events.directory import queries as directory
from services.events.editions.rulesets.reading import section


def reallocate_places(session: Session, *, quota: Quota) -> Quota:
    """Give out again what is free at a quota; changes nothing where nothing is free or nobody is to have it."""
    rule = section(session, quota.track, QuotasForm).reallocate
    below = session.scalars(select(Quota).where(Quota.track_id == quota.track_id).order_by(Quota.id)).all()
    parts = [part for part in below if part.parent_id == quota.id]
    chosen = _chosen(rule, quota, parts, _waiting(session, quota, below))
    shares = [part for part in parts if chosen.get(part.id)]
    known = directory.organizations(session, [part.organization_id for part in shares if part.organization_id])
    if not shares:
        return quota
    given = [
        Share(region=part.region, organization=known.get(part.organization_id or ""), places=chosen[part.id])
        for part in shares
    ]
    return allocate_places(session, quota=quota, shares=given)


def by_waiting(places: int, waiting: Mapping[str, int]) -> dict[str, int]:
    """One place a turn to the holder with most entries still waiting, until places or waiting entries are used up.

    Ties go by the holder's id; nobody has more places than entries that wait.
    """
    given = dict.fromkeys(waiting, 0)
    for _ in range(min(places, sum(waiting.values()))):
        neediest = min(waiting, key=lambda holder: (given[holder] - waiting[holder], holder))
        given[neediest] += 1
    return given


def _chosen(rule: Reallocation, quota: Quota, parts: Sequence[Quota], waiting: Mapping[str, int]) -> dict[str, int]:
    if rule == Reallocation.WAITING:
        return by_waiting(quota.free, waiting)
    if rule == Reallocation.SHARE:
        return proportionally(quota.free, {part.id: part.issued for part in parts if not part.returned})
    return {}


def _waiting(session: Session, quota: Quota, below: Sequence[Quota]) -> dict[str, int]:
    """How many entries wait in each part of a quota, counted with all that lies below that part."""
    counts = (
        select(Entry.quota_id, func.count())
        .where(Entry.track_id == quota.track_id, Entry.status == EntryStatus.WAITING)
        .group_by(Entry.quota_id)
    )
    above = {each.id: each.parent_id for each in below}
    waiting: dict[str, int] = {}
    for quota_id, count in session.execute(counts):
        part = quota_id
        while part and above.get(part) != quota.id:
            part = above.get(part)
        if part:
            waiting[part] = waiting.get(part, 0) + count
    return waiting
