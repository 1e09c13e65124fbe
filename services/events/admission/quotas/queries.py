"""What can be asked about quotas: each province's places, and where in the tree every place is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from contracts.browsing import START, Stretch
from contracts.events.admission.quotas import NoQuota, QuotaLevel
from contracts.refusals import NotFound
from contracts.regions import region
from kit.data.db import Session
from kit.data.paging import Page, page
from services.events.admission.quotas.model import WHOLE, Quota, covering
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Track
from services.events.editions.editions.queries import visible

_ITS_TRACK = joinedload(Quota.track).joinedload(Track.edition).joinedload(Edition.series)
_DEPTH = case(
    {level: depth for depth, level in enumerate(QuotaLevel)}, value=Quota.level
)  # the levels stand in the order from the whole region down


def quota(session: Session, quota_id: str) -> Quota:
    """The quota with its track and edition; refuses with NotFound."""
    found = session.find(Quota, quota_id, _ITS_TRACK)
    if found is None:
        raise NotFound("quotaId")
    return found


def check_gives(found: Quota | None) -> Quota:
    """The quota itself, if there is one from which an institution can have a place; refuses with NoQuota.

    The whole region's quota counts only where it holds places itself or has no end.
    """
    if found is None or (found.region == WHOLE and not found.unlimited and not found.allotted):
        raise NoQuota("trackId")
    return found


def around(pairs: Collection[tuple[Track, Organization]], means: Mapping[str, str]) -> Select[Quota]:
    """The quotas that these organisations have part in, each in its track, the most particular first.

    What was allotted to one that was merged counts for whom its id `means` now.
    """
    codes = {code for _, organization in pairs for code in covering(organization)}
    mine = or_(
        Quota.organization_id.in_({organization.id for _, organization in pairs} | means.keys()),
        Quota.organization_id.is_(None) & Quota.region.in_(codes),
    )
    return select(Quota).where(Quota.track_id.in_({track.id for track, _ in pairs}), mine).order_by(_DEPTH.desc())


def nearest(
    found: Sequence[Quota], pairs: Collection[tuple[Track, Organization]], means: Mapping[str, str]
) -> dict[tuple[str, str], Quota]:
    """The most particular quota by (track id, organisation id); without those that have none to have a place from.

    Of the organisation's own and those of what was merged into it, one that has room comes first.
    """
    chosen = {}
    for track, organization in pairs:
        holders = {organization.id, *covering(organization)}
        theirs = [
            each for each in found if each.track_id == track.id and means.get(each.holder, each.holder) in holders
        ]
        own = sorted(
            (each for each in theirs if each.organization_id),
            key=lambda each: (not each.has_room, each.organization_id != organization.id),
        )
        with suppress(NoQuota):
            chosen[track.id, organization.id] = check_gives(next(iter(own or theirs), None))
    return chosen


def held_by(session: Session, quota: Quota, holders: list[str]) -> Sequence[Quota]:
    """The quotas in the same tree that these regions (codes of six digits) and organisations (ids) hold."""
    codes = [holder for holder in holders if region(holder)]
    ids = [holder for holder in holders if not region(holder)]
    held = or_(Quota.organization_id.in_(ids), Quota.organization_id.is_(None) & Quota.region.in_(codes))
    return session.scalars(select(Quota).where(Quota.track_id == quota.track_id, held)).all()


def quotas(session: Session, *, track_ids: list[str]) -> Sequence[Any]:
    """For each province of these tracks, as far as the viewer may know of their editions, the sums over its quotas.

    Rows of (track_id, province, places, taken, offered, free), by track and province; at most one a province.
    """
    sums = (
        select(
            Quota.track_id,
            Quota.province,
            func.sum(case((Quota.level == QuotaLevel.PROVINCE, Quota.issued - Quota.returned), else_=0)).label(
                "places"
            ),
            func.sum(Quota.taken).label("taken"),
            func.sum(Quota.offered).label("offered"),
            func.sum(Quota.allotted - Quota.taken - Quota.offered).label("free"),
        )
        .join(Track, Track.id == Quota.track_id)
        .join(Track.edition)
        .where(Quota.track_id.in_(track_ids), Quota.province != WHOLE, visible(session))
        .group_by(Quota.track_id, Quota.province)
        .order_by(Quota.track_id, Quota.province)
    )
    return session.execute(sums).all()


def quota_tree(
    session: Session,
    *,
    track_id: str,
    parent_id: str | None = None,
    stretch: Stretch = START,
) -> Page[Quota]:
    """The quotas directly below one, or the root of a track's tree; as far as the viewer may know of the edition."""
    below = Quota.parent_id == parent_id if parent_id else Quota.parent_id.is_(None)
    seen = select(Quota).join(Track, Track.id == Quota.track_id).join(Track.edition).options(_ITS_TRACK)
    query = seen.where(Quota.track_id == track_id, below, visible(session))
    return page(session, query.order_by(Quota.id), stretch)


def quotas_by_id(session: Session, ids: list[str]) -> Sequence[Quota]:
    """Those of these quotas whose edition the viewer may know of, in no particular order."""
    seen = select(Quota).join(Track, Track.id == Quota.track_id).join(Track.edition)
    return session.scalars(seen.options(_ITS_TRACK).where(Quota.id.in_(ids), visible(session))).all()
