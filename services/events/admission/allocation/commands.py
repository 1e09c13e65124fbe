"""What can be done about the places of a quota: give them on, and return them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from contracts.events.admission import quotas as say
from contracts.events.admission.quotas import HeldElsewhere, NoQuota, NotEnoughPlaces, QuotaClosed, QuotaLevel
from contracts.refusals import NotWithin
from kit.data.conflicts import says_same_version
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.quotas import places as books
from procedures.quotas.places import AFRESH
from services.events.admission.quotas.commands import new_quota
from services.events.admission.quotas.model import Quota, level_of
from services.events.admission.quotas.queries import held_by
from services.events.admission.waiting.moving import move_up, wait_nearer
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track, check_each_once, check_region

BELOW = (QuotaLevel.INSTITUTION, QuotaLevel.COUNTY, QuotaLevel.PREFECTURE, QuotaLevel.PROVINCE)
"""The levels that can return places, from the most particular up."""


class Share(TypedDict):
    """How many places somebody is to have of a quota: a region by its code, or an organisation."""

    region: str | None
    organization: Organization | None
    places: int


def allocate_places(session: Session, *, quota: Quota, shares: list[Share], reason: str = "") -> Quota:
    """Give free places of a quota to regions or institutions within its holder's.

    Refuses with NotWithin, HeldElsewhere, GivenTwice, NotEnoughPlaces or QuotaClosed, and then gives nothing to anybody.
    """
    if not shares:
        return quota
    check_each_once((_holder(share) for share in shares), "shares")
    for place, share in enumerate(shares):
        _check_within(quota, share, f"shares.{place}")
    places = sum(share["places"] for share in shares)
    _move(session, quota, places, allotted=-places, allocated=places)
    known = {
        each.organization_id or each.region: each for each in held_by(session, quota, [_holder(s) for s in shares])
    }
    if any(each.parent_id != quota.id for each in known.values()):
        raise HeldElsewhere("shares")
    for share in shares:
        _issue(session, quota, share, known.get(_holder(share)))
    told = _provinces(shares) if quota.track.edition.published_at else []
    said = say.PlacesAllocated(**_about(quota, places, shares), provinces=told, reason=reason)
    record(session, quota, said)
    _keep(session)
    given = held_by(session, quota, [_holder(share) for share in shares])
    wait_nearer(session, quota, given)
    move_up(session, [part.id for part in given])
    return quota


def return_places(session: Session, *, quota: Quota, places: int) -> Quota:
    """Give free places back to the quota above; refuses with NoQuota at the root, NotEnoughPlaces or QuotaClosed."""
    if quota.parent_id is None:
        raise NoQuota("quotaId")
    _move(session, quota, places, allotted=-places, returned=places)
    books.add(session, Quota, quota.parent_id, allotted=places, allocated=-places)
    record(session, quota, say.PlacesReturned(**_about(quota, places)))
    move_up(session, [quota.parent_id])
    return quota


def return_unused(session: Session, *, tracks: Sequence[Track]) -> None:
    """Have every quota return what is free, from the institutions up to the root (the return date, 名额返还).

    The tracks come with their edition and series.
    """
    by_id = {track.id: track for track in tracks}
    for level in BELOW:
        for quota, above in _with_parents(session, by_id, level):
            _return_all(session, quota, above)
        session.flush()


def _move(session: Session, quota: Quota, places: int, **changes: int) -> None:
    """Change a quota's books by free places that it has; refuses with QuotaClosed or NotEnoughPlaces."""
    if not books.move(session, quota, places, **changes):
        raise QuotaClosed("quotaId") if quota.closed else NotEnoughPlaces("places", free=quota.free)


def _keep(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if says_same_version(error):
            raise
        raise HeldElsewhere("shares") from error


def _issue(session: Session, above: Quota, share: Share, known: Quota | None) -> None:
    places = share["places"]
    if known is None:
        region = share["organization"].region if share["organization"] else check_region(str(share["region"]), "shares")
        session.add(new_quota(above.track, above, region, places, organization=share["organization"]))
        return
    books.add(session, Quota, known.id, issued=places, allotted=places)
    session.expire(known)


def _with_parents(session: Session, tracks: dict[str, Track], level: QuotaLevel) -> list[tuple[Quota, Quota]]:
    """The quotas of a level with those above them, all held until the transaction ends."""
    of_level = select(Quota).where(Quota.track_id.in_(tracks), Quota.level == level).order_by(Quota.id)
    quotas = session.scalars(of_level.with_for_update(), execution_options=AFRESH).all()
    above = select(Quota).where(Quota.id.in_({quota.parent_id for quota in quotas})).order_by(Quota.id)
    parents = {quota.id: quota for quota in session.scalars(above.with_for_update(), execution_options=AFRESH)}
    for quota in quotas:
        set_committed_value(quota, "track", tracks[quota.track_id])
    return [(quota, parents[str(quota.parent_id)]) for quota in quotas]


def _return_all(session: Session, quota: Quota, above: Quota) -> None:
    places = quota.free
    if places <= 0 or quota.unlimited:
        return
    quota.allotted, quota.returned = quota.allotted - places, quota.returned + places
    above.allotted, above.allocated = above.allotted + places, above.allocated - places
    record(session, quota, say.PlacesReturned(**_about(quota, places)))


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
