"""Places: how entries take, offer, wait for and give back the places of a quota, all in the one row of that quota."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update

from contracts.base import Refusal
from contracts.events.admission.entries import EntriesNotOpen
from contracts.events.admission.quotas import QuotaExhausted
from contracts.events.admission.waiting import OthersWait
from kit.data.db import Session
from services.events.admission.quotas.model import Quota
from services.events.editions.editions.model import Track

_UNSEEN = {"synchronize_session": False}


def take_place(session: Session, quota: Quota) -> None:
    """Let an entry take a place: the one row that entries contend for, changed last. Refuses as `why_no_place` says."""
    take = (
        update(Quota)
        .where(
            Quota.id == quota.id,
            Quota.closed.is_(False),
            Quota.unlimited | ((Quota.taken + Quota.offered < Quota.held) & (Quota.waiting == 0)),
        )
        .values(taken=Quota.taken + 1)
        .returning(Quota.taken)
    )
    if session.scalar(take, execution_options=_UNSEEN) is None:
        raise why_no_place(session.get_one(Quota, quota.id, populate_existing=True))


def give_back(session: Session, quota_id: str) -> bool:
    """Give back the place of an entry that ends; whether others wait for it."""
    give = update(Quota).where(Quota.id == quota_id).values(taken=Quota.taken - 1, freed=Quota.freed + 1)
    return bool(session.scalar(give.returning(Quota.waiting), execution_options=_UNSEEN))


def locked(session: Session, quota_ids: Iterable[str]) -> Sequence[Quota]:
    """These quotas as they are now, for nobody else to change before this transaction ends, in the order of their ids.

    Whoever changes an entry that waits, or that has an offer, holds its quota so.
    """
    rows = select(Quota).where(Quota.id.in_(set(quota_ids))).order_by(Quota.id).with_for_update()
    return session.scalars(rows, execution_options={"populate_existing": True}).all()


def close_quotas(session: Session, *, tracks: Sequence[Track]) -> int:
    """End the entry window in every quota; returns how many entries stand."""
    mine = Quota.track_id.in_([track.id for track in tracks])
    close = update(Quota).where(mine).values(closed=True).returning(Quota.taken)
    return sum(session.scalars(close, execution_options=_UNSEEN))


def has_room(quota: Quota) -> bool:
    """Whether somebody who comes now could have a place."""
    return quota.unlimited or (quota.free > 0 and not quota.waiting)


def why_no_place(quota: Quota) -> Refusal:
    """Why an entry has no place here: the window is over, all places are taken, or others wait for what is free."""
    if quota.closed:
        return EntriesNotOpen()
    if quota.free > 0:
        return OthersWait("trackId", waiting=quota.waiting)
    return QuotaExhausted("trackId", places=quota.held)
