"""The forms of quota input, and how quotas look from outside."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.forms import Input, Page, identifier, listing, nested, text, whole
from contracts.refusals import Invalid, Required
from services.events.admission.quotas.model import WHOLE, Quota

CODE = r"[0-9]{6}\Z"
MOST_PLACES = 1_000_000


class NewShare(Input):
    """For a region by its code or for an organisation: so many places, or those due by the rules for so many entries."""

    region = text(pattern=CODE, required=False)
    organization_id = identifier(required=False)
    places = whole(min=1, max=MOST_PLACES, required=False)
    entries = whole(min=0, max=MOST_PLACES, required=False)

    @marshmallow.validates_schema
    def one_holder_and_one_number(self, data: dict[str, Any], **_: Any) -> None:
        for names in (("region", "organization_id"), ("places", "entries")):
            given = [name for name in names if data.get(name) is not None]
            if len(given) != 1:
                raise marshmallow.ValidationError(Invalid.code if given else Required.code, names[0])


class AllocatePlaces(Input):
    quota_id = identifier()
    shares = listing(nested(NewShare), min=1, max=500)


class ReturnPlaces(Input):
    quota_id = identifier()
    places = whole(min=1, max=MOST_PLACES)


class OneQuota(Input):
    quota_id = identifier()


class Quotas(Input):
    track_ids = listing(identifier(), min=1, max=100)


class QuotaTree(Page):
    track_id = identifier()
    parent_id = identifier(required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


def province_view(row: Any) -> dict[str, Any]:
    return {
        "track_id": row.track_id,
        "province": row.province,
        "places": row.places,
        "taken": row.taken,
        "offered": row.offered,
        "free": row.free,
    }


def quota_view(quota: Quota) -> dict[str, Any]:
    return {
        "id": quota.id,
        "track_id": quota.track_id,
        "parent_id": quota.parent_id,
        "level": quota.level,
        "region": None if quota.region == WHOLE else quota.region,
        "organization_id": quota.organization_id,
        "issued": quota.issued,
        "allocated": quota.allocated,
        "returned": quota.returned,
        "held": quota.allotted,
        "taken": quota.taken,
        "offered": quota.offered,
        "free": None if quota.unlimited else quota.free,
        "closed": quota.closed,
    }
