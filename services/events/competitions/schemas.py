"""The forms of competition input, and how series, editions, quotas and entries look from outside."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.events import EntryStatus
from contracts.refusals import Invalid, Required
from kit.schemas import Input, Page, choice, flag, identifier, instant, listing, nested, text, whole
from services.events.competitions.model import Edition, Entry, Quota, Series, Track

CODE = r"[0-9]{6}\Z"
MOST_TRACKS = 50
MOST_PROVINCES = 40
MOST_PLACES = 1_000_000


class NewSeries(Input):
    name_zh = text(max=100)
    name_en = text(max=200)


class FoundSeries(NewSeries):
    alliance_id = identifier(required=False)


class NewQuota(Input):
    province = text(pattern=CODE)
    places = whole(min=1, max=MOST_PLACES)


class NewTrack(Input):
    name_zh = text(max=100)
    name_en = text(max=200)
    quotas = listing(nested(NewQuota), min=1, max=MOST_PROVINCES)


class DraftCompetition(Input):
    """Either `series_id` or, for a series that is founded with its first edition, `series`."""

    series_id = identifier(required=False)
    series = nested(NewSeries, required=False)
    number = whole(min=1, max=9999)
    name_zh = text(max=100, required=False)
    name_en = text(max=200, required=False)
    alliance_id = identifier(required=False)
    host_region = text(pattern=CODE)
    opens_at = instant()
    closes_at = instant()
    tracks = listing(nested(NewTrack), min=1, max=MOST_TRACKS)

    @marshmallow.validates_schema
    def one_series(self, data: dict[str, Any], **_: Any) -> None:
        given = [name for name in ("series_id", "series") if data.get(name)]
        if len(given) != 1:
            raise marshmallow.ValidationError(Invalid.code if given else Required.code, "series_id")


class OneCompetition(Input):
    competition_id = identifier()


class SubmitEntry(Input):
    track_id = identifier()
    organization_id = identifier()
    contestant = text(max=100)


class OneEntry(Input):
    entry_id = identifier()


class Competitions(Page):
    series_id = identifier(required=False)
    alliance_id = identifier(required=False)
    open_now = flag(required=False)
    drafts = flag(required=False)


class Entries(Page):
    competition_id = identifier()
    track_id = identifier(required=False)
    status = choice(EntryStatus, required=False)


class ByIds(Input):
    ids = listing(identifier(), min=1, max=100)


class Quotas(Input):
    track_ids = listing(identifier(), min=1, max=100)


def series_view(series: Series) -> dict[str, Any]:
    return {
        "id": series.id,
        "name_zh": series.name_zh,
        "name_en": series.name_en,
        "alliance_id": series.alliance_id,
        "created_at": series.created_at,
    }


def competition_view(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "series": series_view(edition.series),
        "number": edition.number,
        "name_zh": edition.name_zh,
        "name_en": edition.name_en,
        "alliance_id": edition.alliance_id,
        "host_region": edition.host_region,
        "opens_at": edition.opens_at,
        "closes_at": edition.closes_at,
        "status": edition.status,
        "published_at": edition.published_at,
        "created_at": edition.created_at,
        "tracks": [track_view(track) for track in edition.tracks],
    }


def track_view(track: Track) -> dict[str, Any]:
    return {"id": track.id, "competition_id": track.edition_id, "name_zh": track.name_zh, "name_en": track.name_en}


def quota_view(quota: Quota) -> dict[str, Any]:
    return {
        "track_id": quota.track_id,
        "province": quota.province,
        "places": quota.places,
        "taken": quota.taken,
        "free": quota.free,
    }


def entry_view(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "competition_id": entry.edition_id,
        "track": track_view(entry.track),
        "organization_id": entry.organization_id,
        "province": entry.province,
        "contestant": entry.contestant,
        "status": entry.status,
        "created_at": entry.created_at,
        "withdrawn_at": entry.withdrawn_at,
    }
