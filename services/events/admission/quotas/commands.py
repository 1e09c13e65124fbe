"""What can be done about quotas: plan those of a track."""

from __future__ import annotations

from typing import TypedDict

from contracts.events.admission.quotas import (
    QuotaLevel,
)
from kit.data.db import Session
from kit.ids import new_id
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
    root = new_quota(track, None, WHOLE, reserve + allocated, held=reserve, unlimited=unlimited)
    session.add(root)
    session.flush()
    session.add_all(new_quota(track, root, check_province(plan["province"], field), plan["places"]) for plan in plans)


def new_quota(
    track: Track,
    above: Quota | None,
    region: str,
    places: int,
    *,
    held: int | None = None,
    unlimited: bool = False,
    organization: Organization | None = None,
) -> Quota:
    """The books of a holder who is issued so many places, of which `held` stay with them."""
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
        waiting=0,
        freed=0,
        unlimited=unlimited,
        closed=False,
    )
