"""What can be done about quotas: plan those of a track, take a place, and close them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from contracts.base import Refusal
from contracts.events.admission.entries import EntriesNotOpen
from contracts.events.admission.quotas import (
    QuotaExhausted,
    QuotaLevel,
)
from contracts.events.admission.waiting import OthersWait
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from procedures.quotas import places as places_of
from services.events.admission.quotas.model import WHOLE, Quota, level_of
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track, check_each_once, check_province


class QuotaPlan(TypedDict):
    """How many places a province is to have in a track."""

    province: str
    places: int


def plan_quotas(
    session: Session, track: Track, plans: list[QuotaPlan], *, reserve: int, unlimited: bool, field: str
) -> None:
    """Issue the places of a track: those of each province, and a reserve that the organisers hold themselves."""
    check_each_once((plan["province"] for plan in plans), field)
    allocated = sum(plan["places"] for plan in plans)
    root = new_quota(track, None, WHOLE, reserve + allocated, allotted=reserve, unlimited=unlimited)
    session.add(root)
    session.flush()
    session.add_all(new_quota(track, root, check_province(plan["province"], field), plan["places"]) for plan in plans)


def new_quota(
    track: Track,
    above: Quota | None,
    region: str,
    places: int,
    *,
    allotted: int | None = None,
    unlimited: bool = False,
    organization: Organization | None = None,
) -> Quota:
    """The books of a holder who is issued so many places, of which `allotted` stay with them."""
    allotted = places if allotted is None else allotted
    return Quota(
        id=new_id(),
        created_at=track.edition.created_at,
        track=track,
        track_id=track.id,
        parent_id=above.id if above else None,
        level=QuotaLevel.INSTITUTION if organization else level_of(region),
        region=region,
        province=f"{region[:2]}0000" if region else WHOLE,
        organization_id=organization.id if organization else None,
        issued=places,
        allotted=allotted,
        allocated=places - allotted,
        returned=0,
        taken=0,
        offered=0,
        waiting=0,
        freed=0,
        unlimited=unlimited,
        closed=False,
    )


def take_places(session: Session, entered: Mapping[str, int], waiting: Mapping[str, int]) -> None:
    """Let so many entries take a place of each quota, and so many wait there, in one statement a quota.

    Raises Contended where others have been faster.
    """
    for quota_id in sorted({*entered, *waiting}):
        if not places_of.take(session, Quota, quota_id, entered.get(quota_id, 0), waiting=waiting.get(quota_id, 0)):
            raise Contended


def close_quotas(session: Session, *, tracks: Sequence[Track]) -> int:
    """End the entry window in every quota; returns how many entries stand."""
    return places_of.close(session, Quota, Quota.track_id.in_([track.id for track in tracks]))


def why_no_place(quota: Quota) -> Refusal:
    """Why an entry has no place here: the window is over, all places are taken, or others wait for what is free."""
    if quota.closed:
        return EntriesNotOpen()
    if quota.free > 0:
        return OthersWait("trackId", waiting=quota.waiting)
    return QuotaExhausted("trackId", places=quota.allotted)
