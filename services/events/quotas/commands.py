"""What can be done about quotas: plan them, give places on, take one, return and reallocate them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from sqlalchemy import select, update

from contracts.base import Refusal
from contracts.events import quotas as say
from contracts.events.entries import EntriesNotOpen
from contracts.events.quotas import NoQuota, NotEnoughPlaces, NotWithin, QuotaClosed, QuotaExhausted, QuotaLevel
from kit.db import Session
from kit.ids import new_id
from kit.outbox import record
from services.events.competitions.model import Track, check_each_once, check_province, check_region
from services.events.directory.model import Organization
from services.events.quotas.model import WHOLE, Quota, level_of
from services.events.quotas.queries import parts

BELOW = (QuotaLevel.INSTITUTION, QuotaLevel.COUNTY, QuotaLevel.PREFECTURE, QuotaLevel.PROVINCE)
"""The levels that can return places, from the most particular up."""


class QuotaPlan(TypedDict):
    """How many places a province is to have in a track."""

    province: str
    places: int


class Share(TypedDict):
    """How many places somebody is to have of a quota: a region by its code, or an organisation."""

    region: str | None
    organization: Organization | None
    places: int


def plan_quotas(
    session: Session, track: Track, plans: list[QuotaPlan], *, reserve: int, unlimited: bool, field: str
) -> None:
    """Issue the places of a track: those of each province, and a reserve that the organisers hold themselves."""
    check_each_once((plan["province"] for plan in plans), field)
    allocated = sum(plan["places"] for plan in plans)
    root = _quota(track, None, WHOLE, reserve + allocated, held=reserve, unlimited=unlimited)
    session.add(root)
    session.flush()
    session.add_all(_quota(track, root, check_province(plan["province"], field), plan["places"]) for plan in plans)


def allocate_places(session: Session, *, quota: Quota, shares: list[Share]) -> Quota:
    """Give free places of a quota to regions or institutions within its holder's.

    Refuses with NotWithin, GivenTwice, NotEnoughPlaces or QuotaClosed, and then gives nothing to anybody.
    """
    check_each_once((_holder(share) for share in shares), "shares")
    for place, share in enumerate(shares):
        _check_within(quota, share, f"shares.{place}")
    places = sum(share["places"] for share in shares)
    _move(session, quota, places, held=-places, allocated=places)
    known = {part.organization_id or part.region: part for part in parts(session, quota, [_holder(s) for s in shares])}
    for share in shares:
        _issue(session, quota, share, known.get(_holder(share)))
    record(session, quota, say.PlacesAllocated(**_about(quota, places, shares), provinces=_provinces(shares)))
    session.flush()
    return quota


def return_places(session: Session, *, quota: Quota, places: int) -> Quota:
    """Give free places back to the quota above; refuses with NoQuota at the root, NotEnoughPlaces or QuotaClosed."""
    if quota.parent_id is None:
        raise NoQuota("quotaId")
    _move(session, quota, places, held=-places, returned=places)
    take_back = {"held": Quota.held + places, "allocated": Quota.allocated - places}
    session.execute(update(Quota).where(Quota.id == quota.parent_id).values(take_back), execution_options=_UNSEEN)
    record(session, quota, say.PlacesReturned(**_about(quota, places)))
    return quota


def return_unused(session: Session, *, tracks: Sequence[Track]) -> None:
    """Have every quota return what is free, from the institutions up to the root (the return date, 名额返还)."""
    for level in BELOW:
        of_level = select(Quota).where(Quota.track_id.in_([track.id for track in tracks]), Quota.level == level)
        rows = session.scalars(of_level.order_by(Quota.id).with_for_update(), execution_options=_AFRESH).all()
        above = {row.parent_id for row in rows}
        parents = select(Quota).where(Quota.id.in_(above)).order_by(Quota.id).with_for_update()
        by_id = {row.id: row for row in session.scalars(parents, execution_options=_AFRESH)}
        for row in rows:
            _return_all(session, row, by_id[str(row.parent_id)])
        session.flush()


def take_place(session: Session, quota: Quota) -> None:
    """Let an entry take a place: the one row that entries contend for, changed last. Refuses as `why_no_place` says."""
    take = (
        update(Quota)
        .where(
            Quota.id == quota.id,
            Quota.closed.is_(False),
            Quota.unlimited | (Quota.taken + Quota.offered < Quota.held),
        )
        .values(taken=Quota.taken + 1)
        .returning(Quota.taken)
    )
    if session.scalar(take, execution_options=_UNSEEN) is None:
        raise why_no_place(session.get_one(Quota, quota.id, populate_existing=True))


def release_place(session: Session, quota_id: str) -> None:
    """Give back the place of an entry that ends."""
    session.execute(update(Quota).where(Quota.id == quota_id).values(taken=Quota.taken - 1), execution_options=_UNSEEN)


def close_quotas(session: Session, *, tracks: Sequence[Track]) -> int:
    """End the entry window in every quota; returns how many entries stand."""
    mine = Quota.track_id.in_([track.id for track in tracks])
    close = update(Quota).where(mine).values(closed=True).returning(Quota.taken)
    return sum(session.scalars(close, execution_options=_UNSEEN))


def why_no_place(quota: Quota) -> Refusal:
    """Why an entry has no place here: the window is over, or all places are taken."""
    return EntriesNotOpen() if quota.closed else QuotaExhausted("trackId", places=quota.held)


_UNSEEN = {"synchronize_session": False}
_AFRESH = {"populate_existing": True}


def _move(session: Session, quota: Quota, places: int, **changes: int) -> None:
    """Change a quota's books by free places that it has; the database decides whether it has them."""
    move = (
        update(Quota)
        .where(Quota.id == quota.id, Quota.closed.is_(False), Quota.held - Quota.taken - Quota.offered >= places)
        .values({name: getattr(Quota, name) + change for name, change in changes.items()})
        .returning(Quota.id)
    )
    moved = session.scalar(move, execution_options=_UNSEEN)
    session.refresh(quota, ["issued", "allocated", "returned", "held", "taken", "offered", "closed"])
    if moved is None:
        raise QuotaClosed("quotaId") if quota.closed else NotEnoughPlaces("places", free=quota.free)


def _issue(session: Session, above: Quota, share: Share, known: Quota | None) -> None:
    places = share["places"]
    if known is None:
        region = share["organization"].region if share["organization"] else check_region(str(share["region"]), "shares")
        session.add(_quota(above.track, above, region, places, organization=share["organization"]))
        return
    more = {"issued": Quota.issued + places, "held": Quota.held + places}
    session.execute(update(Quota).where(Quota.id == known.id).values(more), execution_options=_UNSEEN)
    session.expire(known)


def _return_all(session: Session, quota: Quota, above: Quota) -> None:
    places = quota.free
    if places <= 0 or quota.unlimited:
        return
    quota.held, quota.returned = quota.held - places, quota.returned + places
    above.held, above.allocated = above.held + places, above.allocated - places
    record(session, quota, say.PlacesReturned(**_about(quota, places)))


def _quota(
    track: Track,
    above: Quota | None,
    region: str,
    places: int,
    *,
    held: int | None = None,
    unlimited: bool = False,
    organization: Organization | None = None,
) -> Quota:
    held = places if held is None else held
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
        held=held,
        allocated=places - held,
        returned=0,
        taken=0,
        offered=0,
        unlimited=unlimited,
        closed=False,
    )


def _holder(share: Share) -> str:
    return share["organization"].id if share["organization"] else str(share["region"])


def _provinces(shares: list[Share]) -> list[str]:
    return [share["region"] for share in shares if share["region"] and level_of(share["region"]) == QuotaLevel.PROVINCE]


def _check_within(quota: Quota, share: Share, field: str) -> None:
    organization = share["organization"]
    if organization:
        inside = quota.surrounds(organization.region) or quota.region == organization.region
        if quota.organization_id or not inside:
            raise NotWithin(field, holder=organization.name_zh)
    elif not quota.surrounds(check_region(str(share["region"]), field)):
        raise NotWithin(field, holder=str(share["region"]))


def _about(quota: Quota, places: int, shares: list[Share] | None = None) -> dict[str, Any]:
    edition = quota.track.edition
    organizations = [share["organization"].id for share in shares or [] if share["organization"]]
    return {
        "quota_id": quota.id,
        "competition": edition.named,
        "track": quota.track.named,
        "edition": edition.number,
        "series_id": edition.series_id,
        "province": quota.province,
        "places": places,
        "organization_ids": organizations or ([quota.organization_id] if quota.organization_id else []),
    }
